namespace Succesmeter.Storage;

public static class TableNames
{
    public const string Advice = "Advice";
    public const string Campaigns = "Campaigns";
    public const string Donors = "Donors";
    public const string History = "History";
    public const string Hosts = "Hosts";
    public const string Network = "Network";
    public const string Outcomes = "Outcomes";
    public const string Platforms = "Platforms";
    public const string Ratings = "Ratings";
    public const string Receipts = "Receipts";
    public const string Tokens = "Tokens";
    public const string Visits = "Visits";

    internal static readonly string[] All = [Advice, Campaigns, Donors, History, Hosts, Network, Outcomes, Platforms, Ratings, Receipts, Tokens, Visits];

namespace Succesmeter.Storage;

public static class TableNames
{
    public const string Advice = "Advice";
    public const string Campaigns = "Campaigns";
    public const string Deliveries = "Deliveries";
    public const string Donors = "Donors";
    public const string History = "History";
    public const string Hosts = "Hosts";
    public const string Network = "Network";
    public const string Outcomes = "Outcomes";
    public const string Platforms = "Platforms";
    public const string Ratings = "Ratings";
    public const string Receipts = "Receipts";
    public const string Subscriptions = "Subscriptions";
    public const string Tokens = "Tokens";
    public const string Visits = "Visits";

    internal static readonly string[] All = [Advice, Campaigns, Deliveries, Donors, History, Hosts, Network, Outcomes, Platforms, Ratings, Receipts, Subscriptions, Tokens, Visits];
}

public static class ContainerNames
{
    public const string Incoming = "incoming";
    public const string Archive = "archive";
    public const string Quarantine = "quarantine";
    public const string Models = "models";
    public const string Graph = "graph";
    public const string Lists = "lists";
    public const string Reports = "reports";

    internal static readonly string[] All = [Incoming, Archive, Quarantine, Models, Graph, Lists, Reports];
}

public static class QueueNames
{
    public const string CampaignsToScore = "campaigns-to-score";
    public const string PagesToFetch = "pages-to-fetch";
    public const string WebhooksToDeliver = "webhooks-to-deliver";

    internal static readonly string[] All = [CampaignsToScore, PagesToFetch, WebhooksToDeliver];
}

using System.Globalization;

namespace Succesmeter.Campaigns;

/// <summary>Which campaigns of a list are wanted, and in which order. An order is by what is public alone: one by probability would tell it, and nothing is sorted by meter.</summary>
public sealed record CampaignQuery
{
    private static readonly Dictionary<string, Comparison<CampaignListing>> Orders = new(StringComparer.Ordinal)
    {
        ["campaign"] = static (one, other) => 0,
        ["title"] = static (one, other) => CultureInfo.InvariantCulture.CompareInfo.Compare(one.Title, other.Title, CompareOptions.IgnoreCase),
        ["launchedAt"] = static (one, other) => Nullable.Compare(one.LaunchedAt, other.LaunchedAt),
        ["endsAt"] = static (one, other) => Nullable.Compare(one.Horizon, other.Horizon),
        ["asOf"] = static (one, other) => one.AsOf.CompareTo(other.AsOf),
        ["backers"] = static (one, other) => Nullable.Compare(one.Backers, other.Backers),
        ["progress"] = static (one, other) => Nullable.Compare(ProgressOf(one), ProgressOf(other)),
    };

    public CampaignStatus? Status { get; init; }

    /// <summary>Part of the title, whatever its case and accents.</summary>
    public string? Search { get; init; }

    /// <summary>Exactly, but for case.</summary>
    public string? Category { get; init; }

    /// <summary>Such as nl, whatever its case.</summary>
    public string? Language { get; init; }

    /// <summary>Only campaigns that need attention, of those that may be read. It is a filter and no order: what comes first is not what is worst off.</summary>
    public bool NeedsAttention { get; init; }

    /// <summary>One of <see cref="Sorts"/>.</summary>
    public string Sort { get; init; } = "campaign";

    /// <summary>What a list may be sorted by; each with a minus before it the other way round.</summary>
    public static IReadOnlyList<string> Sorts { get; } = [.. Orders.Keys.SelectMany(static key => (string[])[key, $"-{key}"])];

    /// <returns>What is wanted, in order; equals stand in order of their ids, and what has no value comes first.</returns>
    public IReadOnlyList<CampaignListing> Of(IEnumerable<CampaignListing> campaigns)
    {
        var wanted = campaigns.Where(IsWanted).ToArray();
        var falls = Sort.StartsWith('-');
        var order = Orders[falls ? Sort[1..] : Sort];
        Array.Sort(wanted, (one, other) =>
        {
            var by = order(one, other);
            if (by == 0)
                by = string.CompareOrdinal(one.Campaign.Platform.Value, other.Campaign.Platform.Value);
            if (by == 0)
                by = string.CompareOrdinal(one.Campaign.Name, other.Campaign.Name);
            return falls ? -by : by;
        });
        return wanted;
    }

    private bool IsWanted(CampaignListing campaign) =>
        (Status is null || campaign.Status == Status)
        && (Category is null || string.Equals(campaign.Category, Category, StringComparison.OrdinalIgnoreCase))
        && (Language is null || string.Equals(campaign.Language, Language, StringComparison.OrdinalIgnoreCase))
        && (!NeedsAttention || campaign.NeedsAttention)
        && (Search is null || CultureInfo.InvariantCulture.CompareInfo.IndexOf(campaign.Title, Search, CompareOptions.IgnoreCase | CompareOptions.IgnoreNonSpace) >= 0);

    private static decimal? ProgressOf(CampaignListing campaign) => campaign is { Goal: > 0 and var goal, Pledged: { } pledged } ? pledged / goal : null;
}

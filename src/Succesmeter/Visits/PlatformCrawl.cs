using Succesmeter.Campaigns;

namespace Succesmeter.Visits;

/// <summary>What is kept of the crawl of one platform as a whole.</summary>
public sealed record PlatformCrawl
{
    private const int MostTrouble = 500;

    public required PlatformId Platform { get; init; }

    /// <summary>Somebody stopped it then, on the machine's clock; null: it goes on.</summary>
    public DateTimeOffset? PausedAt { get; init; }

    /// <summary>The search for campaigns that began last, on the campaign clock; messages of an earlier one are out of date.</summary>
    public DateTimeOffset? SearchedAt { get; init; }

    /// <summary>Why the last search found less than it should; null where all was well.</summary>
    public string? SearchTrouble { get; init; }

    /// <summary>When all visits were last looked over, on the machine's clock.</summary>
    public DateTimeOffset? LookedAt { get; init; }

    /// <summary>As they were then.</summary>
    public CrawlHealth Health { get; init; } = CrawlHealth.None;

    /// <summary>Since when so many pages fail that the platform must have changed, on the machine's clock.</summary>
    public DateTimeOffset? BrokenSince { get; init; }

    /// <summary>How often it broke so far; part of an event's id.</summary>
    public int TimesBroken { get; init; }

    public PlatformCrawl SearchBegun(DateTimeOffset now) => this with { SearchedAt = CampaignVisits.ToMilliseconds(now), SearchTrouble = null };

    public PlatformCrawl SearchTroubled(string why) => this with { SearchTrouble = why.Length > MostTrouble ? why[..MostTrouble] : why };

    /// <param name="health">Of all visits.</param>
    /// <param name="at">On the machine's clock.</param>
    public PlatformCrawl LookedOver(CrawlHealth health, DateTimeOffset at) => this with
    {
        LookedAt = at,
        Health = health,
        BrokenSince = health.IsBroken ? BrokenSince ?? at : null,
        TimesBroken = health.IsBroken && BrokenSince is null ? TimesBroken + 1 : TimesBroken,
    };
}

using Succesmeter.Campaigns;

namespace Succesmeter.Visits;

/// <summary>What the crawl knows of one platform: how campaigns are found, and how a campaign's pages are read. Pure: it fetches nothing itself.</summary>
public interface ICrawledPlatform
{
    PlatformId Platform { get; }

    /// <summary>Host names that may be asked and redirected to.</summary>
    IReadOnlySet<string> Hosts { get; }

    /// <summary>Headers of every request beside the crawl's own, such as Authorization; only ever sent to <see cref="Hosts"/>.</summary>
    IReadOnlyDictionary<string, string> Headers { get; }

    /// <summary>Where the search for campaigns begins.</summary>
    IReadOnlyList<PageRequest> Entrances { get; }

    /// <summary>What a page that lists campaigns shows. Never throws on what came from outside.</summary>
    Discovery Discover(FetchedPage page);

    /// <summary>The page from which a visit of the campaign begins.</summary>
    /// <param name="found">As <see cref="Discover"/> found it.</param>
    PageRequest FirstPage(FoundCampaign found);

    /// <summary>What the pages of one visit show together, in the order in which they came. Never throws on what came from outside.</summary>
    /// <param name="found">As <see cref="Discover"/> found it.</param>
    /// <param name="pages">The first page, and what was asked for since.</param>
    /// <param name="takenAt">The instant of the visit on the campaign clock.</param>
    PageReading Read(FoundCampaign found, IReadOnlyList<FetchedPage> pages, DateTimeOffset takenAt);
}

/// <summary>A campaign that a platform lists.</summary>
/// <param name="Campaign">Its id here.</param>
/// <param name="Address">Where it is visited.</param>
/// <param name="NativeId">What the platform calls it, where that is needed to ask for it.</param>
public sealed record FoundCampaign(CampaignId Campaign, Uri Address, string? NativeId = null);

/// <summary>What a page that lists campaigns shows.</summary>
/// <param name="Found">In the order of the page.</param>
/// <param name="More">Further pages that list campaigns.</param>
/// <param name="Complaints">What could not be read, each with the rule that it broke.</param>
public sealed record Discovery(IReadOnlyList<FoundCampaign> Found, IReadOnlyList<PageRequest> More, IReadOnlyList<string> Complaints);

/// <summary>What the pages of one visit show.</summary>
public abstract record PageReading
{
    private PageReading()
    {
    }

    /// <param name="Snapshot">One JSON object in the form of snapshot version 1, as a file would hold it: it is read on as one, pseudonyms and limits included.</param>
    public sealed record Seen(ReadOnlyMemory<byte> Snapshot) : PageReading
    {
        /// <summary>What could not be read beside, each with a field and the rule that it broke; no field of them is required.</summary>
        public IReadOnlyList<string> Complaints { get; init; } = [];
    }

    /// <summary>More pages belong to it.</summary>
    /// <param name="Next">Not empty.</param>
    public sealed record More(IReadOnlyList<PageRequest> Next) : PageReading;

    /// <summary>It is no longer there, by the platform's own word.</summary>
    public sealed record Gone : PageReading;

    /// <summary>The page does not fit what is known of the platform.</summary>
    /// <param name="Complaints">Each names a field and the rule that it broke.</param>
    public sealed record Unreadable(IReadOnlyList<string> Complaints) : PageReading;
}

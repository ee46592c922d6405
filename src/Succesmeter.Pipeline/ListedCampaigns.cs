using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Succesmeter.Campaigns;
using Succesmeter.Visits;

namespace Succesmeter.Pipeline;

/// <summary>Reads pages that list campaigns: each campaign that is new here gets a visit.</summary>
public sealed partial class ListedCampaigns(
    CrawledPlatforms platforms,
    IVisitStore visits,
    IPageQueue pages,
    IPageFetcher fetcher,
    IPlatformClocks clocks,
    IOptions<VisitOptions> options,
    ILogger<ListedCampaigns> logger)
{
    /// <summary>A list whose pages lead on for ever ends here.</summary>
    private const int MostDepth = 1_000;

    private const int MostFailures = 3;
    private const int KeptAtOnce = 8;

    private static readonly TimeSpan Retry = TimeSpan.FromMinutes(1);

    public async Task ReadAsync(PageToFetch.Listing listing, CancellationToken cancellation)
    {
        if (platforms.Find(listing.Platform) is not { } platform)
            return;

        var crawl = await visits.FindCrawlAsync(platform.Platform, cancellation);
        if (crawl.PausedAt is not null || crawl.SearchedAt != listing.Search)
            return;

        switch (await fetcher.FetchAsync(platform.Platform, listing.Page, PageValidators.None, cancellation))
        {
            case Fetch.Came(var page):
                await KeepAsync(platform, listing, page, cancellation);
                break;
            case Fetch.Later(var wait, _, _):
                await pages.SendAsync(listing, wait, cancellation);
                break;
            case Fetch.Failed when listing.Failures + 1 < MostFailures:
                await pages.SendAsync(listing with { Failures = listing.Failures + 1 }, Retry * (listing.Failures + 1), cancellation);
                break;
            case Fetch.Failed(var why):
                await ComplainAsync(listing, why, cancellation);
                break;
            case Fetch.Gone(var status):
                await ComplainAsync(listing, $"answered {status}", cancellation);
                break;
            case Fetch.Forbidden(var rule):
                await ComplainAsync(listing, rule, cancellation);
                break;
            default:
                throw new UnreachableException();
        }
    }

    private async Task KeepAsync(ICrawledPlatform platform, PageToFetch.Listing listing, FetchedPage page, CancellationToken cancellation)
    {
        var discovery = platform.Discover(page);
        await PlanAsync(platform.Platform, discovery.Found, cancellation);

        var more = listing.Depth < MostDepth ? discovery.More : [];
        foreach (var next in more)
            await pages.SendAsync(new PageToFetch.Listing(listing.Platform, listing.Search, next, listing.Depth + 1), TimeSpan.Zero, cancellation);

        if (discovery.Complaints.Count > 0)
            await ComplainAsync(listing, string.Join("; ", discovery.Complaints), cancellation);
        else if (more.Count < discovery.More.Count)
            await ComplainAsync(listing, $"lists lead on over more than {MostDepth} pages", cancellation);
        LogFound(listing.Page.Address, discovery.Found.Count, discovery.More.Count);
    }

    private async Task PlanAsync(PlatformId platform, IReadOnlyList<FoundCampaign> found, CancellationToken cancellation)
    {
        var clock = clocks.Of(platform);
        var sent = 0;
        await Parallel.ForEachAsync(
            found.DistinctBy(one => one.Campaign),
            new ParallelOptions { MaxDegreeOfParallelism = KeptAtOnce, CancellationToken = cancellation },
            async (one, stop) =>
            {
                if (await PlanAsync(one, clock.Now, stop) is { DueAt: { } due } visit)
                    await pages.SendAsync(visit, clock.WaitUntil(due) + (options.Value.Stagger * (Interlocked.Increment(ref sent) - 1)), stop);
            });
    }

    /// <returns>A visit whose message is to be sent: of a campaign that is new, or that was kept by a reading that died before it sent the message.</returns>
    private async Task<PageToFetch.Visit?> PlanAsync(FoundCampaign found, DateTimeOffset now, CancellationToken cancellation)
    {
        while (true)
        {
            var stored = await visits.FindAsync(found.Campaign, cancellation);
            var planned = stored?.Visits.FoundAgain(found, now) ?? CampaignVisits.Of(found, now);
            if (planned == stored?.Visits || await visits.TryPutAsync(planned, stored?.Version, cancellation))
                return planned.DueAt is { } due && (planned.VisitedAt is null || planned.DueAt != stored?.Visits.DueAt) ? new PageToFetch.Visit(found.Campaign, due) : null;
        }
    }

    private async Task ComplainAsync(PageToFetch.Listing listing, string why, CancellationToken cancellation)
    {
        LogTrouble(listing.Page.Address, why);
        await visits.ChangeCrawlAsync(listing.Platform, crawl => crawl.SearchedAt == listing.Search ? crawl.SearchTroubled($"{listing.Page.Kind}: {why}") : crawl, cancellation);
    }

    [LoggerMessage(LogLevel.Information, "{Page} shows {Campaigns} campaigns and leads to {More} more pages")]
    private partial void LogFound(Uri page, int campaigns, int more);

    [LoggerMessage(LogLevel.Warning, "{Page} cannot be searched as it should: {Why}")]
    private partial void LogTrouble(Uri page, string why);
}

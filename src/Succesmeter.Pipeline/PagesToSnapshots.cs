using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Succesmeter.Campaigns;
using Succesmeter.Visits;
using Succesmeter.Watching;

namespace Succesmeter.Pipeline;

/// <summary>
/// Fetches what is due, keeps it raw, and reads it: a page that lists campaigns becomes planned visits, the pages of a campaign become a snapshot, which goes the way of any
/// other. A message that is out of date is dropped, one that comes too early or to a busy host is put off.
/// </summary>
/// <remarks>
/// A visit needs no claim of its own: its host's gate lets one request through at a time, and of two that read the same row only one can save what became of it. The message of
/// the next visit is sent before the row is saved: whoever dies in between leaves the row as it was, and the visit is made once more.
/// </remarks>
public sealed partial class PagesToSnapshots(
    CrawledPlatforms platforms,
    IVisitStore visits,
    IPageQueue pages,
    IPageFetcher fetcher,
    IPageArchive archive,
    ListedCampaigns lists,
    VisitedSnapshots snapshots,
    IPlatformClocks clocks,
    TimeProvider time,
    IOptions<VisitOptions> options,
    ILogger<PagesToSnapshots> logger)
{
    private const int MostPages = 300;

    /// <summary>A visit that was begun longer ago begins anew: its pages would not fit together.</summary>
    private static readonly TimeSpan LongestVisit = TimeSpan.FromHours(1);

    /// <summary>The queue and the row are not written at one instant.</summary>
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(15);

    /// <summary>Sooner than this the queue is not bothered with a message that came too early.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromMilliseconds(500);

    public async Task RunAsync(PageToFetch page, CancellationToken cancellation)
    {
        switch (page)
        {
            case PageToFetch.Visit visit:
                await VisitAsync(visit, cancellation);
                break;
            case PageToFetch.Listing listing:
                await lists.ReadAsync(listing, cancellation);
                break;
            default:
                throw new UnreachableException();
        }
    }

    private async Task VisitAsync(PageToFetch.Visit visit, CancellationToken cancellation)
    {
        if (platforms.Find(visit.Campaign.Platform) is not { } platform)
            return;

        var (finding, paused) = (visits.FindAsync(visit.Campaign, cancellation), visits.FindCrawlAsync(platform.Platform, cancellation));
        if (await finding is not { } stored || (await paused).PausedAt is not null || stored.Visits.DueAt is not { } due || due > visit.DueAt)
            return;

        var clock = clocks.Of(platform.Platform);
        if (due < visit.DueAt)
        {
            // It was planned by a visit that has not been saved yet, or was overtaken by one that somebody asked for.
            await pages.SendAsync(visit, Moment, cancellation);
            return;
        }

        if (clock.WaitUntil(due) is var wait && wait > Slack)
        {
            await pages.SendAsync(visit, wait, cancellation);
            return;
        }

        var outcome = await FetchAsync(platform, stored.Visits, visit, clock, cancellation);
        if (outcome is null)
            return;

        await PlanAsync(stored, outcome, cancellation);
        Instruments.Visited(platform.Platform, outcome.Result);
        LogVisited(visit.Campaign, outcome.Result, outcome.Trouble);
    }

    /// <returns>Null when the visit was put off.</returns>
    private async Task<VisitOutcome?> FetchAsync(ICrawledPlatform platform, CampaignVisits before, PageToFetch.Visit visit, PlatformClock clock, CancellationToken cancellation)
    {
        var (takenAt, fetched) = await GoOnAsync(visit, clock, cancellation);
        while (true)
        {
            var reading = fetched.Count == 0 ? new PageReading.More([platform.FirstPage(before.Found)]) : platform.Read(before.Found, fetched, takenAt);
            switch (reading)
            {
                case PageReading.More(var next):
                    if (fetched.Count + next.Count > MostPages)
                        return new VisitOutcome.Unreadable([$"a visit must not need more than {MostPages} pages"]);

                    foreach (var request in next)
                    {
                        var isFirst = fetched.Count == 0;
                        var fetch = await fetcher.FetchAsync(platform.Platform, request, isFirst ? before.Validators : PageValidators.None, cancellation);
                        if (fetch is Fetch.Later later)
                        {
                            // What was fetched is in the archive, so the next try goes on from here.
                            await pages.SendAsync(visit with { TakenAt = isFirst ? null : takenAt, Kept = fetched.Count }, later.Wait, cancellation);
                            LogPutOff(visit.Campaign, later.Wait, later.Why);
                            return null;
                        }

                        if (OutcomeOf(fetch, isFirst) is { } outcome)
                            return outcome;

                        var page = ((Fetch.Came)fetch).Page;
                        await archive.KeepAsync(visit.Campaign, takenAt, fetched.Count, page, cancellation);
                        fetched.Add(page);
                    }

                    break;
                case PageReading.Seen seen:
                    return await snapshots.TakeAsync(before, seen, takenAt, fetched, cancellation);
                case PageReading.Gone:
                    return new VisitOutcome.Gone("the page says that it is gone");
                case PageReading.Unreadable(var complaints):
                    await archive.QuarantineAsync(visit.Campaign, takenAt, fetched, complaints, cancellation);
                    return new VisitOutcome.Unreadable(complaints);
                default:
                    throw new UnreachableException();
            }
        }
    }

    /// <summary>A visit that was broken off goes on with the pages that it has, if they are fresh and all there.</summary>
    private async Task<(DateTimeOffset TakenAt, List<FetchedPage> Fetched)> GoOnAsync(PageToFetch.Visit visit, PlatformClock clock, CancellationToken cancellation)
    {
        if (visit is { TakenAt: { } begun, Kept: > 0 } && clock.After(-LongestVisit) < begun && await archive.ReadAsync(visit.Campaign, begun, visit.Kept, cancellation) is { } kept)
            return (begun, [.. kept]);

        return (CampaignVisits.ToMilliseconds(clock.Now), []);
    }

    /// <returns>Null for a page that came.</returns>
    private static VisitOutcome? OutcomeOf(Fetch fetch, bool isFirst) => fetch switch
    {
        Fetch.Came => null,
        Fetch.Unchanged when isFirst => new VisitOutcome.Unchanged(),
        Fetch.Gone(var status) when isFirst => new VisitOutcome.Gone($"answered {status}"),
        Fetch.Gone(var status) => new VisitOutcome.Failed($"a further page answered {status}"),
        Fetch.Forbidden(var rule) => new VisitOutcome.Forbidden(rule),
        Fetch.Failed(var why) => new VisitOutcome.Failed(why),
        _ => throw new UnreachableException(),
    };

    private async Task PlanAsync(StoredVisits stored, VisitOutcome outcome, CancellationToken cancellation)
    {
        var platform = stored.Visits.Campaign.Platform;
        var cadence = options.Value.CadenceOf(platform);
        while (true)
        {
            var clock = clocks.Of(platform);
            var after = stored.Visits.After(outcome, clock, time.GetUtcNow(), cadence);
            if (after.DueAt is { } due)
                await pages.SendAsync(new PageToFetch.Visit(after.Campaign, due), clock.WaitUntil(due), cancellation);
            if (await visits.TryPutAsync(after, stored.Version, cancellation))
                return;

            // A list showed it again, or another message of the same visit was quicker: then there is nothing left to plan.
            if (await visits.FindAsync(after.Campaign, cancellation) is not { } newer || newer.Visits.DueAt != stored.Visits.DueAt)
                return;
            stored = newer;
        }
    }

    [LoggerMessage(LogLevel.Debug, "{Campaign}: {Result} {Trouble}")]
    private partial void LogVisited(CampaignId campaign, VisitResult result, string? trouble);

    [LoggerMessage(LogLevel.Debug, "{Campaign} is put off for {Wait}: {Why}")]
    private partial void LogPutOff(CampaignId campaign, TimeSpan wait, string why);
}

using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Succesmeter.Campaigns;
using Succesmeter.Events;
using Succesmeter.Visits;

namespace Succesmeter.Pipeline;

/// <summary>
/// Begins the search for campaigns on each platform when it is time, and looks over the visits that are planned: one whose message was lost is sent again, and a platform
/// of which too many pages fail is reported as broken. Running it twice asks for a page twice, and the second asking is out of date by the time it is read.
/// </summary>
public sealed partial class PlatformsToPages(
    CrawledPlatforms platforms,
    IVisitStore visits,
    IPageQueue pages,
    IPlatformClocks clocks,
    IEventAnnouncements announcements,
    TimeProvider time,
    IOptions<VisitOptions> options,
    ILogger<PlatformsToPages> logger)
{
    /// <summary>Real time between two looks over all visits of a platform: each reads all of them.</summary>
    private static readonly TimeSpan LookEvery = TimeSpan.FromMinutes(5);

    /// <summary>A visit that is late by more has lost its message, or waits in a long line, which asking again would make longer: so it is asked for again after so long, twice so long, four times so long.</summary>
    private static readonly TimeSpan LongPast = TimeSpan.FromMinutes(30);

    /// <summary>All platforms; one does not hold up the others.</summary>
    /// <exception cref="AggregateException">Some platforms failed.</exception>
    public Task RunAsync(CancellationToken cancellation) => platforms.All.RunForEachAsync(platform => RunAsync(platform, cancellation), cancellation);

    /// <summary>One platform; nothing for one that is not crawled here.</summary>
    public Task RunAsync(PlatformId platform, CancellationToken cancellation) =>
        platforms.Find(platform) is { } crawled ? RunAsync(crawled, cancellation) : Task.CompletedTask;

    /// <summary>Stops a platform at once: whatever is fetched already may end, and nothing more is asked for.</summary>
    /// <returns>As it is kept now.</returns>
    public Task<PlatformCrawl> PauseAsync(PlatformId platform, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        return visits.ChangeCrawlAsync(platform, crawl => crawl with { PausedAt = crawl.PausedAt ?? now }, cancellation);
    }

    /// <summary>Goes on: every visit that is due by now is asked for again, for their messages are gone.</summary>
    /// <returns>As it is kept now.</returns>
    public async Task<PlatformCrawl> ResumeAsync(PlatformId platform, CancellationToken cancellation)
    {
        await visits.ChangeCrawlAsync(platform, crawl => crawl with { PausedAt = null }, cancellation);
        return await LookOverAsync(platform, static (_, _) => true, cancellation);
    }

    /// <summary>Begins a search now, whenever the last one was.</summary>
    /// <returns>As it is kept now; null for a platform that is not crawled here.</returns>
    public async Task<PlatformCrawl?> SearchAsync(PlatformId platform, CancellationToken cancellation) =>
        platforms.Find(platform) is { } crawled ? await SearchAsync(crawled, clocks.Of(platform).Now, cancellation) : null;

    /// <summary>Visits a campaign now, however much it rests, and reads its page even if its server says that nothing changed.</summary>
    /// <returns>As it is kept now; null for a campaign that no list showed.</returns>
    public async Task<CampaignVisits?> VisitAsync(CampaignId campaign, CancellationToken cancellation)
    {
        while (await visits.FindAsync(campaign, cancellation) is { } stored)
        {
            var asked = stored.Visits.AskedFor(clocks.Of(campaign.Platform).Now);
            if (!await visits.TryPutAsync(asked, stored.Version, cancellation))
                continue;

            await pages.SendAsync(new PageToFetch.Visit(campaign, asked.DueAt!.Value), TimeSpan.Zero, cancellation);
            return asked;
        }

        return null;
    }

    private async Task RunAsync(ICrawledPlatform platform, CancellationToken cancellation)
    {
        var crawl = await visits.FindCrawlAsync(platform.Platform, cancellation);
        if (crawl.PausedAt is not null)
            return;

        var now = clocks.Of(platform.Platform).Now;
        if (crawl.SearchedAt is not { } searched || searched + options.Value.SearchEvery(platform.Platform) <= now)
            await SearchAsync(platform, now, cancellation);

        if (crawl.LookedAt is not { } looked || looked + LookEvery <= time.GetUtcNow())
            await LookOverAsync(platform.Platform, static (late, lateBefore) => TimesToAsk(late) > TimesToAsk(lateBefore), cancellation);
    }

    private async Task<PlatformCrawl> SearchAsync(ICrawledPlatform platform, DateTimeOffset now, CancellationToken cancellation)
    {
        // Kept before it is sent, so that the messages are not out of date. A death in between costs one search.
        var crawl = await visits.ChangeCrawlAsync(platform.Platform, crawl => crawl.SearchBegun(now), cancellation);
        foreach (var entrance in platform.Entrances)
            await pages.SendAsync(new PageToFetch.Listing(platform.Platform, crawl.SearchedAt!.Value, entrance, Depth: 0), TimeSpan.Zero, cancellation);
        LogSearching(platform.Platform, platform.Entrances.Count);
        return crawl;
    }

    /// <param name="platform">Whose.</param>
    /// <param name="isAskedAgain">Whether a visit is that is late by so much, and was by so much less at the last look; in real time, negative before it was due.</param>
    /// <param name="cancellation">Ends it.</param>
    private async Task<PlatformCrawl> LookOverAsync(PlatformId platform, Func<TimeSpan, TimeSpan, bool> isAskedAgain, CancellationToken cancellation)
    {
        var (clock, before) = (clocks.Of(platform), await visits.FindCrawlAsync(platform, cancellation));
        var sinceLook = time.GetUtcNow() - (before.LookedAt ?? DateTimeOffset.UnixEpoch);
        var health = CrawlHealth.None;
        var sent = 0;
        await foreach (var stored in visits.ReadAsync(platform, cancellation))
        {
            health = health.With(stored.Visits);
            if (stored.Visits.DueAt is not { } due || due > clock.Now || (clock.Now - due) / clock.Speed is var late && !isAskedAgain(late, late - sinceLook))
                continue;

            await pages.SendAsync(new PageToFetch.Visit(stored.Visits.Campaign, due), options.Value.Stagger * sent++, cancellation);
        }

        before = await visits.FindCrawlAsync(platform, cancellation);
        var after = before.LookedOver(health, time.GetUtcNow());
        if (after.TimesBroken > before.TimesBroken)
        {
            // Told before it is kept: told twice is better than never, and the id is the same.
            LogBroken(platform, health.Failing, health.Followed);
            await announcements.AnnounceAsync(PlatformEvent.Broken(platform, after.TimesBroken, after.LookedAt!.Value, health), cancellation);
        }

        if (sent > 0)
            LogLate(platform, sent);
        return await visits.ChangeCrawlAsync(platform, crawl => crawl.LookedOver(health, after.LookedAt!.Value), cancellation);
    }

    /// <summary>How often a visit that is late by so much is to have been asked for again.</summary>
    private static int TimesToAsk(TimeSpan late) => late < LongPast ? 0 : 1 + (int)Math.Log2(late / LongPast);

    [LoggerMessage(LogLevel.Information, "Searching {Platform} for campaigns from {Entrances} pages")]
    private partial void LogSearching(PlatformId platform, int entrances);

    [LoggerMessage(LogLevel.Information, "{Visits} visits of {Platform} were late and are asked for again")]
    private partial void LogLate(PlatformId platform, int visits);

    [LoggerMessage(LogLevel.Error, "{Platform} must have changed: {Failing} of {Followed} pages cannot be read")]
    private partial void LogBroken(PlatformId platform, int failing, int followed);
}

using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Succesmeter.Campaigns;
using Succesmeter.Functions.OpenApi;
using Succesmeter.Pipeline;
using Succesmeter.Visits;

namespace Succesmeter.Functions.Endpoints;

/// <summary>An admin sees how the crawl fares and what it will visit next, stops a platform and lets it go on, and has a page visited now.</summary>
public sealed class PlatformEndpoints(CrawledPlatforms platforms, IVisitStore visits, PlatformsToPages stage)
{
    private const int MostVisits = 1_000;
    private const int UsualVisits = 50;

    /// <summary>How the crawl of each platform fares.</summary>
    [Function("ListPlatforms")]
    [Gives(200, typeof(ListAnswer<CrawlAnswer>))]
    public async Task<IResult> ListAsync([HttpTrigger(AuthorizationLevel.Admin, "get", "head", Route = "api/admin/platforms")] HttpRequest request, CancellationToken cancellation) =>
        Answers.Ok(request, new ListAnswer<CrawlAnswer>(await CrawlAnswer.OfAllAsync(platforms, visits, cancellation), null), ApiJson.Default.ListAnswerCrawlAnswer);

    /// <summary>Stops the crawl of a platform at once.</summary>
    [Function("PausePlatform")]
    [Gives(200, typeof(CrawlAnswer))]
    public async Task<IResult> PauseAsync(
        [HttpTrigger(AuthorizationLevel.Admin, "post", Route = "api/admin/platforms/{platform}/pause")] HttpRequest request, string platform, CancellationToken cancellation) =>
        Find(platform) is { } crawled ? Ok(request, await stage.PauseAsync(crawled.Platform, cancellation)) : NotCrawled();

    /// <summary>Lets the crawl of a platform go on.</summary>
    [Function("ResumePlatform")]
    [Gives(200, typeof(CrawlAnswer))]
    public async Task<IResult> ResumeAsync(
        [HttpTrigger(AuthorizationLevel.Admin, "post", Route = "api/admin/platforms/{platform}/resume")] HttpRequest request, string platform, CancellationToken cancellation) =>
        Find(platform) is { } crawled ? Ok(request, await stage.ResumeAsync(crawled.Platform, cancellation)) : NotCrawled();

    /// <summary>Begins a search for campaigns now.</summary>
    [Function("SearchPlatform")]
    [Gives(202, typeof(CrawlAnswer))]
    public async Task<IResult> SearchAsync(
        [HttpTrigger(AuthorizationLevel.Admin, "post", Route = "api/admin/platforms/{platform}/search")] HttpRequest request, string platform, CancellationToken cancellation)
    {
        return Find(platform) is { } crawled && await stage.SearchAsync(crawled.Platform, cancellation) is { } begun
            ? Results.Json(CrawlAnswer.Of(begun), ApiJson.Default.CrawlAnswer, statusCode: StatusCodes.Status202Accepted)
            : NotCrawled();
    }

    /// <summary>Visits one campaign now, however much it rests.</summary>
    [Function("VisitCampaign")]
    [Query("campaign", "Its name on the platform, as a list showed it.", IsRequired = true, Example = "kidical-mass")]
    [Gives(202, typeof(VisitAnswer))]
    public async Task<IResult> VisitAsync(
        [HttpTrigger(AuthorizationLevel.Admin, "post", Route = "api/admin/platforms/{platform}/visit")] HttpRequest request, string platform, CancellationToken cancellation)
    {
        if (Find(platform) is null)
            return NotCrawled();
        if (!CampaignId.TryParse(platform, request.Query["campaign"], out var campaign))
            return Answers.BadRequest("campaign", IdRule.Text);

        return await stage.VisitAsync(campaign, cancellation) is { } asked
            ? Results.Json(VisitAnswer.Of(asked), ApiJson.Default.VisitAnswer, statusCode: StatusCodes.Status202Accepted)
            : Answers.NotFound("campaign", "was shown by no list of the platform");
    }

    /// <summary>What is visited next, the earliest first; campaigns that rest come last.</summary>
    [Function("ListVisits")]
    [Query("limit", "How many; 50 unless said.", Type = typeof(int), From = 1, To = MostVisits, Example = "50")]
    [Gives(200, typeof(ListAnswer<VisitAnswer>))]
    public async Task<IResult> VisitsAsync(
        [HttpTrigger(AuthorizationLevel.Admin, "get", "head", Route = "api/admin/platforms/{platform}/visits")] HttpRequest request, string platform, CancellationToken cancellation)
    {
        if (Find(platform) is not { } crawled)
            return NotCrawled();
        if (!Limit.TryRead(request, UsualVisits, MostVisits, out var limit))
            return Limit.Broken(MostVisits);

        // Only as many are held as are asked for, however many there are.
        var next = new PriorityQueue<CampaignVisits, DateTimeOffset>(Comparer<DateTimeOffset>.Create(static (one, other) => other.CompareTo(one)));
        await foreach (var stored in visits.ReadAsync(crawled.Platform, cancellation))
        {
            next.Enqueue(stored.Visits, stored.Visits.DueAt ?? DateTimeOffset.MaxValue);
            if (next.Count > limit)
                next.Dequeue();
        }

        var items = next.UnorderedItems.OrderBy(static item => item.Priority).ThenBy(static item => item.Element.Campaign.Name, StringComparer.Ordinal).Select(static item => VisitAnswer.Of(item.Element));
        return Answers.Ok(request, new ListAnswer<VisitAnswer>([.. items], null), ApiJson.Default.ListAnswerVisitAnswer);
    }

    private ICrawledPlatform? Find(string platform) => PlatformId.TryParse(platform, out var id) ? platforms.Find(id) : null;

    private static IResult Ok(HttpRequest request, PlatformCrawl crawl) => Answers.Ok(request, CrawlAnswer.Of(crawl), ApiJson.Default.CrawlAnswer);

    private static IResult NotCrawled() => Answers.NotFound("platform", "is not crawled here");
}

internal sealed record CrawlAnswer(
    string Platform,
    DateTimeOffset? PausedAt,
    DateTimeOffset? SearchedAt,
    string? SearchTrouble,
    int Campaigns,
    int Followed,
    int Failing,
    DateTimeOffset? LookedAt,
    DateTimeOffset? BrokenSince)
{
    public static async Task<IReadOnlyList<CrawlAnswer>> OfAllAsync(CrawledPlatforms platforms, IVisitStore visits, CancellationToken cancellation)
    {
        var all = new List<CrawlAnswer>();
        foreach (var platform in platforms.All)
            all.Add(Of(await visits.FindCrawlAsync(platform.Platform, cancellation)));
        return all;
    }

    public static CrawlAnswer Of(PlatformCrawl crawl) => new(
        crawl.Platform.Value,
        crawl.PausedAt,
        crawl.SearchedAt,
        crawl.SearchTrouble,
        crawl.Health.Campaigns,
        crawl.Health.Followed,
        crawl.Health.Failing,
        crawl.LookedAt,
        crawl.BrokenSince);
}

internal sealed record VisitAnswer(string Campaign, string Address, DateTimeOffset? DueAt, DateTimeOffset? SeenAt, DateTimeOffset? ChangedAt, DateTimeOffset? VisitedAt, string? Result, int Failures, string? Trouble)
{
    public static VisitAnswer Of(CampaignVisits visits) => new(
        visits.Campaign.ToString(),
        visits.Found.Address.AbsoluteUri,
        visits.DueAt,
        visits.SeenAt,
        visits.ChangedAt,
        visits.VisitedAt,
        visits.Result?.ToString().ToLowerInvariant(),
        visits.Failures,
        visits.Trouble);
}

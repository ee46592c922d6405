using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Succesmeter.Access;
using Succesmeter.Campaigns;
using Succesmeter.Functions.Access;
using Succesmeter.Functions.OpenApi;
using Succesmeter.Histories;

namespace Succesmeter.Functions.Endpoints;

/// <summary>Campaigns as clients read them. What a platform shows itself is public; what a score says is not, unless configured so.</summary>
public sealed class CampaignEndpoints(ICampaignList list, ICampaignLists lists, ICampaignStore store, LatestScores scores, Visitor visitor)
{
    private const int DefaultLimit = 50;
    private const int MostLimit = 500;
    private const int MostSearch = 100;

    /// <summary>Campaigns, a page at a time. A row shows probability, status and meter only where the token reads that campaign.</summary>
    [Function("ListCampaigns")]
    [Needs(Right.Read, On = "each campaign", ForMore = true)]
    [Query("platform", "Only its campaigns.", Example = "growfunding")]
    [Query("state", "Only campaigns of this state.", OneOf = ["live", "succeeded", "failed", "cancelled"], Example = "live")]
    [Query("search", "Part of the title, whatever its case and accents.", Example = "kidical")]
    [Query("category", "Of this category.")]
    [Query("language", "Told in this language first.", Example = "nl")]
    [Query("attention", "Only live campaigns whose forecast is behind, uncertain or unlikely, of those that the token reads; the order stays that of `sort`.", OneOf = ["true"])]
    [Query("sort", "In this order; with a minus the other way round. Nothing is sorted by meter, and by nothing that is not public.", OneOf = ["campaign", "-campaign", "title", "-title", "launchedAt", "-launchedAt", "endsAt", "-endsAt", "asOf", "-asOf", "backers", "-backers", "progress", "-progress"], Example = "-progress")]
    [Query("format", "How it is written; a table has all rows, and no pages.", OneOf = ["json", "csv"], Example = "json")]
    [Query("limit", "Most items of a page.", Type = typeof(int), From = 1, To = MostLimit, Example = "50")]
    [Query("continuation", "Of the page before.")]
    [Gives(200, typeof(ListAnswer<CampaignAnswer>))]
    [Gives(200, typeof(string), Media = "text/csv")]
    [Refuses(401, "`attention` is asked for, without a token that is worth anything.")]
    [Refuses(403, "`attention` is asked for, and the token reads no scores.")]
    [Refuses(410, "The continuation is of a list that is kept no longer.")]
    public async Task<IResult> ListAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/campaigns")] HttpRequest request, CancellationToken cancellation)
    {
        var query = request.Query;
        PlatformId? platform = null;
        if (query["platform"] is { Count: > 0 } named && !PlatformId.TryParse(named, out platform))
            return Answers.BadRequest("platform", IdRule.Text);
        CampaignStatus? status = null;
        if (query["state"] is { Count: > 0 } state)
        {
            status = ParseStatus(state.ToString());
            if (status is null)
                return Answers.BadRequest("state", "must be live, succeeded, failed or cancelled");
        }

        var sort = query["sort"] is { Count: > 0 } by ? by.ToString() : "campaign";
        if (!CampaignQuery.Sorts.Contains(sort))
            return Answers.BadRequest("sort", $"must be {string.Join(", ", CampaignQuery.Sorts)}");
        if (!TryText(request, "search", out var search))
            return Answers.BadRequest("search", $"must have 1 to {MostSearch} characters");
        if (!TryText(request, "category", out var category))
            return Answers.BadRequest("category", $"must have 1 to {MostSearch} characters");
        if (!TryText(request, "language", out var language))
            return Answers.BadRequest("language", $"must have 1 to {MostSearch} characters");
        if (query["attention"] is { Count: > 0 } attention && attention.ToString() != "true")
            return Answers.BadRequest("attention", "must be true, or left out");
        if (query["format"] is { Count: > 0 } format && format.ToString() is not ("json" or "csv"))
            return Answers.BadRequest("format", "must be json or csv");
        if (!Limit.TryRead(request, DefaultLimit, MostLimit, out var limit))
            return Limit.Broken(MostLimit);

        var readable = await visitor.ScopeAsync(request, Right.Read, cancellation);
        var asked = new CampaignQuery { Status = status, Search = search, Category = category, Language = language, NeedsAttention = query["attention"].Count > 0, Sort = sort };
        if (asked.NeedsAttention && readable is null)
            return Answers.Forbidden(request, "must bear a token with the right to read scores");

        var begin = ListContinuation.Start(asked, platform);
        if (query["continuation"] is { Count: > 0 } continuation && !begin.TryContinue(continuation.ToString(), out begin))
            return Answers.BadRequest("continuation", "must be the one that the page before gave to the same question");

        var (versions, gone) = await VersionsAsync(platform, begin.Versions, cancellation);
        if (gone)
            return Answers.Problem(StatusCodes.Status410Gone, "The list is kept no longer.", "continuation", "is too old: begin with the first page");

        // Whether a campaign needs attention is said of those alone that the sender may read.
        var wanted = asked.Of(versions.SelectMany(static version => version.Campaigns).Where(listing => !asked.NeedsAttention || readable!.Covers(listing.Campaign)));
        if (query["format"].ToString() == "csv")
            return Answers.Bytes(request, Encoding.UTF8.GetBytes(CampaignsCsv.Of(wanted.Select(Row))), "text/csv; charset=utf-8");

        var end = Math.Min(wanted.Count, begin.Offset + limit);
        return Answers.Ok(
            request,
            new ListAnswer<CampaignAnswer>([.. wanted.Skip(begin.Offset).Take(limit).Select(Row)], end < wanted.Count ? (begin with { Versions = versions, Offset = end }).ToString() : null),
            ApiJson.Default.ListAnswerCampaignAnswer);

        CampaignAnswer Row(CampaignListing listing) => CampaignAnswers.Row(listing, readable?.Covers(listing.Campaign) == true);
    }

    /// <summary>The lists of all platforms that are asked for: the newest, or those that an earlier page was of.</summary>
    private async Task<(IReadOnlyList<ListVersion> Versions, bool Gone)> VersionsAsync(PlatformId? platform, IReadOnlyList<ListVersion>? pinned, CancellationToken cancellation)
    {
        var found = new List<ListVersion>();
        if (pinned is not null)
        {
            foreach (var version in pinned)
                if (await lists.FindAsync(version.Platform, version.Version, cancellation) is { } kept)
                    found.Add(kept);
                else
                    return ([], Gone: true);
            return (found, Gone: false);
        }

        // Of a platform that nobody heard of no list is made: anybody could fill the storage with names.
        // One that came a moment ago is known to the table already.
        var known = await lists.PlatformsAsync(cancellation);
        if (platform is not null && !known.Contains(platform))
            known = await list.PlatformsAsync(cancellation);
        foreach (var on in known)
            if (platform is null || on == platform)
                found.Add(await lists.NewestAsync(on, cancellation));
        return (found, Gone: false);
    }

    /// <summary>One campaign: its facts, its latest reading, and its latest score where it may be seen.</summary>
    [Function("GetCampaign")]
    [Needs(Right.Read, ForMore = true)]
    [Needs(Right.Act, On = "the platform", ForMore = true)]
    [Gives(200, typeof(CampaignDetail))]
    public async Task<IResult> GetAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/campaigns/{platform}/{campaign}")] HttpRequest request,
        string platform,
        string campaign,
        CancellationToken cancellation)
    {
        if (!CampaignId.TryParse(platform, campaign, out var id))
            return Answers.BadRequest("campaign", IdRule.Text);
        if (await list.FindAsync(id, cancellation) is not { } listing)
            return Answers.NotFound("campaign", "was never seen");

        var record = await store.FindRecordAsync(id, cancellation);
        var mayRead = await visitor.MayAsync(request, Right.Read, id, cancellation);
        var isCoach = await visitor.MayAsync(request, Right.Act, id.Platform, cancellation);
        return Answers.Ok(request, CampaignAnswers.Detail(listing, record, mayRead, isCoach), ApiJson.Default.CampaignDetail);
    }

    /// <summary>A campaign's latest score. 404 while goal or launch are not known.</summary>
    [Function("GetScore")]
    [Needs(Right.Read)]
    [Gives(200, typeof(ScoreAnswer))]
    public async Task<IResult> ScoreAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/campaigns/{platform}/{campaign}/score")] HttpRequest request,
        string platform,
        string campaign,
        CancellationToken cancellation)
    {
        if (!CampaignId.TryParse(platform, campaign, out var id))
            return Answers.BadRequest("campaign", IdRule.Text);
        if (!await visitor.MayAsync(request, Right.Read, id, cancellation))
            return Answers.ScoresForbidden(request);

        return await scores.FindAsync(id, cancellation) switch
        {
            null => Answers.NotFound("campaign", "was never seen"),
            { Json: { } score } => Answers.Bytes(request, score, Answers.Json),
            _ => Answers.NotFound("score", "awaits facts: the goal and the launch of the campaign"),
        };
    }

    /// <summary>What was known of a campaign when, oldest first.</summary>
    [Function("GetHistory")]
    [Needs(Right.Read, ForMore = true)]
    [Query("limit", "Most items of a page.", Type = typeof(int), From = 1, To = MostLimit, Example = "50")]
    [Query("continuation", "Of the page before.")]
    [Gives(200, typeof(ListAnswer<HistoryAnswer>))]
    public async Task<IResult> HistoryAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/campaigns/{platform}/{campaign}/history")] HttpRequest request,
        string platform,
        string campaign,
        CancellationToken cancellation)
    {
        if (!CampaignId.TryParse(platform, campaign, out var id))
            return Answers.BadRequest("campaign", IdRule.Text);
        if (!Limit.TryRead(request, DefaultLimit, MostLimit, out var limit))
            return Limit.Broken(MostLimit);
        DateTimeOffset? after = null;
        if (request.Query["continuation"] is { Count: > 0 } continuation)
        {
            if (!long.TryParse(continuation, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds) || milliseconds > DateTimeOffset.MaxValue.ToUnixTimeMilliseconds())
                return Answers.BadRequest("continuation", "must be the one that the page before gave");
            after = DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
        }

        if (await list.FindAsync(id, cancellation) is not { } listing)
            return Answers.NotFound("campaign", "was never seen");

        var mayRead = await visitor.MayAsync(request, Right.Read, id, cancellation);
        var items = new List<HistoryAnswer>();
        await foreach (var entry in store.ReadEntriesAsync(id, after, listing.AsOf, cancellation))
        {
            // A snapshot and a tick of one instant stay on one page, since the continuation is an instant.
            if (items.Count >= limit && entry.At != items[^1].At)
                return Page(items, items[^1].At.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture));

            items.Add(CampaignAnswers.History(entry, mayRead));
        }

        return Page(items, continuation: null);

        IResult Page(List<HistoryAnswer> page, string? continuation) =>
            Answers.Ok(request, new ListAnswer<HistoryAnswer>(page, continuation), ApiJson.Default.ListAnswerHistoryAnswer);
    }

    private static CampaignStatus? ParseStatus(string text) => text switch
    {
        "live" => CampaignStatus.Live,
        "succeeded" => CampaignStatus.Succeeded,
        "failed" => CampaignStatus.Failed,
        "cancelled" => CampaignStatus.Cancelled,
        _ => null,
    };

    private static bool TryText(HttpRequest request, string name, out string? text)
    {
        text = request.Query[name] is { Count: > 0 } asked ? asked.ToString() : null;
        return text is null or { Length: > 0 and <= MostSearch };
    }
}

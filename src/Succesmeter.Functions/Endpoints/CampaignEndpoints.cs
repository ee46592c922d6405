using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Azure.Functions.Worker;
using Succesmeter.Access;
using Succesmeter.Campaigns;
using Succesmeter.Functions.Access;
using Succesmeter.Functions.OpenApi;
using Succesmeter.Histories;

namespace Succesmeter.Functions.Endpoints;

/// <summary>Campaigns as clients read them. What a platform shows itself is public; what a score says is not, unless configured so.</summary>
public sealed class CampaignEndpoints(ICampaignList list, ICampaignStore store, Visitor visitor)
{
    private const int DefaultLimit = 50;
    private const int MostLimit = 500;

    /// <summary>Campaigns, a page at a time. A row shows probability, status and meter only where the token reads that campaign.</summary>
    [Function("ListCampaigns")]
    [Needs(Right.Read, On = "each campaign", ForMore = true)]
    [Query("platform", "Only its campaigns.", Example = "growfunding")]
    [Query("state", "Only campaigns of this state.", OneOf = ["live", "succeeded", "failed", "cancelled"], Example = "live")]
    [Query("sort", "In this order.", OneOf = ["campaign"], Example = "campaign")]
    [Query("limit", "Most items of a page.", Type = typeof(int), From = 1, To = MostLimit, Example = "50")]
    [Query("continuation", "Of the page before.")]
    [Gives(200, typeof(ListAnswer<CampaignAnswer>))]
    public async Task<IResult> ListAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/campaigns")] HttpRequest request, CancellationToken cancellation)
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

        if (query["sort"] is { Count: > 0 } sort && sort.ToString() != "campaign")
            return Answers.BadRequest("sort", "must be campaign");
        if (!TryLimit(request, out var limit))
            return Answers.BadRequest("limit", $"must be a whole number from 1 to {MostLimit}");
        CampaignId? after = null;
        if (query["continuation"] is { Count: > 0 } continuation && !TryContinue(continuation.ToString(), out after))
            return Answers.BadRequest("continuation", "must be the one that the page before gave");

        var readable = await visitor.ScopeAsync(request, Right.Read, cancellation);
        var items = new List<CampaignAnswer>(limit);
        CampaignId? last = null;
        foreach (var on in platform is null ? await list.PlatformsAsync(cancellation) : [platform])
        {
            var byOrder = after is null ? 1 : string.CompareOrdinal(on.Value, after.Platform.Value);
            if (byOrder < 0)
                continue;

            await foreach (var campaign in list.ReadAsync(on, byOrder == 0 ? after!.Name : null, cancellation))
            {
                if (status is { } wanted && campaign.Status != wanted)
                    continue;
                if (items.Count == limit)
                    return Page(items, last);

                items.Add(CampaignAnswers.Row(campaign, readable?.Covers(campaign.Campaign) == true));
                last = campaign.Campaign;
            }
        }

        return Page(items, last: null);

        IResult Page(List<CampaignAnswer> page, CampaignId? last) => Answers.Ok(
            request,
            new ListAnswer<CampaignAnswer>(page, last is null ? null : WebEncoders.Base64UrlEncode(Encoding.UTF8.GetBytes(last.ToString()))),
            ApiJson.Default.ListAnswerCampaignAnswer);
    }

    /// <summary>One campaign: its facts, its latest reading, and its latest score where it may be seen.</summary>
    [Function("GetCampaign")]
    [Needs(Right.Read, ForMore = true)]
    [Needs(Right.Act, On = "the platform", ForMore = true)]
    [Gives(200, typeof(CampaignDetail))]
    public async Task<IResult> GetAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/campaigns/{platform}/{campaign}")] HttpRequest request,
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
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/campaigns/{platform}/{campaign}/score")] HttpRequest request,
        string platform,
        string campaign,
        CancellationToken cancellation)
    {
        if (!CampaignId.TryParse(platform, campaign, out var id))
            return Answers.BadRequest("campaign", IdRule.Text);
        if (!await visitor.MayAsync(request, Right.Read, id, cancellation))
            return Answers.ScoresForbidden(request);

        var record = await store.FindRecordAsync(id, cancellation);
        if (record.LatestScore is { } score)
            return Answers.Bytes(request, score, Answers.Json);

        return record.KnownThrough is null
            ? Answers.NotFound("campaign", "was never seen")
            : Answers.NotFound("score", "awaits facts: the goal and the launch of the campaign");
    }

    /// <summary>What was known of a campaign when, oldest first.</summary>
    [Function("GetHistory")]
    [Needs(Right.Read, ForMore = true)]
    [Query("limit", "Most items of a page.", Type = typeof(int), From = 1, To = MostLimit, Example = "50")]
    [Query("continuation", "Of the page before.")]
    [Gives(200, typeof(ListAnswer<HistoryAnswer>))]
    public async Task<IResult> HistoryAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/campaigns/{platform}/{campaign}/history")] HttpRequest request,
        string platform,
        string campaign,
        CancellationToken cancellation)
    {
        if (!CampaignId.TryParse(platform, campaign, out var id))
            return Answers.BadRequest("campaign", IdRule.Text);
        if (!TryLimit(request, out var limit))
            return Answers.BadRequest("limit", $"must be a whole number from 1 to {MostLimit}");
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

    private static bool TryLimit(HttpRequest request, out int limit)
    {
        limit = DefaultLimit;
        return request.Query["limit"] is not { Count: > 0 } text
            || (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out limit) && limit is >= 1 and <= MostLimit);
    }

    private static bool TryContinue(string continuation, out CampaignId? after)
    {
        after = null;
        try
        {
            return CampaignId.TryParse(Encoding.UTF8.GetString(WebEncoders.Base64UrlDecode(continuation)), out after);
        }
        catch (FormatException)
        {
            return false;
        }
    }
}

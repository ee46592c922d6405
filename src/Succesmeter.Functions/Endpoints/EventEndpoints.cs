using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Succesmeter.Access;
using Succesmeter.Campaigns;
using Succesmeter.Events;
using Succesmeter.Functions.Access;
using Succesmeter.Functions.OpenApi;
using Succesmeter.Histories;

namespace Succesmeter.Functions.Endpoints;

/// <summary>What happened to a campaign, as it was told: what a webhook brings, for who asks instead.</summary>
public sealed class EventEndpoints(ICampaignList list, ICampaignStore store, Visitor visitor)
{
    private const int DefaultLimit = 50;
    private const int MostLimit = 500;

    /// <summary>A campaign's events, the newest last. An event is never withdrawn, and a new one comes at the end.</summary>
    [Function("ListEvents")]
    [Needs(Right.Read)]
    [Query("limit", "Most items of a page.", Type = typeof(int), From = 1, To = MostLimit, Example = "50")]
    [Query("continuation", "Of the page before.")]
    [Gives(200, typeof(ListAnswer<EventAnswer>))]
    public async Task<IResult> ListAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/campaigns/{platform}/{campaign}/events")] HttpRequest request,
        string platform,
        string campaign,
        CancellationToken cancellation)
    {
        if (!CampaignId.TryParse(platform, campaign, out var id))
            return Answers.BadRequest("campaign", IdRule.Text);
        if (!await visitor.MayAsync(request, Right.Read, id, cancellation))
            return Answers.Forbidden(request, "must bear a token with the right to read this campaign");
        if (!Limit.TryRead(request, DefaultLimit, MostLimit, out var limit))
            return Limit.Broken(MostLimit);
        var skipped = 0;
        if (request.Query["continuation"] is { Count: > 0 } continuation && !int.TryParse(continuation, NumberStyles.None, CultureInfo.InvariantCulture, out skipped))
            return Answers.BadRequest("continuation", "must be the one that the page before gave");
        if (await list.FindAsync(id, cancellation) is null)
            return Answers.NotFound("campaign", "was never seen");

        // Told once each, of few types and levels: all of a campaign's are a page or two. Those of one instant were told by one score.
        var told = new List<CampaignEvent>();
        await foreach (var one in store.ReadEventsAsync(id, cancellation))
            told.Add(one);
        var ordered = told.OrderBy(static one => one.AsOf).ThenBy(static one => one.Type, StringComparer.Ordinal).ThenBy(static one => one.Level.Length).ThenBy(static one => one.Level, StringComparer.Ordinal);
        var next = (long)skipped + limit;
        return Answers.Ok(
            request,
            new ListAnswer<EventAnswer>([.. ordered.Skip(skipped).Take(limit).Select(EventAnswer.Of)], next < told.Count ? next.ToString(CultureInfo.InvariantCulture) : null),
            ApiJson.Default.ListAnswerEventAnswer);
    }
}

/// <param name="Id">Of the happening: the same in every answer and in every webhook.</param>
/// <param name="Type">campaign.discovered, milestone.reached, forecast.turned, pace.behind, dialogue.stalled, community.ignited, campaign.ended, and what is added later.</param>
/// <param name="Level">The milestone in per cent of the goal, or the new status; null where there is only one.</param>
/// <param name="Episode">The how-manieth time this level was entered, from 1.</param>
/// <param name="AsOf">The instant of the score that caused it.</param>
/// <param name="Before">The status before, of a forecast that turned.</param>
/// <param name="GoalShare">Pledged as a share of the goal, then.</param>
/// <param name="Probability">That the goal would be reached, then.</param>
internal sealed record EventAnswer(string Id, string Type, string? Level, int Episode, DateTimeOffset AsOf, string? Before, double? GoalShare, double? Probability)
{
    public static EventAnswer Of(CampaignEvent told) => new(
        told.Id, told.Type, told.Level.Length == 0 ? null : told.Level, told.Episode, told.AsOf, told.Before, Figures.Rounded(told.GoalShare), Figures.Rounded(told.Probability));
}

using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Succesmeter.Access;
using Succesmeter.Functions.Access;
using Succesmeter.Functions.OpenApi;
using Succesmeter.Pipeline;
using Succesmeter.Snapshots;
using Succesmeter.Webhooks;

namespace Succesmeter.Functions.Endpoints;

/// <summary>What a subscription was told, and how its endpoint took it.</summary>
public sealed class DeliveryEndpoints(IDeliveryStore deliveries, Replays replays, Pings pings, Subscribers subscribers)
{
    private const int UsualPage = 50;
    private const int MostPage = 200;

    /// <summary>Sends a signed <c>test.ping</c> now and says what the endpoint answered. It changes nothing.</summary>
    [Function("TestSubscription")]
    [Needs(Right.Subscribe, On = "the subscription's scope")]
    [Path("id", Words = "Of the subscription.", Pattern = SubscriptionAnswer.IdPattern)]
    [Gives(200, typeof(TryAnswer), IsTagged = false)]
    public async Task<IResult> TestAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/subscriptions/{id}/test")] HttpRequest request, string id, CancellationToken cancellation)
    {
        var (kept, refused) = await subscribers.FindAsync(request, id, cancellation);
        return kept is null ? refused! : Results.Json(TryAnswer.Of((await pings.SendAsync(kept.Subscription, cancellation)).Try), ApiJson.Default.TryAnswer);
    }

    /// <summary>What was told in the last 90 days, newest first: how often it was tried, what came of it, and when the next try is.</summary>
    [Function("ListDeliveries")]
    [Needs(Right.Subscribe, On = "the subscription's scope")]
    [Path("id", Words = "Of the subscription.", Pattern = SubscriptionAnswer.IdPattern)]
    [Query("limit", "How many at once.", Type = typeof(int), From = 1, To = MostPage)]
    [Query("continuation", "Of the page before.")]
    [Gives(200, typeof(ListAnswer<DeliveryAnswer>))]
    public async Task<IResult> ListAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/subscriptions/{id}/deliveries")] HttpRequest request, string id, CancellationToken cancellation)
    {
        var (kept, refused) = await subscribers.FindAsync(request, id, cancellation);
        if (kept is null)
            return refused!;
        if (!Limit.TryRead(request, UsualPage, MostPage, out var limit))
            return Limit.Broken(MostPage);
        if (!TryContinue(request, out var after))
            return Answers.BadRequest("continuation", "must be the one that the page before gave");

        var items = new List<DeliveryAnswer>();
        DeliveryKey? last = null;
        await foreach (var one in deliveries.ReadAsync(kept.Subscription.Id, null, after?.At, cancellation))
        {
            // Those of one instant come in the order of their ids.
            var key = new DeliveryKey(one.Delivery.Id, one.Delivery.At);
            if (after is { } known && key.At == known.At && string.CompareOrdinal(key.Id, known.Id) <= 0)
                continue;
            if (items.Count == limit)
                return Page(last is { } at ? $"{at.At.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture)}~{at.Id}" : null);

            items.Add(DeliveryAnswer.Of(one.Delivery, kept.Subscription.Language));
            last = key;
        }

        return Page(null);

        IResult Page(string? next) => Answers.Ok(request, new ListAnswer<DeliveryAnswer>(items, next), ApiJson.Default.ListAnswerDeliveryAnswer);
    }

    /// <summary>Sends again, under the same ids, one delivery, or those of a time, the oldest 1,000 of them at once.</summary>
    [Function("ReplayDeliveries")]
    [Needs(Right.Subscribe, On = "the subscription's scope")]
    [Path("id", Words = "Of the subscription.", Pattern = SubscriptionAnswer.IdPattern)]
    [Takes(typeof(ReplayRequest), Example = """{ "from": "2025-05-01T00:00:00Z", "to": "2025-05-03T00:00:00Z" }""")]
    [Gives(202, typeof(ReplayAnswer))]
    [Refuses(409, "The subscription is not active.")]
    public async Task<IResult> ReplayAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/subscriptions/{id}/replay")] HttpRequest request, string id, CancellationToken cancellation)
    {
        if (await subscribers.RefuseAsync(request, null, cancellation) is { } stranger)
            return stranger;
        var (asked, problem) = await SmallBody.ReadAsync(request, ApiJson.Default.ReplayRequest, cancellation);
        if (asked is null)
            return problem!;
        var (kept, refused) = await subscribers.FindAsync(request, id, cancellation);
        if (kept is null)
            return refused!;
        if (kept.Subscription.State != SubscriptionState.Active)
            return Answers.Problem(StatusCodes.Status409Conflict, "The subscription rests.", "state", "must be active: set it so, and what was kept meanwhile is sent");

        if (asked is { Delivery: { } one, From: null, To: null })
        {
            return await replays.RunAsync(kept.Subscription.Id, null, null, delivery => delivery.Id == one, cancellation) is > 0 and var sent
                ? Sent(sent)
                : Answers.NotFound("delivery", "is not among those of this subscription");
        }

        if (asked is { Delivery: not null } or { From: null, To: null })
            return Answers.BadRequest("delivery", "must stand alone, or from and to instead of it");
        if (!TryRead(asked.From, out var from))
            return Answers.BadRequest("from", "must be a time such as 2026-05-02T12:00:00Z");
        if (!TryRead(asked.To, out var to))
            return Answers.BadRequest("to", "must be a time such as 2026-05-02T12:00:00Z");

        return from > to ? Answers.BadRequest("to", "must not be before from") : Sent(await replays.RunAsync(kept.Subscription.Id, from, to, static _ => true, cancellation));

        static IResult Sent(int count) => Results.Json(new ReplayAnswer(count), ApiJson.Default.ReplayAnswer, statusCode: StatusCodes.Status202Accepted);

        static bool TryRead(string? text, out DateTimeOffset? at)
        {
            var read = MomentText.TryParse(text, TimeZoneInfo.Utc, out var moment);
            at = read ? moment.At : null;
            return read || text is null;
        }
    }

    private static bool TryContinue(HttpRequest request, out DeliveryKey? after)
    {
        after = null;
        if (request.Query["continuation"] is not { Count: > 0 } text)
            return true;
        if (text.ToString().Split('~') is not [var at, var id] || !long.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds) || milliseconds > MostMilliseconds)
            return false;

        after = new DeliveryKey(id, DateTimeOffset.FromUnixTimeMilliseconds(milliseconds));
        return true;
    }

    /// <summary>The end of the year 9999.</summary>
    private const long MostMilliseconds = 253_402_300_799_999;
}

/// <param name="Delivery">Of one.</param>
/// <param name="From">Of when it happened, on the campaign's clock.</param>
/// <param name="To">Of when it happened.</param>
internal sealed record ReplayRequest(string? Delivery, string? From, string? To);

/// <param name="Sent">How many are on their way.</param>
internal sealed record ReplayAnswer(int Sent);

/// <param name="Status">Of the answer; null when there was none.</param>
/// <param name="Error">Why there was no answer.</param>
/// <param name="Answer">The first kilobyte of it, where it is text.</param>
internal sealed record TryAnswer(DateTimeOffset At, double Milliseconds, int? Status, string? Error, string? Answer)
{
    public static TryAnswer Of(DeliveryTry one) => new(one.At, Math.Round(one.Milliseconds, 1), one.Status, one.Error, one.Answer);
}

/// <param name="Id">The <c>webhook-id</c>.</param>
/// <param name="At">When it happened, on the campaign's clock.</param>
/// <param name="Events">Ids of the events in it.</param>
/// <param name="State">pending, held, delivered, failed, stopped.</param>
/// <param name="Attempts">Of this round.</param>
/// <param name="NextAt">When the next try is due.</param>
/// <param name="Texts">The sentences of its events.</param>
/// <param name="Tries">The newest ten, in order of time.</param>
internal sealed record DeliveryAnswer(
    string Id, string Type, DateTimeOffset At, IReadOnlyList<string> Events, string State, int Attempts, DateTimeOffset? NextAt, IReadOnlyList<string> Texts, IReadOnlyList<TryAnswer> Tries)
{
    public static DeliveryAnswer Of(Delivery delivery, string language) => new(
        delivery.Id,
        delivery.Type,
        delivery.At,
        delivery.OfPlatform is { } platform ? [platform.Id] : [.. delivery.Events.Select(static one => one.Id)],
        delivery.State.ToString().ToLowerInvariant(),
        delivery.Attempts,
        delivery.NextAt,
        delivery.OfPlatform is { } broken ? [EventSentences.Of(broken, language)] : [.. delivery.Events.Select(one => EventSentences.Of(one, language))],
        [.. delivery.Tries.Select(TryAnswer.Of)]);
}

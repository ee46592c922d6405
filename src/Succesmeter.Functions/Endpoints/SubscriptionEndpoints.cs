using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Options;
using Succesmeter.Access;
using Succesmeter.Addresses;
using Succesmeter.Events;
using Succesmeter.Functions.Access;
using Succesmeter.Functions.OpenApi;
using Succesmeter.Pipeline;
using Succesmeter.Webhooks;

namespace Succesmeter.Functions.Endpoints;

/// <summary>Who wants to hear of events, and where.</summary>
public sealed class SubscriptionEndpoints(
    ISubscriptionStore store,
    IDeliveryStore deliveries,
    Replays replays,
    Pings pings,
    Subscribers subscribers,
    WebhookSeals seals,
    IOptions<WebhookOptions> options,
    RandomNumberGenerator dice,
    TimeProvider clock)
{
    private const int MostLabel = 100;
    private const int MostAddress = 2_000;
    private const int MostTries = 5;

    private const string Example = """{ "campaign": "growfunding/kidical-mass", "url": "https://hooks.example.org/succesmeter", "events": ["milestone.reached", "forecast.turned"], "language": "nl", "label": "Our chat" }""";

    /// <summary>Subscribes an address to events, once it has answered a signed <c>test.ping</c> with 2xx.</summary>
    [Function("CreateSubscription")]
    [Needs(Right.Subscribe, On = "what the body names")]
    [Takes(typeof(SubscriptionRequest), Example = Example)]
    [Gives(201, typeof(SubscriptionAnswer), Words = "The secret is shown here and never again.")]
    [Refuses(409, "There are too many of this scope.")]
    [Refuses(422, "The address did not take the ping.")]
    [Refuses(503, "No key for secrets is configured here.")]
    [LeadsTo("GetSubscription", "id", "/id")]
    [LeadsTo("ChangeSubscription", "id", "/id")]
    [LeadsTo("RotateSecret", "id", "/id")]
    [LeadsTo("TestSubscription", "id", "/id")]
    [LeadsTo("ListDeliveries", "id", "/id")]
    [LeadsTo("ReplayDeliveries", "id", "/id")]
    [LeadsTo("DeleteSubscription", "id", "/id")]
    public async Task<IResult> CreateAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/subscriptions")] HttpRequest request, CancellationToken cancellation)
    {
        // Who bears nothing that may subscribe anywhere learns no rule of the body.
        if (await subscribers.RefuseAsync(request, null, cancellation) is { } stranger)
            return stranger;
        var (asked, problem) = await SmallBody.ReadAsync(request, ApiJson.Default.SubscriptionRequest, cancellation);
        if (asked is null)
            return problem!;
        if (ScopeText.ToScope(new ScopeText(asked.Campaign, asked.Platform, asked.All)) is not { } scope)
            return Answers.BadRequest("campaign", "must be 'platform/campaign', or left out beside \"platform\": \"…\" or \"all\": true");
        if (await subscribers.RefuseAsync(request, scope, cancellation) is { } refused)
            return refused;
        if (seals.Seal is not { } seal)
            return Answers.Problem(StatusCodes.Status503ServiceUnavailable, "Webhooks are not set up here.", "Webhooks:Keys", "must hold a key for secrets");

        var id = SubscriptionId.New(scope, dice);
        var secret = WebhookSecret.New(dice);
        var blank = new Subscription
        {
            Id = id,
            Scope = scope,
            Address = new Uri("https://unset.invalid/"),
            Language = "",
            MadeBy = await subscribers.WhoAsync(request, cancellation),
            MadeAt = clock.GetUtcNow(),
            Secret = seal.Seal(id, secret),
        };
        if (Wished(blank, asked with { Url = asked.Url ?? "", Language = asked.Language ?? "en" }, out var wanted) is { } broken)
            return broken;
        if (asked.State is not (null or "active"))
            return Answers.BadRequest("state", "must be active at first");

        var most = scope.Campaign is null ? Subscription.MostOfMore : Subscription.MostOfCampaign;
        var there = 0;
        await foreach (var _ in store.ReadAsync(scope, cancellation))
            there++;
        if (there >= most)
            return Answers.Problem(StatusCodes.Status409Conflict, "The list is full.", "subscriptions", $"must be at most {most} of one scope");

        // Other hosts may remember for a moment that this platform has no subscribers: whatever happens after the answer is told.
        var began = clock.GetTimestamp();
        var expected = await store.ExpectAsync(scope, cancellation);
        if (await pings.RefuseAsync(wanted, cancellation) is { } unanswered)
            return unanswered;
        if (!expected && options.Value.RememberNobody - clock.GetElapsedTime(began) is { Ticks: > 0 } left)
            await Task.Delay(left, clock, cancellation);

        await store.AddAsync(wanted, cancellation);
        request.HttpContext.Response.Headers.Location = $"/api/subscriptions/{id}";
        return Results.Json(SubscriptionAnswer.Of(wanted, clock.GetUtcNow()) with { Secret = secret.Reveal() }, ApiJson.Default.SubscriptionAnswer, statusCode: StatusCodes.Status201Created);
    }

    /// <summary>The subscriptions of one scope; of the token's own where none is named.</summary>
    [Function("ListSubscriptions")]
    [Needs(Right.Subscribe)]
    [Query("campaign", "Those of this campaign.", Example = "growfunding/kidical-mass")]
    [Query("platform", "Those of this whole platform.")]
    [Query("all", "Those of all platforms.", OneOf = ["true"])]
    [Gives(200, typeof(ListAnswer<SubscriptionAnswer>))]
    public async Task<IResult> ListAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/subscriptions")] HttpRequest request, CancellationToken cancellation)
    {
        if (await subscribers.RefuseAsync(request, null, cancellation) is { } stranger)
            return stranger;

        var (campaign, platform, all) = (Asked("campaign"), Asked("platform"), Asked("all"));
        if (all is not (null or "true"))
            return Answers.BadRequest("all", "must be true");
        var scope = (campaign, platform, all) is (null, null, null)
            ? await subscribers.ScopeAsync(request, cancellation)
            : ScopeText.ToScope(new ScopeText(campaign, platform, all is null ? null : true));
        if (scope is null)
            return Answers.BadRequest("campaign", "must be 'platform/campaign', or left out beside platform or all");
        if (await subscribers.RefuseAsync(request, scope, cancellation) is { } refused)
            return refused;

        var items = new List<SubscriptionAnswer>();
        await foreach (var one in store.ReadAsync(scope, cancellation))
            items.Add(SubscriptionAnswer.Of(one, clock.GetUtcNow()));
        return Answers.Ok(request, new ListAnswer<SubscriptionAnswer>(items, null), ApiJson.Default.ListAnswerSubscriptionAnswer);

        string? Asked(string name) => request.Query[name] is { Count: > 0 } text ? text.ToString() : null;
    }

    /// <summary>One subscription.</summary>
    [Function("GetSubscription")]
    [Needs(Right.Subscribe, On = "the subscription's scope")]
    [Path("id", Words = "Of the subscription.", Pattern = SubscriptionAnswer.IdPattern)]
    [Gives(200, typeof(SubscriptionAnswer))]
    public async Task<IResult> GetAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/subscriptions/{id}")] HttpRequest request, string id, CancellationToken cancellation)
    {
        var (kept, refused) = await subscribers.FindAsync(request, id, cancellation);
        return kept is null ? refused! : Answers.Ok(request, SubscriptionAnswer.Of(kept.Subscription, clock.GetUtcNow()), ApiJson.Default.SubscriptionAnswer);
    }

    /// <summary>Changes what is named and leaves the rest. A new address must answer a ping; <c>"state": "active"</c> after a pause or a rest sends what was kept meanwhile.</summary>
    [Function("ChangeSubscription")]
    [Needs(Right.Subscribe, On = "the subscription's scope")]
    [Path("id", Words = "Of the subscription.", Pattern = SubscriptionAnswer.IdPattern)]
    [Takes(typeof(SubscriptionRequest), Example = """{ "events": ["campaign.ended"], "language": "fr", "daily": true }""")]
    [Gives(200, typeof(SubscriptionAnswer))]
    [Refuses(422, "The new address did not take the ping.")]
    public async Task<IResult> ChangeAsync([HttpTrigger(AuthorizationLevel.Anonymous, "patch", Route = "api/subscriptions/{id}")] HttpRequest request, string id, CancellationToken cancellation)
    {
        if (await subscribers.RefuseAsync(request, null, cancellation) is { } stranger)
            return stranger;
        var (asked, problem) = await SmallBody.ReadAsync(request, ApiJson.Default.SubscriptionRequest, cancellation);
        if (asked is null)
            return problem!;
        var (kept, refused) = await subscribers.FindAsync(request, id, cancellation);
        if (kept is null)
            return refused!;
        if (asked is not { Campaign: null, Platform: null, All: null })
            return Answers.BadRequest("campaign", "must be left out: a subscription keeps its scope");

        var pinged = kept.Subscription.Address;
        for (var tries = 0; kept is not null && tries < MostTries; tries++)
        {
            if (Wished(kept.Subscription, asked, out var wanted) is { } broken)
                return broken;
            if (wanted.Address != pinged && await pings.RefuseAsync(wanted, cancellation) is { } unanswered)
                return unanswered;

            pinged = wanted.Address;
            if (wanted.State == SubscriptionState.Active && kept.Subscription.State != SubscriptionState.Active)
            {
                // Who wakes it answers for it from now on: the token that it was made with may be what put it to rest.
                wanted = wanted with { MadeBy = await subscribers.WhoAsync(request, cancellation), Why = null, FailingSince = null, SlowUntil = null, SlowInARow = 0 };
            }

            if (await store.ReplaceAsync(kept, wanted, cancellation))
            {
                // Asked for again it does no harm, and so repairs a host that died between the two. There may be more than somebody waits for.
                if (asked.State == "active")
                    await replays.RunAwakeAsync(wanted.Id, CancellationToken.None);
                return Answers.Ok(request, SubscriptionAnswer.Of(wanted, clock.GetUtcNow()), ApiJson.Default.SubscriptionAnswer);
            }

            kept = await store.FindAsync(kept.Subscription.Id, cancellation);
        }

        return kept is null ? Answers.NotFound("id", "is of no subscription") : Answers.Problem(StatusCodes.Status409Conflict, "Others change it.", "id", "is being changed by others; try again");
    }

    /// <summary>A new secret. The one of before signs too for a day, so that a receiver can change over.</summary>
    [Function("RotateSecret")]
    [Needs(Right.Subscribe, On = "the subscription's scope")]
    [Path("id", Words = "Of the subscription.", Pattern = SubscriptionAnswer.IdPattern)]
    [Gives(200, typeof(SubscriptionAnswer), Words = "The secret is shown here and never again.", IsTagged = false)]
    [Refuses(409, "Others change it at this moment.")]
    [Refuses(503, "No key for secrets is configured here.")]
    public async Task<IResult> RotateAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/subscriptions/{id}/secret")] HttpRequest request, string id, CancellationToken cancellation)
    {
        var (kept, refused) = await subscribers.FindAsync(request, id, cancellation);
        if (kept is null)
            return refused!;
        if (seals.Seal is not { } seal)
            return Answers.Problem(StatusCodes.Status503ServiceUnavailable, "Webhooks are not set up here.", "Webhooks:Keys", "must hold a key for secrets");

        var now = clock.GetUtcNow();
        var secret = WebhookSecret.New(dice);
        var rotated = kept.Subscription with
        {
            Secret = seal.Seal(kept.Subscription.Id, secret),
            SecretBefore = kept.Subscription.Secret,
            SecretBeforeUntil = now + Subscription.Overlap,
        };
        return await store.ReplaceAsync(kept, rotated, cancellation)
            ? Results.Json(SubscriptionAnswer.Of(rotated, now) with { Secret = secret.Reveal() }, ApiJson.Default.SubscriptionAnswer)
            : Answers.Problem(StatusCodes.Status409Conflict, "Others change it.", "id", "is being changed by others; try again");
    }

    /// <summary>Ends a subscription; what it was told is forgotten.</summary>
    [Function("DeleteSubscription")]
    [Needs(Right.Subscribe, On = "the subscription's scope")]
    [Path("id", Words = "Of the subscription.", Pattern = SubscriptionAnswer.IdPattern)]
    [Gives(200, typeof(SubscriptionAnswer), Words = "As it was.")]
    public async Task<IResult> DeleteAsync([HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "api/subscriptions/{id}")] HttpRequest request, string id, CancellationToken cancellation)
    {
        var (kept, refused) = await subscribers.FindAsync(request, id, cancellation);
        if (kept is null)
            return refused!;

        await store.DeleteAsync(kept.Subscription.Id, cancellation);
        await deliveries.ForgetAsync(kept.Subscription.Id, null, cancellation);
        return Answers.Ok(request, SubscriptionAnswer.Of(kept.Subscription, clock.GetUtcNow()), ApiJson.Default.SubscriptionAnswer);
    }

    /// <returns>The answer that says which rule the wish breaks; null when it breaks none.</returns>
    private IResult? Wished(Subscription before, SubscriptionRequest asked, out Subscription wanted)
    {
        wanted = before;
        if (asked.Url is { } url)
        {
            if (url.Length > MostAddress || !AddressText.TryParse(url, out var address))
                return Answers.BadRequest("url", $"must be an absolute address of at most {MostAddress} characters");
            if (AddressRules.WhyNot(address, options.Value.AllowLoopback) is { } rule)
                return Answers.BadRequest("url", rule);
            wanted = wanted with { Address = address };
        }

        if (asked.Events is { } events)
        {
            if (events.Any(static type => type is null || !EventTypes.All.Contains(type, StringComparer.Ordinal)))
                return Answers.BadRequest("events", $"must name some of {string.Join(", ", EventTypes.All)}, or none for all");
            wanted = wanted with { Events = [.. events.OfType<string>().Distinct(StringComparer.Ordinal)] };
        }

        if (asked.Language is { } language)
        {
            if (!EventSentences.Languages.Contains(language, StringComparer.Ordinal))
                return Answers.BadRequest("language", $"must be one of {string.Join(", ", EventSentences.Languages)}");
            wanted = wanted with { Language = language };
        }

        if (asked.Format is { } format)
        {
            if (!WebhookFormats.All.Contains(format, StringComparer.Ordinal))
                return Answers.BadRequest("format", $"must be one of {string.Join(", ", WebhookFormats.All)}");
            wanted = wanted with { Format = format };
        }

        if (asked.Label is { } label)
        {
            if (label.Length > MostLabel || label.Any(char.IsControl))
                return Answers.BadRequest("label", $"must have at most {MostLabel} characters, and no control characters");
            wanted = wanted with { Label = label.Trim() };
        }

        if (asked is { Daily: true, MinimumIntervalMinutes: > 0 })
            return Answers.BadRequest("daily", "must not stand beside minimumIntervalMinutes");
        if (asked.MinimumIntervalMinutes is { } minutes)
        {
            if (minutes != 0 && (minutes < Subscription.LeastInterval.TotalMinutes || minutes > Subscription.MostInterval.TotalMinutes))
                return Answers.BadRequest("minimumIntervalMinutes", FormattableString.Invariant($"must be 0 for at once, or from {Subscription.LeastInterval.TotalMinutes} to {Subscription.MostInterval.TotalMinutes}"));
            wanted = wanted with { Rhythm = minutes == 0 ? Rhythm.AtOnce : Rhythm.Every(TimeSpan.FromMinutes(minutes)) };
        }

        if (asked.Daily is { } daily)
            wanted = wanted with { Rhythm = daily ? Rhythm.Daily : wanted.Rhythm.IsDaily ? Rhythm.AtOnce : wanted.Rhythm };

        switch (asked.State)
        {
            case null:
                return null;
            case "active":
                wanted = wanted with { State = SubscriptionState.Active };
                return null;
            case "paused":
                wanted = wanted with { State = SubscriptionState.Paused, Why = null };
                return null;
            default:
                return Answers.BadRequest("state", "must be active or paused");
        }
    }
}

/// <param name="Campaign">One of campaign, platform and all; only when it is made.</param>
/// <param name="Platform">Events of all its campaigns, and its own.</param>
/// <param name="All">Events of everything.</param>
/// <param name="Url">https, on the public internet.</param>
/// <param name="Events">Types; none for all.</param>
/// <param name="Language">nl, fr or en, for the sentence; en where nothing is said.</param>
/// <param name="Format">standard, or slack for a line of text.</param>
/// <param name="MinimumIntervalMinutes">0 for one by one, or so many minutes at least between two bundles.</param>
/// <param name="Daily">One bundle a day, in the morning.</param>
/// <param name="Label">In your own words.</param>
/// <param name="State">active or paused.</param>
internal sealed record SubscriptionRequest(
    string? Campaign,
    string? Platform,
    bool? All,
    string? Url,
    IReadOnlyList<string?>? Events,
    [AllowedValues("nl", "fr", "en", null)] string? Language,
    [AllowedValues("standard", "slack", null)] string? Format,
    int? MinimumIntervalMinutes,
    bool? Daily,
    string? Label,
    [AllowedValues("active", "paused", null)] string? State);

/// <param name="Events">Types; none for all.</param>
/// <param name="State">active, paused, disabled.</param>
/// <param name="Why">Of one that is disabled: failing, gone, token-ended.</param>
/// <param name="FailingSince">When the endpoint failed first, if it has taken nothing since.</param>
/// <param name="SlowUntil">Nothing is sent before; null when nothing is held back.</param>
/// <param name="OldSecretUntil">The secret of before signs too until then; null when there is none.</param>
internal sealed record SubscriptionAnswer(
    string Id,
    string? Campaign,
    string? Platform,
    bool? All,
    string Url,
    IReadOnlyList<string> Events,
    string Language,
    string Format,
    int MinimumIntervalMinutes,
    bool Daily,
    string Label,
    string State,
    string? Why,
    DateTimeOffset? FailingSince,
    DateTimeOffset? SlowUntil,
    DateTimeOffset? OldSecretUntil,
    DateTimeOffset MadeAt)
{
    public const string IdPattern = "^sub_[0-9a-f]{16}_[0-9a-f]{16}$";

    /// <summary>Shown once, when it is made or rotated; null ever after.</summary>
    public string? Secret { get; init; }

    public static SubscriptionAnswer Of(Subscription subscription, DateTimeOffset now)
    {
        var scope = ScopeText.Of(subscription.Scope);
        return new(
            subscription.Id.ToString(),
            scope.Campaign,
            scope.Platform,
            scope.All,
            subscription.Address.OriginalString,
            subscription.Events,
            subscription.Language,
            subscription.Format,
            (int)(subscription.Rhythm.Interval?.TotalMinutes ?? 0),
            subscription.Rhythm.IsDaily,
            subscription.Label,
            subscription.State.ToString().ToLowerInvariant(),
            subscription.Why,
            subscription.FailingSince,
            subscription.SlowUntil > now ? subscription.SlowUntil : null,
            subscription.SecretBeforeUntil > now ? subscription.SecretBeforeUntil : null,
            subscription.MadeAt);
    }
}

using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using Succesmeter.Access;
using Succesmeter.Campaigns;
using Succesmeter.Functions.Access;
using Succesmeter.Functions.OpenApi;
using Succesmeter.Histories;
using Succesmeter.Scores;
using Succesmeter.Snapshots;

namespace Succesmeter.Functions.Endpoints;

/// <summary>
/// One tap by holder or coach: what was done to reach people, what people gave by hand, and what a coach confirms. Accepted means durable: a parcel of the campaign's own partition
/// stands before the answer goes out, and is folded in like a snapshot.
/// </summary>
public sealed partial class ActionEndpoints(
    ICampaignStore store, IScoreQueue queue, IPlatformZones zones, IPlatformClocks clocks, Visitor visitor, TimeProvider machine, ILogger<ActionEndpoints> logger)
{
    private const string ByHand = "by-hand";

    /// <summary>A client's clock may run ahead by so much.</summary>
    private static readonly TimeSpan MostAhead = TimeSpan.FromMinutes(5);

    /// <summary>So long who said a thing may take it back; after that a coach may.</summary>
    private static readonly TimeSpan TakenBackWithin = TimeSpan.FromHours(24);

    private static readonly Dictionary<string, ActionKind> Kinds = Enum.GetValues<ActionKind>().ToDictionary(kind => kind.ToString().ToLowerInvariant(), StringComparer.Ordinal);

    /// <summary>What was done to reach people, in order of time. By-hand gifts stand among it.</summary>
    [Function("ListActions")]
    [Needs(Right.Read)]
    [Gives(200, typeof(ListAnswer<ActionAnswer>))]
    public async Task<IResult> ListAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/campaigns/{platform}/{campaign}/actions")] HttpRequest request,
        string platform,
        string campaign,
        CancellationToken cancellation)
    {
        if (!CampaignId.TryParse(platform, campaign, out var id))
            return Answers.BadRequest("campaign", IdRule.Text);
        if (!await visitor.MayAsync(request, Right.Read, id, cancellation))
            return Answers.Forbidden(request, "must bear a token with the right to read this campaign");

        var record = await store.FindRecordAsync(id, cancellation);
        return record.KnownThrough is null
            ? NeverSeen()
            : Answers.Ok(request, new ListAnswer<ActionAnswer>(ActionAnswer.ListOf(record.State), null), ApiJson.Default.ListAnswerActionAnswer);
    }

    /// <summary>Says what was done to reach people, or what people gave by hand. The same said twice counts once.</summary>
    [Function("AddAction")]
    [Needs(Right.Act)]
    [Takes(typeof(ActionRequest), Example = """{ "kind": "by-hand", "people": 25, "amount": 250, "at": "2025-05-01T14:00:00+02:00" }""")]
    [Gives(202, typeof(SaidAnswer), Words = "It is kept, and counts within seconds.")]
    [Refuses(404, "The campaign was never seen.")]
    [Refuses(409, "The list is full.")]
    [LeadsTo("WithdrawAction", "action", "/id")]
    [LeadsTo("ConfirmByHand", "action", "/id")]
    public async Task<IResult> AddAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/campaigns/{platform}/{campaign}/actions")] HttpRequest request,
        string platform,
        string campaign,
        CancellationToken cancellation)
    {
        if (!CampaignId.TryParse(platform, campaign, out var id))
            return Answers.BadRequest("campaign", IdRule.Text);
        if (!await visitor.MayAsync(request, Right.Act, id, cancellation))
            return Answers.Forbidden(request, "must bear a token with the right to act on this campaign");

        var (said, problem) = await SmallBody.ReadAsync(request, ApiJson.Default.ActionRequest, cancellation);
        if (said is null)
            return problem!;
        if (said.Kind is not ByHand && (said.Kind is null || !Kinds.ContainsKey(said.Kind)))
            return Answers.BadRequest("kind", $"must be {string.Join(", ", Kinds.Keys)} or {ByHand}");

        var record = await store.FindRecordAsync(id, cancellation);
        if (record.KnownThrough is null)
            return NeverSeen();
        if (WhenOf(said, id, record.State, out var rule) is not { } at)
            return Answers.BadRequest("at", rule);

        return said.Kind == ByHand ? await GaveByHandAsync(request, record.State, said, at, cancellation) : await ActedAsync(request, record.State, said, at, cancellation);
    }

    /// <summary>Takes back what was said here: who said it for a day, a coach for ever.</summary>
    [Function("WithdrawAction")]
    [Needs(Right.Act)]
    [Path("action", Words = "As the list of actions names it.")]
    [Gives(202, typeof(SaidAnswer))]
    public async Task<IResult> WithdrawAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "api/campaigns/{platform}/{campaign}/actions/{action}")] HttpRequest request,
        string platform,
        string campaign,
        string action,
        CancellationToken cancellation)
    {
        if (!CampaignId.TryParse(platform, campaign, out var id))
            return Answers.BadRequest("campaign", IdRule.Text);
        if (!await visitor.MayAsync(request, Right.Act, id, cancellation))
            return Answers.Forbidden(request, "must bear a token with the right to act on this campaign");
        if (!Note.TryInstant(action, out var at))
            return Answers.BadRequest("action", "must be an id as /actions lists it");
        if (await FindAsync(id, action, at.Value, cancellation) is not { } known)
            return Answers.NotFound("action", "was never said here; what a platform lists itself cannot be taken back");

        if (!await visitor.MayAsync(request, Right.Act, id.Platform, cancellation) && !await IsOwnAsync(request, id, known, cancellation))
            return Answers.Problem(
                StatusCodes.Status403Forbidden,
                "This cannot be taken back with this token.",
                "action",
                string.Create(CultureInfo.InvariantCulture, $"may be taken back by the token that said it, within {TakenBackWithin.TotalHours:F0} hours and until a coach confirmed it; after that by a coach"));

        return await SayAsync(request, id, known.Note with { Withdrawn = true }, cancellation);
    }

    /// <summary>A coach has looked at what people gave by hand: it counts from here on.</summary>
    [Function("ConfirmByHand")]
    [Needs(Right.Act, On = "the platform")]
    [Path("action", Words = "As the list of actions names it.")]
    [Gives(202, typeof(SaidAnswer))]
    public async Task<IResult> ConfirmByHandAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/campaigns/{platform}/{campaign}/actions/{action}/confirm")] HttpRequest request,
        string platform,
        string campaign,
        string action,
        CancellationToken cancellation)
    {
        if (!CampaignId.TryParse(platform, campaign, out var id))
            return Answers.BadRequest("campaign", IdRule.Text);
        if (!await visitor.MayAsync(request, Right.Act, id.Platform, cancellation))
            return CoachesOnly(request);
        if (!Note.TryInstant(action, out var at))
            return Answers.BadRequest("action", "must be an id as /actions lists it");
        if (await FindAsync(id, action, at.Value, cancellation) is not { Note: Note.GaveByHand { Withdrawn: false } gave })
            return Answers.NotFound("action", "is nothing that people gave by hand here");

        return await SayAsync(request, id, new Note.ConfirmedByHand(gave.At, gave.People, gave.AmountMinor), cancellation);
    }

    /// <summary>A coach has looked at a burst of small gifts and says that they are real. Confirming again changes nothing.</summary>
    [Function("ConfirmBurst")]
    [Needs(Right.Act, On = "the platform")]
    [Takes(typeof(BurstRequest), Example = """{ "burst": "5bf244eb650da8d8" }""")]
    [Gives(202, typeof(SaidAnswer))]
    [Gives(200, typeof(SaidAnswer), Words = "It was confirmed before.")]
    public async Task<IResult> ConfirmBurstAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/campaigns/{platform}/{campaign}/bursts/confirm")] HttpRequest request,
        string platform,
        string campaign,
        CancellationToken cancellation)
    {
        if (!CampaignId.TryParse(platform, campaign, out var id))
            return Answers.BadRequest("campaign", IdRule.Text);
        if (!await visitor.MayAsync(request, Right.Act, id.Platform, cancellation))
            return CoachesOnly(request);

        var (asked, problem) = await SmallBody.ReadAsync(request, ApiJson.Default.BurstRequest, cancellation);
        if (asked is null)
            return problem!;

        var state = (await store.FindRecordAsync(id, cancellation)).State;
        if (state.ConfirmedBursts.Any(burst => burst.Id == asked.Burst))
            return Results.Json(new SaidAnswer(asked.Burst!, Withdrawn: false), ApiJson.Default.SaidAnswer);
        if (state.Bursts.FirstOrDefault(burst => burst.Id == asked.Burst) is not { Gifts: > 0 } found)
            return Answers.NotFound("burst", "is of no burst that waits here; more gifts make it another, so ask the campaign again");

        return await SayAsync(request, id, new Note.ConfirmedBurst(ToMillisecond(clocks.Of(id.Platform).Now), found), cancellation);
    }

    private async Task<IResult> ActedAsync(HttpRequest request, CampaignState state, ActionRequest said, DateTimeOffset at, CancellationToken cancellation)
    {
        if (said.People is not null || said.Amount is not null)
            return Answers.BadRequest(said.People is null ? "amount" : "people", $"goes with the kind {ByHand} only");
        if (state.Actions.Length >= CampaignState.MostActions)
            return Answers.Problem(StatusCodes.Status409Conflict, "The list is full.", "kind", $"cannot be added: {CampaignState.MostActions} actions are listed");

        return await SayAsync(request, state.Campaign, new Note.Acted(at, Kinds[said.Kind!]), cancellation);
    }

    private async Task<IResult> GaveByHandAsync(HttpRequest request, CampaignState state, ActionRequest said, DateTimeOffset at, CancellationToken cancellation)
    {
        if (said.People is not (>= 2 and <= Envelope.MostPeople) || said.People is not { } people)
            return Answers.BadRequest("people", $"must be a whole number from 2 to {Envelope.MostPeople}");
        if (said.Amount is not (> 0 and <= SnapshotLimits.MostAmount) || Money.ToMinor(said.Amount.Value, state.Facts.Currency) is not (> 0 and var minor))
            return Answers.BadRequest("amount", "must be a number above 0, of all together, in the campaign's currency");
        if (state.Envelopes.Length >= Envelope.Most)
            return Answers.Problem(StatusCodes.Status409Conflict, "The list is full.", "kind", $"cannot be added: {Envelope.Most} envelopes are listed");

        return await SayAsync(request, state.Campaign, new Note.GaveByHand(at, people, minor), cancellation);
    }

    /// <returns>Null when a rule is broken.</returns>
    private DateTimeOffset? WhenOf(ActionRequest said, CampaignId campaign, CampaignState state, out string rule)
    {
        // Without a time to the minute, so that a double tap is one action. It stands in the campaign's history, so it is the campaign clock that tells it.
        var now = clocks.Of(campaign.Platform).Now;
        rule = "";
        if (said.At is null)
            return new DateTimeOffset(now.UtcTicks - (now.UtcTicks % TimeSpan.TicksPerMinute), TimeSpan.Zero);

        rule = "must be a time such as 2026-05-02T14:00:00+02:00, and not a day alone";
        if (!MomentText.TryParse(said.At, zones.Of(campaign.Platform), out var moment) || moment.IsWholeDay)
            return null;

        rule = "must not be more than a year before the launch";
        if (moment.At < (state.Facts.LaunchedAt?.At ?? state.FirstSeenAt ?? now).AddYears(-1))
            return null;

        rule = string.Create(CultureInfo.InvariantCulture, $"must not be more than {MostAhead.TotalMinutes:F0} minutes from now");
        return moment.At > now + MostAhead ? null : moment.At;
    }

    private async Task<IResult> SayAsync(HttpRequest request, CampaignId campaign, Note note, CancellationToken cancellation)
    {
        var who = await visitor.WhoAsync(request, cancellation) ?? throw new InvalidOperationException("Only who bears a token may act.");
        var parcel = Parcel.Of(new ReceivedNote(note, new Received(ToMillisecond(machine.GetUtcNow()), who, 1)));
        await store.AddParcelAsync(campaign, parcel, cancellation);
        await queue.SendAsync([new ScoreRequest(campaign) { Parcels = [parcel.Key] }], TimeSpan.Zero, cancellation);
        LogSaid(who, note.Id, campaign, note.Withdrawn);
        return Results.Json(new SaidAnswer(note.Id, note.Withdrawn), ApiJson.Default.SaidAnswer, statusCode: StatusCodes.Status202Accepted);
    }

    private async Task<bool> IsOwnAsync(HttpRequest request, CampaignId campaign, ReceivedNote known, CancellationToken cancellation)
    {
        if (known.Received.Source != await visitor.WhoAsync(request, cancellation) || machine.GetUtcNow() - known.Received.At > TakenBackWithin)
            return false;

        return known.Note switch
        {
            Note.Acted => true,
            Note.GaveByHand gave => !(await store.FindRecordAsync(campaign, cancellation)).State.Envelopes.Contains(new Envelope(gave.At, gave.People, gave.AmountMinor, Confirmed: true)),
            _ => false,
        };
    }

    /// <summary>A note that stands in the history or waits for it; null when there is none or it was taken back.</summary>
    private async Task<ReceivedNote?> FindAsync(CampaignId campaign, string note, DateTimeOffset at, CancellationToken cancellation)
    {
        ReceivedNote? found = null;
        await foreach (var entry in store.ReadEntriesAsync(campaign, at.AddMilliseconds(-1), at, cancellation))
            Look(entry.Note);
        foreach (var parcel in (await store.LoadAsync(campaign, [], cancellation)).Parcels)
            foreach (var waiting in parcel.Notes)
                Look(waiting);
        return found is { Note.Withdrawn: false } ? found : null;

        void Look(ReceivedNote? said)
        {
            if (said?.Note.Id == note && (found is null || said.Received > found.Received))
                found = said;
        }
    }

    private static DateTimeOffset ToMillisecond(DateTimeOffset instant) => DateTimeOffset.FromUnixTimeMilliseconds(instant.ToUnixTimeMilliseconds());

    private static IResult NeverSeen() => Answers.NotFound("campaign", "was never seen");

    private static IResult CoachesOnly(HttpRequest request) => Answers.Forbidden(request, "must bear a coach's token: the right to act on the whole platform");

    [LoggerMessage(LogLevel.Information, "{Who} said {Note} of {Campaign} (taken back: {Withdrawn})")]
    private partial void LogSaid(string who, string note, CampaignId campaign, bool withdrawn);
}

/// <param name="Kind">mail, press, event, social, update, thanks, other, or by-hand.</param>
/// <param name="At">A time; null for now.</param>
/// <param name="People">With by-hand: how many gave.</param>
/// <param name="Amount">With by-hand: of all together, in the campaign's currency.</param>
internal sealed record ActionRequest(
    [Required, AllowedValues("mail", "press", "event", "social", "update", "thanks", "other", "by-hand")] string? Kind, string? At, int? People, decimal? Amount);

internal sealed record BurstRequest([Required] string? Burst);

/// <param name="Id">By which what was said is known again.</param>
internal sealed record SaidAnswer(string Id, bool Withdrawn);

/// <param name="Confirmed">With by-hand: a coach has looked at it; null with other kinds.</param>
internal sealed record ActionAnswer(string Id, DateTimeOffset At, string Kind, int? People, decimal? Amount, bool? Confirmed)
{
    /// <summary>In order of time.</summary>
    public static IReadOnlyList<ActionAnswer> ListOf(CampaignState state) =>
    [
        .. state.Actions.Select(Of).Concat(state.Envelopes.Select(envelope => Of(envelope, state.Facts.Currency))).OrderBy(static action => action.At).ThenBy(static action => action.Id, StringComparer.Ordinal),
    ];

    public static ActionAnswer Of(Envelope envelope, string? currency) => new(
        new Note.GaveByHand(envelope.At, envelope.People, envelope.AmountMinor).Id, envelope.At, "by-hand", envelope.People, Money.ToMajor(envelope.AmountMinor, currency), envelope.Confirmed);

    private static ActionAnswer Of(HolderAction action) =>
        new(new Note.Acted(action.At.At, action.Kind).Id, action.At.At, action.Kind.ToString().ToLowerInvariant(), null, null, null);
}

/// <summary>What waits for a coach's eye.</summary>
internal sealed record UnconfirmedAnswer(IReadOnlyList<BurstAnswer> Bursts, IReadOnlyList<ActionAnswer> ByHand)
{
    public static UnconfirmedAnswer Of(CampaignState state) => new(
        [.. state.Bursts.Select(burst => BurstAnswer.Of(burst, state.Facts.Currency))],
        [.. state.Envelopes.Where(static envelope => !envelope.Confirmed).Select(envelope => ActionAnswer.Of(envelope, state.Facts.Currency))]);
}

/// <param name="Id">To confirm it by.</param>
/// <param name="Hour">In which the first gift fell.</param>
/// <param name="Gifts">How many.</param>
/// <param name="Amount">Of each, in the campaign's currency.</param>
internal sealed record BurstAnswer(string Id, DateTimeOffset Hour, int Gifts, decimal Amount)
{
    public static BurstAnswer Of(GiftBurst burst, string? currency) => new(
        burst.Id, new DateTimeOffset(burst.From.UtcTicks - (burst.From.UtcTicks % TimeSpan.TicksPerHour), TimeSpan.Zero), burst.Gifts, Money.ToMajor(burst.AmountMinor, currency));
}

using System.Collections.Immutable;
using System.Diagnostics;
using Succesmeter.Networks;
using Succesmeter.Snapshots;

namespace Succesmeter.Campaigns;

/// <summary>
/// All that scoring needs of one campaign: the fold of its snapshots in order of time, and nothing that came later. Bounded in size,
/// so that one more snapshot costs the same however long the history.
/// </summary>
public sealed record CampaignState
{
    /// <summary>Grows whenever the fold changes its meaning: a state of another version is folded anew from the snapshots.</summary>
    public const int CurrentVersion = 5;

    private CampaignState(CampaignId campaign) => Campaign = campaign;

    public CampaignId Campaign { get; init; }

    /// <summary>How many snapshots are folded in.</summary>
    public int Snapshots { get; init; }

    public CampaignFacts Facts { get; init; } = CampaignFacts.None;

    /// <summary>What the platform said last of how the campaign stands.</summary>
    public CampaignStatus? DeclaredStatus { get; init; }

    /// <summary>When the first snapshot was taken.</summary>
    public DateTimeOffset? FirstSeenAt { get; init; }

    /// <summary>The totals of the newest snapshot.</summary>
    public Reading? Latest { get; init; }

    public ReadingTrail Trail { get; init; } = ReadingTrail.Empty;

    public GiftLedger Gifts { get; init; } = GiftLedger.Empty;

    /// <summary>What the holder did to reach people, in order of time, each once; the newest <see cref="MostActions"/>.</summary>
    public ImmutableArray<HolderAction> Actions { get; init; } = [];

    public CommentLedger Comments { get; init; } = CommentLedger.Empty;

    public LastShown LastShown { get; init; } = LastShown.None;

    /// <summary>Gifts that count for nothing social until a coach has looked at them.</summary>
    public ImmutableArray<GiftBurst> Bursts { get; init; } = [];

    /// <summary>What people gave by hand, in order of time; the newest <see cref="Envelope.Most"/>.</summary>
    public ImmutableArray<Envelope> Envelopes { get; init; } = [];

    /// <summary>What a coach has looked at; a note says it, no snapshot does.</summary>
    public ImmutableArray<GiftBurst> ConfirmedBursts { get; init; } = [];

    /// <summary>What its donors have to do with each other, as far as it may be shown; null until the network said something. It comes with a tick and stays until the next says otherwise.</summary>
    public ShownTies? Ties { get; init; }

    /// <summary>Whether the crowd carried itself when that was last looked at; made by the fold, once a day, and by no single snapshot.</summary>
    public EmergenceLook? Emergence { get; init; }

    public const int MostActions = 500;

    public static CampaignState Of(CampaignId campaign) => new(campaign);

    /// <summary>The state after one more snapshot.</summary>
    /// <param name="snapshot">Of this campaign and newer than all before.</param>
    /// <param name="setAside">Why the snapshot's money was left out, or null: a campaign has one currency.</param>
    /// <exception cref="ArgumentException">The snapshot is of another campaign or not newer.</exception>
    public CampaignState With(Snapshot snapshot, out string? setAside)
    {
        if (snapshot.Campaign != Campaign)
            throw new ArgumentException($"Snapshot of {snapshot.Campaign} does not belong to {Campaign}.", nameof(snapshot));
        if (Latest is { } before && snapshot.TakenAt <= before.At)
            throw new ArgumentException($"Snapshot taken at {snapshot.TakenAt:O} is not newer than {before.At:O}.", nameof(snapshot));

        setAside = null;
        if (snapshot.Currency is { } currency && Facts.Currency is { } own && own != currency)
        {
            setAside = $"currency {currency} differs from the campaign's {own}";
            return this with { Snapshots = Snapshots + 1, Latest = Latest! with { At = snapshot.TakenAt } };
        }

        var facts = Facts.With(snapshot);
        var reading = Reading.Of(snapshot, facts.Currency);
        var gifts = Gifts.With(snapshot, facts.Currency);
        return this with
        {
            Snapshots = Snapshots + 1,
            Facts = facts,
            DeclaredStatus = snapshot.Status ?? DeclaredStatus,
            FirstSeenAt = FirstSeenAt ?? snapshot.TakenAt,
            Latest = reading,
            Trail = Trail.With(new TrailPoint(reading.At, reading.PledgedMinor, reading.Members?.Active ?? reading.Backers ?? (gifts.IsComplete ? gifts.Count : null))),
            Gifts = gifts,
            Actions = Merge(Actions, snapshot.Actions),
            Comments = Comments.With(snapshot),
            LastShown = LastShown.With(snapshot, reading),
            Bursts = snapshot.ContributionsAre is null ? Bursts : GiftBursts.In(gifts.Open, ConfirmedBursts),
        };
    }

    /// <summary>The state after a coach said that a burst is real: its gifts count, and what comes later is looked at anew.</summary>
    public CampaignState Confirming(GiftBurst burst)
    {
        if (ConfirmedBursts.Contains(burst))
            return this;

        var confirmed = ConfirmedBursts.Add(burst);
        confirmed = confirmed.Length > GiftBursts.Most ? confirmed.RemoveAt(0) : confirmed;
        return this with { ConfirmedBursts = confirmed, Bursts = GiftBursts.In(Gifts.Open, confirmed) };
    }

    /// <summary>The state after what holder or coach said.</summary>
    public CampaignState With(Note note) => note switch
    {
        { Withdrawn: true } => this,
        Note.Acted(var at, var kind) => this with { Actions = Merge(Actions, [new HolderAction(new Moment(at), kind)]) },
        Note.GaveByHand(var at, var people, var amount) => Collecting(new Envelope(at, people, amount, Confirmed: false)),
        Note.ConfirmedByHand(var at, var people, var amount) => Envelopes.IndexOf(new Envelope(at, people, amount, Confirmed: false)) is >= 0 and var place
            ? this with { Envelopes = Envelopes.SetItem(place, Envelopes[place] with { Confirmed = true }) }
            : this,
        Note.ConfirmedBurst(_, var burst) => Confirming(burst),
        _ => throw new UnreachableException(),
    };

    private CampaignState Collecting(Envelope envelope)
    {
        var grown = Envelopes.Add(envelope);
        return this with { Envelopes = grown.Length > Envelope.Most ? grown.RemoveAt(0) : grown };
    }

    /// <summary>How the campaign stands at an instant: as declared, and after its horizon by what it reached.</summary>
    public CampaignStatus StatusAt(DateTimeOffset asOf)
    {
        if (DeclaredStatus is { } declared && declared != CampaignStatus.Live)
            return declared;
        if (Facts.IsRecurring || Facts.Horizon is not { } end || asOf < end)
            return CampaignStatus.Live;

        return IsReached ? CampaignStatus.Succeeded : CampaignStatus.Failed;
    }

    public bool IsReached => GoalMinor is { } goal && Latest?.PledgedMinor >= goal;

    /// <summary>In minor units of the currency; of orders, a hundredth of an order is the unit, as for money.</summary>
    public long? GoalMinor => Facts.Goal is { } goal ? Money.ToMinor(goal, Facts.Currency) : null;

    /// <summary>Pledged as a share of the goal; null where either is unknown.</summary>
    public double? GoalShare => GoalMinor is > 0 and var goal && Latest?.PledgedMinor is { } pledged ? (double)pledged / goal : null;

    private static ImmutableArray<HolderAction> Merge(ImmutableArray<HolderAction> known, IReadOnlyList<HolderAction> shown)
    {
        if (shown.Count == 0)
            return known;

        var merged = known.Union(shown).OrderBy(action => action.At.At).ThenBy(action => action.Kind).ToList();
        return [.. merged.Skip(Math.Max(0, merged.Count - MostActions))];
    }
}

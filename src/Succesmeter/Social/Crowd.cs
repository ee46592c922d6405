using Succesmeter.Campaigns;
using Succesmeter.Networks;
using Succesmeter.Snapshots;

namespace Succesmeter.Social;

/// <summary>Who gave, as far as a campaign's state knows: its gifts, and the totals that its snapshots show beside them.</summary>
public sealed record Crowd
{
    /// <summary>Merged, in any order, without those that were withdrawn.</summary>
    public IReadOnlyList<Gift> Gifts { get; init; } = [];

    /// <summary>Together with <see cref="Sealed"/> the gifts are all there were, not just the newest.</summary>
    public bool ListIsComplete { get; init; }

    /// <summary>Null when none were sealed away.</summary>
    public SealedGivers? Sealed { get; init; }

    /// <summary>The newest total in major units; null when unknown.</summary>
    public decimal? Pledged { get; init; }

    /// <summary>The newest number of backers (or of gifts, where a source counts those); null when the source shows neither.</summary>
    public int? Backers { get; init; }

    /// <summary>The page no longer shows <see cref="Backers"/>; the number is the last that it did show.</summary>
    public bool BackersAreHidden { get; init; }

    /// <summary>The number of backers as it was seven days before the instant of scoring, zero before the launch; null when unknown.</summary>
    public int? BackersAWeekAgo { get; init; }

    /// <summary>The first snapshot's instant: gifts without a time of their own that it already showed came some time before.</summary>
    public DateTimeOffset? ObservedSince { get; init; }

    /// <summary>Gifts that wait for a coach's eye; left out until then.</summary>
    public IReadOnlyList<GiftBurst> Bursts { get; init; } = [];

    public CommentLedger Comments { get; init; } = CommentLedger.Empty;

    /// <summary>The last number of comments that the page showed, whoever wrote them.</summary>
    public int? CommentCount { get; init; }

    /// <summary>In-kind help, as last shown.</summary>
    public Needs? Needs { get; init; }

    public int MostAsked { get; init; }

    public DateTimeOffset? NeedsAt { get; init; }

    public int? Collaborators { get; init; }

    /// <summary>The newest snapshot's instant; what it and those of a week before it do not show is hidden.</summary>
    public DateTimeOffset? LatestAt { get; init; }

    /// <summary>Where the campaign is, by name or postcode.</summary>
    public string? Place { get; init; }

    /// <summary>The campaign stays out of the network.</summary>
    public bool IsSensitive { get; init; }

    /// <summary>What is shown of the donors' other gifts; null until the network was built.</summary>
    public ShownTies? Ties { get; init; }

    /// <summary>Whether gifts follow gifts, as of the last look; null where nobody asked.</summary>
    public Measure? Emergence { get; init; }

    /// <summary>The crowd that a state knows of.</summary>
    /// <param name="state">Folded from snapshots taken up to the instant, and none later.</param>
    /// <param name="asOf">The instant of scoring.</param>
    public static Crowd Of(CampaignState state, DateTimeOffset asOf)
    {
        var (ledger, latest, last) = (state.Gifts, state.Latest, state.LastShown);
        var backers = latest?.Members?.Active ?? latest?.Backers;

        // A list that was not shown lately is whole for as long as no money came in after it.
        var isCurrent = last.PledgedAtListMinor is null || latest?.PledgedMinor is null || last.PledgedAtListMinor == latest.PledgedMinor;

        // What a coach confirmed is money and people beside the page's own count, which the holder may not have told of it.
        var byHand = state.Envelopes.Where(envelope => envelope.Confirmed && envelope.At <= asOf).ToList();
        return new Crowd
        {
            Gifts = byHand.Count == 0 ? ledger.Open : [.. ledger.Open, .. byHand.Select(static envelope => envelope.AsGift())],
            ListIsComplete = ledger.IsComplete && isCurrent,
            Sealed = ledger.Sealed.Count == 0
                ? null
                : new SealedGivers(ledger.Sealed.Count, ledger.Sealed.Donors + ledger.Sealed.Anonymous, ledger.Sealed.SumMinor, ledger.Sealed.SumOfSquares),
            Pledged = latest?.PledgedMinor is { } minor ? Money.ToMajor(minor + byHand.Sum(static envelope => envelope.AmountMinor), state.Facts.Currency) : null,
            Backers = (backers ?? last.Backers) + byHand.Count,
            BackersAreHidden = backers is null && last.Backers is not null,
            BackersAWeekAgo = BackersAt(state, asOf.AddDays(-7)) + byHand.Count(envelope => envelope.At <= asOf.AddDays(-7)),
            ObservedSince = state.FirstSeenAt,
            Bursts = state.Bursts,
            Comments = state.Comments,
            CommentCount = last.Comments,
            Needs = last.Needs,
            MostAsked = last.MostAsked,
            NeedsAt = last.NeedsAt,
            Collaborators = last.Collaborators,
            LatestAt = latest?.At,
            Place = state.Facts.Place,
            IsSensitive = state.Facts.Sensitive,
            Ties = state.Ties,
            Emergence = CarriedBySelf.Of(EmergenceLook.Shown(state, asOf)),
        };
    }

    /// <returns>Zero before the launch; null when no reading is that old.</returns>
    private static int? BackersAt(CampaignState state, DateTimeOffset instant)
    {
        if (instant <= state.Facts.LaunchedAt?.At)
            return 0;

        int? backers = null;
        foreach (var point in state.Trail.Points)
        {
            if (point.At > instant)
                break;
            backers = point.Backers ?? backers;
        }

        return backers;
    }
}

using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Succesmeter.Snapshots;

namespace Succesmeter.Campaigns;

/// <summary>
/// What scoring remembers of gifts that left the state row for sealed segments. A donor who gives on both sides of a seal counts as two;
/// with <see cref="GiftLedger.MostOpen"/> gifts on this side that moves no indicator by a visible step.
/// </summary>
public sealed record SealedGifts
{
    public static readonly SealedGifts None = new();

    public int Segments { get; init; }

    public int Count { get; init; }

    /// <summary>Sum of the amounts that are known, in minor units.</summary>
    public long SumMinor { get; init; }

    /// <summary>Gifts whose amount is known.</summary>
    public int WithAmount { get; init; }

    /// <summary>Distinct pseudonyms, counted within each seal.</summary>
    public int Donors { get; init; }

    public int Anonymous { get; init; }

    /// <summary>Σ(people − 1).</summary>
    public int PeopleBeyondGivers { get; init; }

    /// <summary>Sum of squares of each giver's total, in minor units squared; an anonymous gift is a giver of its own.</summary>
    public double SumOfSquares { get; init; }

    /// <summary>The newest moment among sealed gifts: a windowed list cannot bring back what lies before.</summary>
    public DateTimeOffset? Through { get; init; }

    internal bool Covers(Gift gift) => Through is { } through && gift.At is { } at && at.At < through;

    internal SealedGifts With(ImmutableArray<Gift> gifts)
    {
        var totals = new Dictionary<Pseudonym, long>();
        var sum = 0L;
        var withAmount = 0;
        var anonymous = 0;
        var people = 0;
        var squares = 0.0;
        var through = Through;
        foreach (var gift in gifts)
        {
            var amount = gift.AmountMinor ?? 0;
            sum += amount;
            withAmount += gift.AmountMinor is null ? 0 : 1;
            people += gift.People - 1;
            if (gift.Donor is { } donor)
            {
                CollectionsMarshal.GetValueRefOrAddDefault(totals, donor, out _) += amount;
            }
            else
            {
                anonymous++;
                squares += (double)amount * amount;
            }

            if (gift.At is { } at && (through is null || at.At > through))
                through = at.At;
        }

        foreach (var total in totals.Values)
            squares += (double)total * total;

        return new SealedGifts
        {
            Segments = Segments + 1,
            Count = Count + gifts.Length,
            SumMinor = SumMinor + sum,
            WithAmount = WithAmount + withAmount,
            Donors = Donors + totals.Count,
            Anonymous = Anonymous + anonymous,
            PeopleBeyondGivers = PeopleBeyondGivers + people,
            SumOfSquares = SumOfSquares + squares,
            Through = through,
        };
    }
}

/// <summary>Gifts that no later snapshot changes; kept in a row of their own, read only for a refit.</summary>
/// <param name="Number">From 0, in the order of sealing.</param>
/// <param name="Gifts">In the order in which they became known.</param>
public sealed record GiftSegment(int Number, ImmutableArray<Gift> Gifts);

namespace Succesmeter.Social;

/// <summary>
/// People who gave: |D| + A + Σ(people − 1), the known donors, the anonymous gifts, and those behind envelopes. Gifts under half the campaign's median
/// or five euros, whichever is lower, do not count. Where only a number of backers is shown, that number.
/// </summary>
internal static class Reach
{
    public const string Unit = "people";

    public static Measure Of(Crowd crowd, Givers givers)
    {
        var kept = givers.CountedDonors + givers.CountedAnonymous + givers.CountedBehind;
        var sealedAway = crowd.Sealed?.Donors ?? 0;
        var listed = kept + sealedAway;
        var listIsBelievable = givers.Any || sealedAway > 0 || givers.HolderMinor > 0 || crowd.Pledged is null or <= 0;

        if (crowd.ListIsComplete && listIsBelievable)
            return OfFullList(givers, kept, sealedAway);

        if (crowd.Backers is { } backers)
        {
            // Where the holder is seen among those who gave, the page counts one backer too many; it counts those of a burst too.
            var counted = Math.Max(0, backers - (givers.HolderMinor > 0 ? 1 : 0) - givers.BurstGifts);
            var people = Math.Max(counted + givers.CountedBehind, listed);
            if (crowd.BackersAreHidden)
                return new Measure(people, people, double.PositiveInfinity, Clamped(people), Observability.Bounded, Reason: Reasons.Hidden);

            return givers.CountedBehind > 0
                ? Exactly(people, Observability.Declared, Reasons.PeopleDeclared)
                : Exactly(people, Observability.Observed, null);
        }

        if (givers.Any || sealedAway > 0)
            return new Measure(listed, listed, double.PositiveInfinity, Clamped(listed), Observability.Bounded, Reason: Reasons.ListIncomplete);

        return crowd.Pledged == 0
            ? Exactly(0, Observability.Observed, null)
            : Measure.Unobservable(Reasons.NoListAndNoCount);
    }

    private static Measure OfFullList(Givers givers, long kept, long sealedAway)
    {
        var people = kept + sealedAway;

        // Who gave long ago and again lately is in both; how many did is not known.
        if (sealedAway > 0)
            return new Measure(people, Math.Max(kept, sealedAway), people, Clamped(people), Observability.Bounded, Reason: Reasons.GiftsSealed);

        if (givers.CountedBehind > 0)
            return Exactly(people, Observability.Declared, Reasons.PeopleDeclared);

        // The references are counts of gifts too, so the percentile compares like with like and needs no wider interval.
        if (!givers.AnyDonorKnown && givers.CountedAnonymous > 0)
            return Exactly(people, Observability.Bounded, Reasons.GiftCountOnly);

        // Two gifts under one name may be two people's.
        return givers.HasNamesOnly
            ? new Measure(people, people, givers.CountedGifts, Clamped(people), Observability.Bounded, Reason: Reasons.NamesNotAccounts)
            : Exactly(people, Observability.Observed, null);
    }

    private static Measure Exactly(long people, Observability observability, string? reason) =>
        new(people, people, people, Clamped(people), observability, Reason: reason);

    internal static int Clamped(long n) => (int)Math.Min(n, int.MaxValue);
}

namespace Succesmeter.Social;

/// <summary>How evenly a crowd carries the money: <see cref="EqualGivers"/> over the donors' totals, an anonymous gift as a donor of its own.</summary>
internal static class Breadth
{
    public const string Unit = "equal givers of 20";

    private const double ShareOfMoneyNeeded = 0.9;

    /// <summary>More people than live on Earth need no thought.</summary>
    private const double MostPeople = 1e10;

    public static Measure Of(Crowd crowd, Givers givers, int minorPerMajor)
    {
        var totals = givers.Totals();
        var past = crowd.Sealed is { Donors: > 0, SumMinor: > 0 } s ? s : null;
        var donors = totals.Sum(t => t.Donors) + (past?.Donors ?? 0);
        if (donors == 0)
            return Measure.Unobservable(
                givers.HiddenAmounts > 0 ? Reasons.NoAmounts :
                crowd.ListIsComplete || crowd.Pledged == 0 ? Reasons.NoGifts : Reasons.NoListAndNoCount);

        var known = totals.Sum(t => t.Amount * t.Donors) + (past?.SumMinor ?? 0);
        var pledgedMinor = ((double?)crowd.Pledged * minorPerMajor) - givers.HolderMinor - givers.BurstMinor;
        var money = pledgedMinor > 0 ? pledgedMinor : null;
        if (money is null && crowd.ListIsComplete && givers.HiddenAmounts == 0)
            money = known;

        var pasts = past is null ? [[]] : Shapes(past);
        if (donors < EqualGivers.SampleSize)
            return Between(totals, pasts, [[]], donors, isComparable: false, Observability.Bounded, Reasons.FewerThanTwentyDonors);
        if (money is null)
            return Between(totals, pasts, [[]], donors, isComparable: false, Observability.Bounded, Reasons.MoneyUnknown);
        if (known < ShareOfMoneyNeeded * money)
            return Between(totals, pasts, Splits(money.Value - known, UnknownPeople()), donors, isComparable: true, Observability.Bounded, Reasons.AmountsUnder90Percent);
        if (past is not null)
            return Between(totals, pasts, [[]], donors, isComparable: true, Observability.Bounded, Reasons.GiftsSealed);

        var (observability, reason) =
            givers.CountedBehind > 0 ? (Observability.Declared, Reasons.PeopleDeclared) :
            !givers.AnyDonorKnown ? (Observability.Bounded, Reasons.GiftCountOnly) :
            givers.HasNamesOnly ? (Observability.Bounded, Reasons.NamesNotAccounts) :
            (Observability.Observed, (string?)null);
        return Between(totals, pasts, [[]], donors, isComparable: true, observability, reason);

        double UnknownPeople()
        {
            var unlisted = Math.Max(0, (crowd.Backers ?? 0) - (double)donors - givers.HiddenAmounts);
            var people = givers.HiddenAmounts + unlisted;
            return Math.Clamp(people > 0 ? people : Math.Round((money!.Value - known) * donors / known), 1, MostPeople);
        }
    }

    private static Measure Between(
        List<(double Amount, long Donors)> totals,
        IEnumerable<(double Amount, long Donors)[]> pasts,
        IReadOnlyList<(double Amount, long Donors)[]> missing,
        long donors,
        bool isComparable,
        Observability observability,
        string? reason)
    {
        double low = double.PositiveInfinity, high = 0;
        foreach (var past in pasts)
            foreach (var rest in missing)
            {
                var value = Math.Round(EqualGivers.Of([.. totals, .. past, .. rest]) ?? 1, 4);
                low = Math.Min(low, value);
                high = Math.Max(high, value);
            }

        return new Measure(low, low, high, Reach.Clamped(donors), observability, isComparable, reason);
    }

    /// <summary>The ways in which money may have come that nobody showed: evenly from 1, 4, 16, … of the unknown people, a cent from each of the others.</summary>
    private static List<(double Amount, long Donors)[]> Splits(double missing, double people)
    {
        var all = (long)people;
        var splits = new List<(double, long)[]>();
        for (long givers = 1; givers < all; givers *= 4)
            splits.Add([(missing / givers, givers), (1, all - givers)]);

        splits.Add([(missing / all, all)]);
        return splits;
    }

    /// <summary>
    /// Crowds of two amounts that have the sealed donors' number, mean and variance: 1, 4, 16, … of them gave much, the others little.
    /// </summary>
    private static List<(double Amount, long Donors)[]> Shapes(SealedGivers past)
    {
        var mean = (double)past.SumMinor / past.Donors;
        var variance = Math.Max(0, (past.SumOfSquaresMinor / past.Donors) - (mean * mean));
        var shapes = new List<(double, long)[]>();
        for (long large = 1; large < past.Donors; large *= 4)
        {
            var odds = (double)large / (past.Donors - large);
            var little = mean - Math.Sqrt(variance * odds);
            if (little < 0)
                break;
            shapes.Add([(mean + Math.Sqrt(variance / odds), large), (little, past.Donors - large)]);
        }

        if (shapes.Count == 0)
            shapes.Add([(mean, past.Donors)]);
        return shapes;
    }
}

using Succesmeter.Features;

namespace Succesmeter.Tests.Features;

/// <summary>Plain valid curves, and a generator of all sorts of them.</summary>
internal static class Curves
{
    /// <summary>Ten days into a keep-it-all campaign of 1,000 euros: 100 on the first day, 50 on the fourth, 250 on the tenth.</summary>
    public static FundingCurve Plain { get; } = new()
    {
        Goal = 1000,
        Currency = "EUR",
        PlannedDays = 40,
        ElapsedDays = 10,
        Pledged = 400,
        Gifts = 12,
        Days = Totals((100, 4), (100, 4), (100, 4), (150, 5), (150, 5), (150, 5), (150, 5), (150, 5), (150, 5), (400, 12)),
    };

    public static Gen<FundingCurve> Any { get; } =
        from goal in Gen.Double[50, 50_000]
        from planned in Gen.Double[5, 70]
        from elapsedShare in Gen.Double[0, 0.98]
        from allOrNothing in Gen.Bool
        from daily in Gen.Select(Gen.Frequency((2, Gen.Const(0.0)), (1, Gen.Double[0, 0.08])), Gen.Int[1, 9]).Array[71]
        from giftsKnown in Gen.Bool
        from currency in Gen.Int[0, 4].Select(at => new[] { "EUR", "GBP", "USD", "XTS", null }[at])
        from rewards in Gen.Int[0, 20].Nullable()
        from holder in Gen.Int[0, 5].Nullable()
        select Make(goal, planned, elapsedShare * planned, allOrNothing, daily, giftsKnown, currency, rewards, holder);

    public static IReadOnlyList<DayTotal> Totals(params (double Pledged, int? Gifts)[] days) => [.. days.Select(day => new DayTotal(day.Pledged, day.Gifts))];

    private static FundingCurve Make(
        double goal, double planned, double elapsed, bool allOrNothing, (double Share, int Gifts)[] daily, bool giftsKnown, string? currency, int? rewards, int? holder)
    {
        var days = new DayTotal[(int)elapsed + 1];
        var (pledged, gifts) = (0.0, 0);
        for (var day = 0; day < days.Length; day++)
        {
            pledged += daily[day].Share * goal;
            gifts += daily[day].Share > 0 ? daily[day].Gifts : 0;
            days[day] = new DayTotal(pledged, giftsKnown ? gifts : null);
        }

        return new FundingCurve
        {
            Goal = goal,
            Currency = currency,
            PlannedDays = planned,
            HorizonIsAssumed = !allOrNothing,
            AllOrNothing = allOrNothing,
            ElapsedDays = elapsed,
            Pledged = pledged,
            Gifts = giftsKnown ? gifts : null,
            Days = days,
            Rewards = rewards,
            HolderCampaigns = holder,
        };
    }

    /// <summary>The same campaign if its givers had given that much more at this very instant.</summary>
    public static FundingCurve WithMore(this FundingCurve curve, double amount) => curve with
    {
        Pledged = curve.Pledged + amount,
        Days = [.. curve.Days.SkipLast(1), new DayTotal(curve.Pledged + amount, curve.Gifts)],
    };

    /// <summary>The same campaign after so many more days in which nothing was given.</summary>
    public static FundingCurve AfterSilence(this FundingCurve curve, double days)
    {
        var elapsed = curve.ElapsedDays + days;
        var more = (int)elapsed - (int)curve.ElapsedDays;
        return curve with { ElapsedDays = elapsed, Days = [.. curve.Days, .. Enumerable.Repeat(curve.Days[^1], more)] };
    }
}

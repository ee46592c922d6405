using System.Collections.Immutable;

namespace Succesmeter.Features;

/// <summary>
/// What a forecast sees of a campaign at one instant: one number per entry of <see cref="All"/>, not-a-number where unknown.
/// Training and scoring both come through here, so both see the same.
/// </summary>
/// <remarks>
/// Every feature that a later gift could change moves, when the gift comes, in the direction of its <see cref="Effect"/>; every feature that
/// changes while nothing is given moves against it. With models that keep those directions, more money from the same givers never lowers a
/// probability and silence never raises one. The number of gifts so far is free: the data say that the same sum from more people is closer to the end of
/// a circle of friends, and to forbid that cost 3 points of Brier skill on the UK fundraisers.
/// </remarks>
public sealed class FundingFeatures
{
    private readonly double[] values;

    private FundingFeatures(double[] row, FundingCurve curve)
    {
        values = row;
        Curve = curve;
    }

    /// <summary>The features in the order of <see cref="Values"/>.</summary>
    public static ImmutableArray<FundingFeature> All { get; } =
    [
        new("pledged-share", "share of the goal", "always known", Effect.Raises),
        new("goal", "decimal logarithm of euros", "unknown without a currency that we can size", Effect.Free),
        new("elapsed", "days since launch", "always known", Effect.Lowers),
        new("planned", "days from launch to the end, or the assumed 60", "always known", Effect.Free),
        new("all-or-nothing", "1 = yes", "always known", Effect.Free),
        new("gifts", "gifts", "unknown where neither gifts nor backers are shown", Effect.Free),
        new("pledged-share-first-day", "share of the goal", "always known", Effect.Raises),
        new("gifts-first-day", "gifts", "unknown where neither gifts nor backers are shown", Effect.Free),
        new("pledged-share-first-three-days", "share of the goal", "always known", Effect.Raises),
        new("pledged-share-last-day", "share of the goal", "always known", Effect.Raises),
        new("pledged-share-last-three-days", "share of the goal", "always known", Effect.Raises),
        new("pledged-share-last-week", "share of the goal", "always known", Effect.Raises),
        new("gifts-last-three-days", "gifts", "unknown where neither gifts nor backers are shown", Effect.Raises),
        new("gifts-last-week", "gifts", "unknown where neither gifts nor backers are shown", Effect.Raises),
        new("silence", "days since the last day with a gift", "days since launch while nothing was given", Effect.Lowers),
        new("giving-days", "days with a gift", "always known", Effect.Raises),
        new("best-day", "share of the goal", "always known", Effect.Raises),
        new("mean-gift", "decimal logarithm of euros", "unknown without gifts, or without a currency that we can size", Effect.Raises),
        new("rewards", "rewards", "unknown where none are shown", Effect.Free),
        new("holder-campaigns", "earlier campaigns of the holder", "unknown", Effect.Free),
        new("description-words", "words", "unknown", Effect.Free, InModels: false),
        new("language", "1 Dutch, 2 French, 3 English, 4 another", "unknown", Effect.Free, InModels: false),
        new("goal-against-platform", "decimal logarithm of goal ÷ the platform's median goal", "unknown under ten finished campaigns", Effect.Free, InModels: false),
        new("goal-against-category", "decimal logarithm of goal ÷ the category's median goal on the platform", "unknown under ten finished campaigns of the category", Effect.Free, InModels: false),
    ];

    /// <summary>How many features stand in <see cref="All"/>.</summary>
    public static int Count => All.Length;

    public FundingCurve Curve { get; }

    public ReadOnlySpan<double> Values => values;

    /// <param name="curve">Holds nothing later than its instant, so neither does the result.</param>
    public static FundingFeatures Of(FundingCurve curve)
    {
        var goal = curve.Goal;
        var share = curve.Pledged / goal;
        var size = EuroSize.Log10Of(goal, curve.Currency);
        var gifts = curve.Gifts ?? double.NaN;
        var (silence, givingDays, bestDay) = Rhythm(curve);

        double[] row =
        [
            share,
            size,
            curve.ElapsedDays,
            curve.PlannedDays,
            curve.AllOrNothing ? 1 : 0,
            gifts,
            PledgedAt(curve, 1) / goal,
            GiftsAt(curve, 1),
            PledgedAt(curve, 3) / goal,
            (curve.Pledged - PledgedAt(curve, curve.ElapsedDays - 1)) / goal,
            (curve.Pledged - PledgedAt(curve, curve.ElapsedDays - 3)) / goal,
            (curve.Pledged - PledgedAt(curve, curve.ElapsedDays - 7)) / goal,
            gifts - GiftsAt(curve, curve.ElapsedDays - 3),
            gifts - GiftsAt(curve, curve.ElapsedDays - 7),
            silence,
            givingDays,
            bestDay / goal,
            curve.Gifts > 0 ? EuroSize.Log10Of(Math.Max(curve.Pledged, 1) / gifts, curve.Currency) : double.NaN,
            curve.Rewards ?? double.NaN,
            curve.HolderCampaigns ?? double.NaN,
            curve.DescriptionWords ?? double.NaN,
            LanguageOf(curve),
            size - (curve.UsualGoals.All ?? double.NaN),
            size - (curve.UsualGoals.Of(curve.Category) ?? double.NaN),
        ];

        return new FundingFeatures(row, curve);
    }

    /// <summary>Features that were kept, when the curve behind them is gone: of it no more comes back than an answer needs.</summary>
    /// <param name="kept">As <see cref="Values"/> gave them; the goal is the unit of money.</param>
    internal static FundingFeatures Kept(ReadOnlySpan<double> kept) => new(kept.ToArray(), new FundingCurve
    {
        Goal = 1,
        Pledged = kept[0],
        ElapsedDays = kept[2],
        PlannedDays = kept[3],
        AllOrNothing = kept[4] > 0,
        Days = [],
    });

    /// <summary>What a model is asked: the features that are in models, and an aim.</summary>
    /// <param name="aim">By the names of <see cref="Aim.Features"/>, behind the campaign's own.</param>
    /// <param name="row">As many places as both together.</param>
    internal void Ask(Aim aim, Span<double> row)
    {
        var own = row.Length - Aim.Features.Length;
        Values[..own].CopyTo(row);
        aim.Write(this, row[own..]);
    }

    /// <summary>The total at a time since launch, on the straight lines between the ends of days.</summary>
    /// <remarks>
    /// The lines matter: with whole days, what was given "in the last three days" would depend on the hour of the clock, and training (which
    /// knows whole days) would see another feature than scoring at noon.
    /// </remarks>
    private static double PledgedAt(FundingCurve curve, double days) => At(curve, days, static day => day.Pledged, curve.Pledged);

    private static double GiftsAt(FundingCurve curve, double days) =>
        At(curve, days, static day => day.Gifts ?? double.NaN, curve.Gifts ?? double.NaN);

    private static double At(FundingCurve curve, double days, Func<DayTotal, double> total, double now)
    {
        if (days <= 0)
            return 0;
        if (days >= curve.ElapsedDays)
            return now;

        var days0 = curve.Days;
        var day = Math.Min((int)days, days0.Count - 1);
        if (day < 0)
            return 0;

        var before = day == 0 ? 0 : total(days0[day - 1]);
        var start = (double)day;
        var end = day == days0.Count - 1 ? Math.Max(curve.ElapsedDays, start) : start + 1;
        var at = day == days0.Count - 1 ? now : total(days0[day]);
        return end <= start ? at : before + ((at - before) * Math.Clamp((days - start) / (end - start), 0, 1));
    }

    private static double LanguageOf(FundingCurve curve) => curve.Language switch
    {
        null => double.NaN,
        "nl" => 1,
        "fr" => 2,
        "en" => 3,
        _ => 4,
    };

    private static (double Silence, int GivingDays, double BestDay) Rhythm(FundingCurve curve)
    {
        var givingDays = 0;
        var lastDayEnd = 0.0;
        var (before, best) = (0.0, 0.0);
        for (var day = 0; day < curve.Days.Count; day++)
        {
            var total = day == curve.Days.Count - 1 ? curve.Pledged : curve.Days[day].Pledged;
            if (total > before)
            {
                givingDays++;
                lastDayEnd = day + 1;
                best = Math.Max(best, total - before);
            }

            before = total;
        }

        return (Math.Max(0, curve.ElapsedDays - lastDayEnd), givingDays, best);
    }
}

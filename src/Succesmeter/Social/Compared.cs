namespace Succesmeter.Social;

/// <summary>A measure beside its references.</summary>
internal sealed class Compared
{
    public Compared(string name, Measure now, Measure? before, CampaignContext context, References references)
    {
        var (place, whyNot) = Placed(name, now, now.Value, context, references);
        Place = place;
        Indicator = SocialProfile.Unranked(name, now) with { Reason = whyNot == Reasons.NoReferences && now.Reason is { } own ? own : whyNot ?? now.Reason };
        if (place is not { } at)
            return;

        Low = Lower(now.Low < now.Value ? Placed(name, now, now.Low, context, references).Place!.Value : at);
        High = double.IsPositiveInfinity(now.High)
            ? 100
            : Upper(now.High > now.Value ? Placed(name, now, now.High, context, references).Place!.Value : at);
        Indicator = Indicator with
        {
            Percentile = Rounded(at.Percentile),
            Interval = new PercentileRange(Rounded(Low), Rounded(High)),
            ReferenceName = references.Card.Name,
            ReferenceN = (int)at.N,
            Trend = Trend(at, before is null ? null : Placed(name, before, before.Value, AWeekBefore(context), references).Place),
        };
    }

    public Indicator Indicator { get; }

    public Placement? Place { get; }

    public double Low { get; }

    public double High { get; }

    public static int Rounded(double percentile) => (int)Math.Round(Math.Clamp(percentile, 0, 100), MidpointRounding.AwayFromZero);

    public static double Lower(Placement place) => 100 * JeffreysInterval.Of(place.Percentile / 100 * place.N, place.N).Low;

    public static double Upper(Placement place) => 100 * JeffreysInterval.Of(place.Percentile / 100 * place.N, place.N).High;

    private static CampaignContext AWeekBefore(CampaignContext context) => context with { DaysSinceLaunch = context.DaysSinceLaunch - 7 };

    private static (Placement? Place, string? WhyNot) Placed(
        string name, Measure measure, double? value, CampaignContext context, References references)
    {
        if (value is not { } v || !measure.IsComparable)
            return (null, measure.Reason);
        if (context.DaysSinceLaunch is null)
            return (null, Reasons.LaunchUnknown);
        if (!(context.DaysSinceLaunch >= 0))
            return (null, Reasons.BeforeLaunch);
        if (!(context.Goal > 0))
            return (null, Reasons.GoalUnknown);
        if (context.GoalEuro is not { } goal)
            return (null, Reasons.CurrencyUnknown);
        if (references.Place(name, v, goal, SocialMeasures.EffectiveDays(context)) is not { } place)
            return (null, Reasons.NoReferences);

        return place.N >= References.FewestForPercentile ? (place, null) : (null, InThirds(place));
    }

    /// <summary>Between ten and thirty references tell no more than which third; fewer tell nothing.</summary>
    private static string InThirds(Placement place) => place switch
    {
        { N: < 10 } => Reasons.FewReferences,
        { Percentile: < 100 / 3.0 } => Reasons.FewReferencesLowerThird,
        { Percentile: < 200 / 3.0 } => Reasons.FewReferencesMiddleThird,
        _ => Reasons.FewReferencesUpperThird,
    };

    private double? Trend(Placement now, Placement? before) =>
        before is { } then && (then.Percentile < Low || then.Percentile > High)
            ? Math.Round(now.Percentile - then.Percentile, 1)
            : null;
}

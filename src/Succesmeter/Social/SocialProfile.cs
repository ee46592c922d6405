namespace Succesmeter.Social;

/// <summary>The social side of a campaign at one instant: measured indicators, a meter over some of them, a compass. A pure function of what it is given.</summary>
public sealed record SocialProfile
{
    private const int FewestForMeter = 3;

    /// <summary>0–100: the percentile, among references with the same indicators known, of the mean percentile. An open convention, not a validated scale.</summary>
    public int? Meter { get; init; }

    public PercentileRange? Interval { get; init; }

    /// <summary>Why <see cref="Meter"/> is null.</summary>
    public string? Reason { get; init; }

    public required IReadOnlyList<Indicator> Indicators { get; init; }

    public IReadOnlyList<CompassPoint> Compass { get; init; } = [];

    public SocialForecast? Forecast { get; init; }

    /// <param name="crowd">Gifts first seen after <paramref name="asOf"/> are ignored; totals must be those of then.</param>
    /// <param name="context">As of then.</param>
    /// <param name="references">What to compare with.</param>
    /// <param name="asOf">The instant of scoring.</param>
    public static SocialProfile Of(Crowd crowd, CampaignContext context, References references, DateTimeOffset asOf)
    {
        var now = SocialMeasures.Of(crowd, context, asOf);
        var before = SocialMeasures.AWeekBefore(crowd, context, asOf);
        var earlier = before is null ? context : context with { DaysSinceLaunch = context.DaysSinceLaunch - 7 };

        Compared[] all =
        [
            new(IndicatorNames.Reach, Social.Reach.Unit, now.Reach, before?.Reach, context, earlier, references),
            new(IndicatorNames.Breadth, Social.Breadth.Unit, now.Breadth, before?.Breadth, context, earlier, references),
            new(IndicatorNames.Pace, Social.Pace.Unit, now.Pace, before?.Pace, context, earlier, references),
        ];
        return WithMeter([.. all.Select(c => c.Indicator)], [.. all.Where(c => c.Place is not null)], context, references);
    }

    private static SocialProfile WithMeter(Indicator[] indicators, Compared[] placed, CampaignContext context, References references)
    {
        var profile = new SocialProfile { Indicators = indicators };
        if (placed.Length < FewestForMeter)
            return profile with { Reason = Reasons.FewerThanThreePercentiles };

        var table = References.MeterOf(placed.Select(c => c.Indicator.Name));
        var goal = Compared.GoalEuro(context)!.Value;
        var days = SocialMeasures.EffectiveDays(context);
        if (references.Place(table, placed.Average(c => c.Place!.Value.Percentile), goal, days) is not { N: >= References.FewestForPercentile } meter)
            return profile with { Reason = Reasons.FewReferences };

        // The ends are averaged as if all indicators erred together: they are read from the same references, so they may.
        var low = references.Place(table, placed.Average(c => c.Low), goal, days)!.Value;
        var high = references.Place(table, placed.Average(c => c.High), goal, days)!.Value;
        return profile with
        {
            Meter = Compared.Rounded(meter.Percentile),
            Interval = new PercentileRange(Compared.Rounded(Compared.Lower(low)), Compared.Rounded(Compared.Upper(high))),
        };
    }

    /// <summary>A measure beside its references.</summary>
    private sealed class Compared
    {
        public Compared(
            string name, string unit, Measure now, Measure? before, CampaignContext context, CampaignContext earlier, References references)
        {
            var (place, whyNot) = Placed(name, now, now.Value, context, references);
            Place = place;
            Indicator = new Indicator
            {
                Name = name,
                Unit = unit,
                Value = now.Value,
                N = now.Observability is Observability.Unobservable ? null : now.N,
                Observability = now.Observability,
                Reason = whyNot ?? now.Reason,
            };
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
                Trend = Trend(at, before is null ? null : Placed(name, before, before.Value, earlier, references).Place),
            };
        }

        public Indicator Indicator { get; }

        public Placement? Place { get; }

        public double Low { get; }

        public double High { get; }

        public static int Rounded(double percentile) => (int)Math.Round(Math.Clamp(percentile, 0, 100), MidpointRounding.AwayFromZero);

        public static double Lower(Placement place) => 100 * JeffreysInterval.Of(place.Percentile / 100 * place.N, place.N).Low;

        public static double Upper(Placement place) => 100 * JeffreysInterval.Of(place.Percentile / 100 * place.N, place.N).High;

        public static double? GoalEuro(CampaignContext context) =>
            context.Goal is > 0 and var goal && double.IsFinite(goal) ? goal * EuroValue.Of(context.Currency) : null;

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
            if (GoalEuro(context) is not { } goal)
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
}

namespace Succesmeter.Social;

/// <summary>The social side of a campaign at one instant: ten indicators, a meter over some of them, a compass over others. A pure function of what it is given.</summary>
public sealed record SocialProfile
{
    private const int FewestForMeter = 3;

    /// <summary>0–100: the percentile, among references with the same indicators known, of the mean percentile. An open convention, not a validated scale.</summary>
    public int? Meter { get; init; }

    public PercentileRange? Interval { get; init; }

    /// <summary>Why <see cref="Meter"/> is null.</summary>
    public string? Reason { get; init; }

    /// <summary>All of <see cref="IndicatorNames.All"/>, in that order.</summary>
    public required IReadOnlyList<Indicator> Indicators { get; init; }

    /// <summary>Bonding or bridging, local or city, new or returning.</summary>
    public required IReadOnlyList<CompassPoint> Compass { get; init; }

    public SocialForecast? Forecast { get; init; }

    /// <summary>One of the ten.</summary>
    public Indicator this[string name] => Indicators.First(indicator => indicator.Name == name);

    /// <param name="crowd">Gifts first seen after <paramref name="asOf"/> are ignored; totals must be those of then.</param>
    /// <param name="context">As of then.</param>
    /// <param name="references">What to compare with.</param>
    /// <param name="asOf">The instant of scoring.</param>
    public static SocialProfile Of(Crowd crowd, CampaignContext context, References references, DateTimeOffset asOf)
    {
        var now = SocialMeasures.Of(crowd, context, asOf);
        var before = SocialMeasures.AWeekBefore(crowd, context, asOf);
        var compared = IndicatorNames.InMeter.ToDictionary(name => name, name => new Compared(name, now[name], before?[name], context, references));
        var profile = new SocialProfile
        {
            Indicators = [.. IndicatorNames.All.Select(name => compared.TryGetValue(name, out var ranked) ? ranked.Indicator : Unranked(name, now[name]))],
            Compass = CompassPoint.Of(now),
        };
        return profile.WithMeter([.. IndicatorNames.InMeter.Select(name => compared[name]).Where(static c => c.Place is not null)], context, references);
    }

    /// <summary>A measure as it is, beside nothing.</summary>
    internal static Indicator Unranked(string name, Measure measure) => new()
    {
        Name = name,
        Unit = UnitOf(name),
        Value = measure.Value,
        Bounds = BoundsOf(measure),
        Beside = measure.Beside,
        N = measure.Observability is Observability.Unobservable ? null : measure.N,
        Observability = measure.Observability,
        Reason = measure.Reason ?? Reasons.NotRanked,
    };

    private static string UnitOf(string name) => name switch
    {
        IndicatorNames.Reach => Reach.Unit,
        IndicatorNames.Breadth => Breadth.Unit,
        IndicatorNames.Loyalty => TieMeasures.LoyaltyUnit,
        IndicatorNames.Reciprocity => TieMeasures.ReciprocityUnit,
        IndicatorNames.Bridging => TieMeasures.BridgingUnit,
        IndicatorNames.Bonding => TieMeasures.BondingUnit,
        IndicatorNames.Dialogue => Dialogue.Unit,
        IndicatorNames.Locality => Locality.Unit,
        IndicatorNames.InKind => InKind.Unit,
        _ => "direct followers a gift",
    };

    private static ValueRange? BoundsOf(Measure measure)
    {
        if (double.IsNaN(measure.Low) || (measure.Low == measure.Value && measure.High == measure.Value))
            return null;

        return new ValueRange(End(measure.Low), End(measure.High));

        static double? End(double end) => double.IsFinite(end) ? end : null;
    }

    private SocialProfile WithMeter(Compared[] placed, CampaignContext context, References references)
    {
        if (placed.Length < FewestForMeter)
            return this with { Reason = Reasons.FewerThanThreePercentiles };

        var table = References.MeterOf(placed.Select(c => c.Indicator.Name));
        var goal = context.GoalEuro!.Value;
        var days = SocialMeasures.EffectiveDays(context);
        if (references.Place(table, placed.Average(c => c.Place!.Value.Percentile), goal, days) is not { N: >= References.FewestForPercentile } meter)
            return this with { Reason = Reasons.FewReferences };

        // The ends are averaged as if all indicators erred together: they are read from the same references, so they may.
        var low = references.Place(table, placed.Average(c => c.Low), goal, days)!.Value;
        var high = references.Place(table, placed.Average(c => c.High), goal, days)!.Value;
        return this with
        {
            Meter = Compared.Rounded(meter.Percentile),
            Interval = new PercentileRange(Compared.Rounded(Compared.Lower(low)), Compared.Rounded(Compared.Upper(high))),
        };
    }
}

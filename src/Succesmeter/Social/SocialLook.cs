namespace Succesmeter.Social;

/// <summary>What a finished campaign's indicators were on one day, as seen from then; null where there was no value to compare.</summary>
/// <param name="Days">Since the launch.</param>
public sealed record SocialLook(double Days, double? Reach, double? Breadth, double? Dialogue, double? InKind)
{
    /// <summary>One of <see cref="IndicatorNames.InMeter"/>.</summary>
    public double? this[string indicator] => indicator switch
    {
        IndicatorNames.Reach => Reach,
        IndicatorNames.Breadth => Breadth,
        IndicatorNames.Dialogue => Dialogue,
        IndicatorNames.InKind => InKind,
        _ => throw new ArgumentOutOfRangeException(nameof(indicator), indicator, "No reference has that indicator."),
    };

    public static SocialLook Of(double days, SocialMeasures measures)
    {
        return new SocialLook(days, Comparable(measures.Reach), Comparable(measures.Breadth), Comparable(measures.Dialogue), Comparable(measures.InKind));

        static double? Comparable(Measure measure) => measure.IsComparable ? measure.Value : null;
    }
}

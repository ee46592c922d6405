namespace Succesmeter.Social;

/// <summary>Indicators as they are called in scores and reference tables.</summary>
public static class IndicatorNames
{
    public const string Reach = "reach";

    public const string Breadth = "breadth";

    public const string Pace = "pace";

    /// <summary>Those whose percentiles the meter averages, in the order of the profile.</summary>
    public static IReadOnlyList<string> InMeter { get; } = [Reach, Breadth, Pace];
}

namespace Succesmeter.Social;

/// <summary>Indicators as they are called in scores and reference tables.</summary>
public static class IndicatorNames
{
    public const string Reach = "reach";
    public const string Breadth = "breadth";
    public const string Loyalty = "loyalty";
    public const string Reciprocity = "reciprocity";
    public const string Bridging = "bridging";
    public const string Bonding = "bonding";
    public const string Dialogue = "dialogue";
    public const string Locality = "locality";
    public const string InKind = "in-kind";
    public const string Emergence = "emergence";

    /// <summary>In the order of every profile.</summary>
    public static IReadOnlyList<string> All { get; } = [Reach, Breadth, Loyalty, Reciprocity, Bridging, Bonding, Dialogue, Locality, InKind, Emergence];

    /// <summary>Those whose percentiles the meter averages, in the order of the profile.</summary>
    public static IReadOnlyList<string> InMeter { get; } = [Reach, Breadth, Dialogue, InKind];
}

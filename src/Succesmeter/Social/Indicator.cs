namespace Succesmeter.Social;

/// <summary>One measured side of social success. What is not known is null; <see cref="Reason"/> then says why.</summary>
public sealed record Indicator
{
    /// <summary>One of <see cref="IndicatorNames"/>.</summary>
    public required string Name { get; init; }

    /// <summary>In <see cref="Unit"/>. Of a bounded indicator the lower bound, unless docs/social.md says otherwise.</summary>
    public double? Value { get; init; }

    public required string Unit { get; init; }

    /// <summary>90 % in <see cref="Unit"/>: what is not observed, and of a share Jeffreys' interval. Null where the value is exact or nothing is known.</summary>
    public ValueRange? Bounds { get; init; }

    /// <summary>A figure that belongs here and is not compared.</summary>
    public SideFigure? Beside { get; init; }

    /// <summary>How many gifts, donors or backers the value rests on.</summary>
    public int? N { get; init; }

    /// <summary>0–100, among references of like goal and age; null under <see cref="References.FewestForPercentile"/> of them.</summary>
    public int? Percentile { get; init; }

    /// <summary>90 %: sampling of the references, widened by the bounds of what is not observed.</summary>
    public PercentileRange? Interval { get; init; }

    public string? ReferenceName { get; init; }

    /// <summary>Effective number of references that the percentile was read from (Kish: (Σw)²/Σw²).</summary>
    public int? ReferenceN { get; init; }

    public required Observability Observability { get; init; }

    /// <summary>Change of the percentile over 7 days; null when unknown and when the percentile then lies inside today's interval.</summary>
    public double? Trend { get; init; }

    /// <summary>A code of docs/social.md, where something above is null or bounded.</summary>
    public string? Reason { get; init; }
}

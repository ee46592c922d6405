namespace Succesmeter.Learning.Emergence;

/// <summary>What one cell of the study came to; what does not apply to its kind is left out.</summary>
internal sealed record StudyLine
{
    public required string Kind { get; init; }

    public required string Cell { get; init; }

    /// <summary>Expected number of gifts; without followers, the exact one.</summary>
    public required int Gifts { get; init; }

    public required int Replicates { get; init; }

    public required int Seed { get; init; }

    /// <summary>Share of intervals that hold the truth; of bounds, the share not below it.</summary>
    public double? Coverage { get; init; }

    /// <summary>Share of intervals wholly above the truth.</summary>
    public double? TooHigh { get; init; }

    /// <summary>Share of intervals wholly below the truth.</summary>
    public double? TooLow { get; init; }

    /// <summary>Campaigns with too few gifts for any interval (under ten); not among those covered.</summary>
    public int? Without { get; init; }

    public double? MeanEstimate { get; init; }

    public double? MedianWidth { get; init; }

    public double? MedianHalfLifeHours { get; init; }

    /// <summary>Share of campaigns with at least one alarm in daily looks over their life.</summary>
    public double? Alarms { get; init; }

    /// <summary>The same of campaigns that came to 50 gifts.</summary>
    public double? AlarmsOfThoseWith50 { get; init; }

    /// <summary>Share with an alarm at the last look.</summary>
    public double? AlarmsAtEnd { get; init; }

    /// <summary>By how much the threshold would have to be multiplied for alarms in five campaigns of a hundred.</summary>
    public double? ThresholdFactor95 { get; init; }

    /// <summary>Lower end of the 90 % Jeffreys interval of the cell's share: of <see cref="Coverage"/>, or of <see cref="Alarms"/>.</summary>
    public double? ShareLow { get; init; }

    /// <summary>Upper end.</summary>
    public double? ShareHigh { get; init; }

    public required double Seconds { get; init; }
}

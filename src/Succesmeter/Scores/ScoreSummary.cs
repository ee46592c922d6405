namespace Succesmeter.Scores;

/// <summary>The figures of a score that the history keeps for every instant.</summary>
public sealed record ScoreSummary
{
    /// <summary>Share of the planned time that had passed, 0 and up.</summary>
    public required double Elapsed { get; init; }

    /// <summary>One of the forecast statuses, as the API writes them.</summary>
    public required string Status { get; init; }

    /// <summary>ok, low, abstain: whether the probability may be acted upon.</summary>
    public required string Confidence { get; init; }

    /// <summary>Of reaching the goal; null where there is no goal or no saying.</summary>
    public double? Probability { get; init; }

    public double? BaseRate { get; init; }

    /// <summary>Quantiles of the final amount as a share of the goal.</summary>
    public double? FinalRatioP10 { get; init; }

    public double? FinalRatioP50 { get; init; }

    public double? FinalRatioP90 { get; init; }

    /// <summary>0..100; null where it cannot be told.</summary>
    public int? Meter { get; init; }
}

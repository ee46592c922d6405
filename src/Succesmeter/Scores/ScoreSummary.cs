using Succesmeter.Advice;

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

    /// <summary>Calibrated log-odds of the goal without the platform's shift, from which an outcome teaches the shift; null where none was asked, and in rows from before it was kept.</summary>
    public double? LogOdds { get; init; }

    /// <summary>Which model said so; null in rows from before it was kept.</summary>
    public string? Model { get; init; }

    /// <summary>Anybody could read the score when it was made, so it may have caused what it says; null in rows from before it was kept.</summary>
    public bool? Shown { get; init; }

    public double? BaseRate { get; init; }

    /// <summary>Quantiles of the final amount as a share of the goal.</summary>
    public double? FinalRatioP10 { get; init; }

    public double? FinalRatioP50 { get; init; }

    public double? FinalRatioP90 { get; init; }

    /// <summary>0..100; null where it cannot be told.</summary>
    public int? Meter { get; init; }

    /// <summary>What could be advised and what was; null in rows from before it was kept.</summary>
    public AdviceLot? Advice { get; init; }
}

using Succesmeter.Forecasts;

namespace Succesmeter.Learning.Evaluation;

/// <summary>One campaign at one instant: what was said, what the baseline said, and what came.</summary>
internal sealed record JudgedRow
{
    public required bool Happened { get; init; }

    public required double Probability { get; init; }

    public required double BaselineProbability { get; init; }

    /// <summary>Higher = sooner; null where time to success is not judged.</summary>
    public double? TimeScore { get; init; }

    public double? BaselineTimeScore { get; init; }

    /// <summary>Of success, or the end of a failure.</summary>
    public double Time { get; init; }

    public required double FinalRatio { get; init; }

    /// <summary>The distribution's place of <see cref="FinalRatio"/>, made uniform by a draw where it hit the atom.</summary>
    public required double Transform { get; init; }

    public required Quantiles Ratio { get; init; }

    /// <summary>The quantiles of the final ratio among the campaigns that were trained on and open at this instant.</summary>
    public required Quantiles BaselineRatio { get; init; }

    public required double NothingMore { get; init; }

    /// <summary>Expected and counted at the end; null where social outcomes are not judged.</summary>
    public SocialOutcome? Backers { get; init; }

    public SocialOutcome? Comments { get; init; }

    /// <summary>Money and goal at the end, which a social outcome must go beyond.</summary>
    public double FinalPledged { get; init; }

    public double Goal { get; init; }
}

/// <param name="Expected">What the model said; only its order counts.</param>
/// <param name="Baseline">What is known on the day: backers so far.</param>
/// <param name="Counted">What came.</param>
internal sealed record SocialOutcome(double Expected, double Baseline, double Counted);

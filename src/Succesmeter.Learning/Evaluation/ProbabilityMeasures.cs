using Succesmeter.Forecasts;
using Succesmeter.Social;

namespace Succesmeter.Learning.Evaluation;

/// <summary>How good probabilities were, once it is known what happened.</summary>
internal static class ProbabilityMeasures
{
    private const int Bins = 10;

    /// <summary>The chance that a success was given more than a failure (Mann and Whitney); not-a-number where one of them is missing.</summary>
    public static double AreaUnderCurve(ReadOnlySpan<double> scores, ReadOnlySpan<bool> happened)
    {
        var ranks = RankCorrelation.Ranks(scores);
        double sum = 0;
        long successes = 0;
        for (var row = 0; row < ranks.Length; row++)
            if (happened[row])
            {
                sum += ranks[row];
                successes++;
            }

        var failures = ranks.Length - successes;
        return successes == 0 || failures == 0 ? double.NaN : (sum - (successes * (successes + 1) / 2.0)) / ((double)successes * failures);
    }

    /// <summary>The share called rightly at one half.</summary>
    public static double Accuracy(ReadOnlySpan<double> probabilities, ReadOnlySpan<bool> happened)
    {
        var right = 0;
        for (var row = 0; row < probabilities.Length; row++)
            right += (probabilities[row] >= 0.5) == happened[row] ? 1 : 0;

        return (double)right / probabilities.Length;
    }

    /// <summary>Brier (1950): the mean square of what was missing to the truth.</summary>
    public static double Brier(ReadOnlySpan<double> probabilities, ReadOnlySpan<bool> happened)
    {
        var sum = 0.0;
        for (var row = 0; row < probabilities.Length; row++)
            sum += SquaredError(probabilities[row], happened[row]);

        return sum / probabilities.Length;
    }

    /// <summary>What Brier's score would be for one who knew nothing but the mean of these rows.</summary>
    public static double BrierOfMean(ReadOnlySpan<bool> happened)
    {
        var mean = Mean(happened);
        return mean * (1 - mean);
    }

    /// <summary>1 − Brier over the Brier of the mean label of the rows; not-a-number where all rows ended alike.</summary>
    public static double BrierSkill(ReadOnlySpan<double> probabilities, ReadOnlySpan<bool> happened)
    {
        var reference = BrierOfMean(happened);
        return reference > 0 ? 1 - (Brier(probabilities, happened) / reference) : double.NaN;
    }

    /// <summary>How much higher the first one's Brier skill is, row by row on the same rows.</summary>
    public static PairedDifference BrierSkillDifference(ReadOnlySpan<double> first, ReadOnlySpan<double> second, ReadOnlySpan<bool> happened)
    {
        var differences = new double[first.Length];
        for (var row = 0; row < first.Length; row++)
            differences[row] = SquaredError(second[row], happened[row]) - SquaredError(first[row], happened[row]);

        return PairedDifference.OfMean(differences, BrierOfMean(happened));
    }

    /// <summary>Expected calibration error: in ten equal-width bins, how far the mean probability lies from the share that happened, weighted by rows.</summary>
    public static double CalibrationError(ReadOnlySpan<double> probabilities, ReadOnlySpan<bool> happened)
    {
        var error = 0.0;
        foreach (var bin in Reliability(probabilities, happened))
            error += bin.N * Math.Abs(bin.Forecast - bin.Happened) / probabilities.Length;

        return error;
    }

    /// <summary>The ten bins; empty ones are left out.</summary>
    public static IReadOnlyList<ReliabilityBin> Reliability(ReadOnlySpan<double> probabilities, ReadOnlySpan<bool> happened)
    {
        var counts = new int[Bins];
        var forecasts = new double[Bins];
        var successes = new double[Bins];
        for (var row = 0; row < probabilities.Length; row++)
        {
            var bin = Math.Min((int)(probabilities[row] * Bins), Bins - 1);
            counts[bin]++;
            forecasts[bin] += probabilities[row];
            successes[bin] += happened[row] ? 1 : 0;
        }

        return [.. Enumerable.Range(0, Bins).Where(bin => counts[bin] > 0)
            .Select(bin => new ReliabilityBin(counts[bin], forecasts[bin] / counts[bin], successes[bin] / counts[bin]))];
    }

    public static double Mean(ReadOnlySpan<bool> happened)
    {
        var sum = 0.0;
        foreach (var label in happened)
            sum += label ? 1 : 0;

        return sum / happened.Length;
    }

    private static double SquaredError(double probability, bool happened)
    {
        var error = probability - (happened ? 1 : 0);
        return error * error;
    }
}

/// <param name="N">Rows in the bin.</param>
/// <param name="Forecast">Their mean probability.</param>
/// <param name="Happened">The share of them that happened.</param>
internal sealed record ReliabilityBin(int N, double Forecast, double Happened);

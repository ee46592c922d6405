using Succesmeter.Forecasts;

namespace Succesmeter.Learning.Evaluation;

/// <summary>
/// Harrell's C: of all pairs in which one succeeded before the other's time (success or, for a failure, its end), the share that a score puts in
/// that order; ties in the score count half.
/// </summary>
internal static class Concordance
{
    /// <summary>Not-a-number where no pair can be compared.</summary>
    public static double Of(ReadOnlySpan<double> scores, ReadOnlySpan<double> times, ReadOnlySpan<bool> succeeded)
    {
        double right = 0, pairs = 0;
        for (var i = 0; i < times.Length; i++)
        {
            if (!succeeded[i])
                continue;

            for (var j = 0; j < times.Length; j++)
                if (times[i] < times[j])
                {
                    pairs++;
                    right += Right(scores, i, j);
                }
        }

        return right / pairs;
    }

    /// <summary>How much higher the first score's C is than the second's, on the same rows.</summary>
    /// <remarks>
    /// The interval is the jackknife's: how much each row moves the difference, by its own pairs (Hájek's projection of a U-statistic;
    /// van der Vaart, Asymptotic Statistics, 1998, §12.1). Both scores share the pairs, so what is hard about a pair cancels.
    /// </remarks>
    public static PairedDifference Difference(
        ReadOnlySpan<double> first, ReadOnlySpan<double> second, ReadOnlySpan<double> times, ReadOnlySpan<bool> succeeded)
    {
        var gained = new double[times.Length];
        var compared = new double[times.Length];
        double sum = 0, pairs = 0;
        for (var i = 0; i < times.Length; i++)
        {
            if (!succeeded[i])
                continue;

            for (var j = 0; j < times.Length; j++)
                if (times[i] < times[j])
                {
                    var gain = Right(first, i, j) - Right(second, i, j);
                    sum += gain;
                    pairs++;
                    gained[i] += gain;
                    gained[j] += gain;
                    compared[i]++;
                    compared[j]++;
                }
        }

        var difference = sum / pairs;
        var variance = 0.0;
        for (var row = 0; row < times.Length; row++)
        {
            var moved = (gained[row] - (difference * compared[row])) / pairs;
            variance += moved * moved;
        }

        return PairedDifference.Normal(difference, Math.Sqrt(variance));
    }

    private static double Right(ReadOnlySpan<double> scores, int earlier, int later) =>
        scores[earlier] > scores[later] ? 1 : scores[earlier] == scores[later] ? 0.5 : 0;
}

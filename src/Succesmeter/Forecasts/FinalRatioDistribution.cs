using Succesmeter.Features;

namespace Succesmeter.Forecasts;

/// <summary>
/// How the final amount, as a ratio of the goal, is distributed: an atom where the campaign stands (nothing more comes), and above it the chances
/// of a grid of ratios.
/// </summary>
public sealed class FinalRatioDistribution
{
    /// <summary>Gaps of a final amount, as ratios of the goal: from the smallest that tells amounts apart to sixty times the goal.</summary>
    private const int Steps = 26;

    private const double SmallestStep = 0.002;
    private const double LargestStep = 60;

    private readonly double now;
    private readonly double[] ratios;
    private readonly double[] chances;

    /// <param name="now">What is pledged, as a ratio of the goal.</param>
    /// <param name="ratios">Rising, the first <see cref="Aim.AnythingMore"/> above now.</param>
    /// <param name="chances">That the final ratio is at least the one at the same place; never rising.</param>
    internal FinalRatioDistribution(double now, double[] ratios, double[] chances)
    {
        this.now = now;
        this.ratios = ratios;
        this.chances = chances;
    }

    /// <summary>The atom.</summary>
    public double NothingMore => 1 - chances[0];

    public Quantiles Quantiles => new(QuantileAbove(0.9), QuantileAbove(0.5), QuantileAbove(0.1));

    /// <remarks>
    /// The goal itself is one of the ratios, so that P(final ratio ≥ 1) and the probability are one number; and just above it they lie close, because
    /// people fill a gap and stop.
    /// </remarks>
    internal static double[] GridFrom(double now)
    {
        Span<double> grid = stackalloc double[Steps + 1 + NearGoal.Length];
        grid[0] = now + Aim.AnythingMore;
        for (var step = 0; step < Steps; step++)
            grid[step + 1] = now + StepSizes[step];

        NearGoal.CopyTo(grid[(Steps + 1)..]);
        grid.Sort();
        var count = 0;
        foreach (var ratio in grid)
            if (ratio >= now + Aim.AnythingMore && (count == 0 || ratio > grid[count - 1]))
                grid[count++] = ratio;

        return grid[..count].ToArray();
    }

    /// <summary>The chance that the final ratio is below <paramref name="ratio"/>, and the chance that it is at most that: apart only at the atom.</summary>
    public (double Below, double AtMost) At(double ratio)
    {
        if (ratio < now)
            return (0, 0);
        if (ratio < ratios[0])
            return (0, NothingMore);
        if (ratio >= ratios[^1])
        {
            // Beyond the grid the chance of more falls off with the ratio: any shape will do for so few.
            var rest = chances[^1] * (ratios[^1] / ratio);
            return (1 - rest, 1 - rest);
        }

        var at = Array.BinarySearch(ratios, ratio);
        at = at >= 0 ? at + 1 : ~at;
        var part = (Math.Log(ratio - now) - Math.Log(ratios[at - 1] - now)) / (Math.Log(ratios[at] - now) - Math.Log(ratios[at - 1] - now));
        var logOdds = LogOdds(chances[at - 1]) + ((LogOdds(chances[at]) - LogOdds(chances[at - 1])) * part);
        var below = 1 - Answers.Sigmoid(logOdds);
        return (below, below);
    }

    /// <summary>The ratio that a share of <paramref name="above"/> ends above.</summary>
    public double QuantileAbove(double above)
    {
        if (chances[0] <= above)
            return now;

        for (var at = 1; at < ratios.Length; at++)
        {
            if (chances[at] > above)
                continue;

            // Between two points the log-odds fall along the logarithm of the gap, as they do on the trees' own scale.
            var (upper, lower) = (LogOdds(chances[at - 1]), LogOdds(chances[at]));
            var part = upper > lower ? Math.Clamp((upper - LogOdds(above)) / (upper - lower), 0, 1) : 1;
            var (low, high) = (Math.Log(ratios[at - 1] - now), Math.Log(ratios[at] - now));
            return Math.Clamp(now + Math.Exp(low + ((high - low) * part)), ratios[at - 1], ratios[at]);
        }

        return ratios[^1];
    }

    private static double LogOdds(double chance)
    {
        const double Least = 1e-12;
        var clamped = Math.Clamp(chance, Least, 1 - Least);
        return Math.Log(clamped / (1 - clamped));
    }

    private static readonly double[] NearGoal = [1, 1.005, 1.01, 1.02, 1.035, 1.05, 1.08, 1.12, 1.17, 1.25];

    private static readonly double[] StepSizes =
        [.. Enumerable.Range(0, Steps).Select(static step => SmallestStep * Math.Pow(LargestStep / SmallestStep, step / (Steps - 1.0)))];
}

namespace Succesmeter.Learning.Emergence;

/// <summary>A branching ratio that many campaigns share, from the sum of their log-likelihoods.</summary>
internal sealed record PooledRatio
{
    private const double ChiSquare95 = 3.841458820694124;

    public required string Dataset { get; init; }

    /// <summary>One a page, one a page with uneven days, or one for all pages.</summary>
    public required string Background { get; init; }

    public required int Campaigns { get; init; }

    public required int Gifts { get; init; }

    public required double BranchingRatio { get; init; }

    /// <summary>95 %, by the profile of the sum.</summary>
    public required double Low { get; init; }

    public required double High { get; init; }

    public required double HalfLifeHours { get; init; }

    /// <summary>Twice the log-likelihood ratio against no following.</summary>
    public required double LikelihoodRatio { get; init; }

    /// <param name="sums">A row a half-life, a column a ratio; the first ratio is zero.</param>
    public static PooledRatio Of(string dataset, string background, int campaigns, int gifts, double[,] sums, IReadOnlyList<double> ratios, IReadOnlyList<double> halfLives)
    {
        var profile = new double[ratios.Count];
        var (best, bestRow) = (double.MinValue, 0);
        for (var column = 0; column < ratios.Count; column++)
        {
            profile[column] = double.MinValue;
            for (var row = 0; row < halfLives.Count; row++)
            {
                profile[column] = Math.Max(profile[column], sums[row, column]);
                if (sums[row, column] > best)
                    (best, bestRow) = (sums[row, column], row);
            }
        }

        var peak = Array.IndexOf(profile, profile.Max());
        var (low, high) = (ratios[0], ratios[^1]);
        for (var at = peak; at > 0 && low == ratios[0]; at--)
            if (2 * (best - profile[at - 1]) > ChiSquare95)
                low = Cross(at, at - 1);
        for (var at = peak; at < ratios.Count - 1 && high == ratios[^1]; at++)
            if (2 * (best - profile[at + 1]) > ChiSquare95)
                high = Cross(at, at + 1);

        return new PooledRatio
        {
            Dataset = dataset,
            Background = background,
            Campaigns = campaigns,
            Gifts = gifts,
            BranchingRatio = Math.Round(Math.Clamp(Vertex(), low, high), 3),
            Low = Math.Round(low, 3),
            High = Math.Round(high, 3),
            HalfLifeHours = halfLives[bestRow],
            LikelihoodRatio = Math.Round(2 * (best - profile[0]), 1),
        };

        double Cross(int inside, int outside)
        {
            var (near, far) = (Math.Sqrt(Math.Max(0, 2 * (best - profile[inside]))), Math.Sqrt(2 * (best - profile[outside])));
            return ratios[inside] + ((ratios[outside] - ratios[inside]) * (Math.Sqrt(ChiSquare95) - near) / (far - near));
        }

        double Vertex()
        {
            if (peak == 0 || peak == ratios.Count - 1)
                return ratios[peak];

            var before = (profile[peak] - profile[peak - 1]) / (ratios[peak] - ratios[peak - 1]);
            var after = (profile[peak + 1] - profile[peak]) / (ratios[peak + 1] - ratios[peak]);
            var bend = (after - before) / (ratios[peak + 1] - ratios[peak - 1]);
            return bend < 0 ? ((ratios[peak - 1] + ratios[peak]) / 2) - (before / (2 * bend)) : ratios[peak];
        }
    }
}

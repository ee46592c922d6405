namespace Succesmeter.Networks;

/// <summary>What modularity Leiden finds in random graphs of the same degrees: a graph without communities has a high one too.</summary>
/// <param name="Mean">Over the draws.</param>
/// <param name="Percentile99">Above it lies one random graph in a hundred.</param>
/// <param name="Draws">How many random graphs were made.</param>
/// <param name="IsPredicted">Too few draws for a hundredth: the percentile is the upper 99 % prediction limit, mean + t·s·√(1 + 1/n), and no less than the largest draw.</param>
public sealed record NullModularity(double Mean, double Percentile99, int Draws, bool IsPredicted)
{
    /// <summary>As many as the percentile is meant to rest on.</summary>
    public const int MostDraws = 1_000;

    /// <summary>Fewer would leave the spread unknown.</summary>
    private const int FewestDraws = 20;

    /// <summary>About a minute's work on one core.</summary>
    private const long MostEdgesDrawn = 60_000_000;

    /// <summary>From this many draws on the percentile is counted and not predicted.</summary>
    private const int DrawsForACount = 500;

    /// <summary>Each goes its own way from the observed graph, so that the result is the same on any number of cores.</summary>
    private const int Chains = 10;

    public static NullModularity Of(DonorGraph graph, ulong seed, int mostDraws = MostDraws)
    {
        var draws = (int)Math.Clamp(MostEdgesDrawn / Math.Max(1, graph.EdgeCount), FewestDraws, mostDraws);
        draws -= draws % Chains;
        var found = new double[draws];
        Parallel.For(0, Chains, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, chain =>
        {
            var random = new Curveball(graph.CampaignStarts, graph.CampaignDonors.AsSpan().ToArray(), graph.DonorCount, Dice.SeedOf(seed, chain));
            random.Trade(random.Mixing);
            for (var draw = chain; draw < draws; draw += Chains)
            {
                random.Trade(random.Between);
                found[draw] = Leiden.Of(random.Graph(graph), Dice.SeedOf(seed, Chains + draw)).Modularity;
            }
        });
        return Of(found);
    }

    internal static NullModularity Of(double[] found)
    {
        var n = found.Length;
        Array.Sort(found);
        var mean = found.Average();
        if (n >= DrawsForACount)
            return new NullModularity(mean, found[(int)Math.Ceiling(0.99 * n) - 1], n, IsPredicted: false);

        var spread = Math.Sqrt(found.Sum(q => (q - mean) * (q - mean)) / (n - 1));
        return new NullModularity(mean, Math.Max(found[^1], mean + (T99(n - 1) * spread * Math.Sqrt(1 + (1.0 / n)))), n, IsPredicted: true);
    }

    /// <summary>Student's t, one-sided 99 %, by the Cornish–Fisher expansion (Abramowitz and Stegun 26.7.5); exact to 0.002 from 19 degrees of freedom on.</summary>
    private static double T99(double freedom)
    {
        const double z = 2.3263478740;
        var (z2, v) = (z * z, freedom);
        return z * (1 + ((z2 + 1) / (4 * v)) + (((((5 * z2) + 16) * z2) + 3) / (96 * v * v)) + ((((((3 * z2) + 19) * z2) + 17) * z2 - 15) / (384 * v * v * v)));
    }
}

namespace Succesmeter.Aftercare;

/// <summary>Benjamini and Hochberg 1995 (Journal of the Royal Statistical Society B 57(1), section 3.1), as adjusted p-values.</summary>
public static class FalseDiscovery
{
    /// <summary>At which rate an exploratory pair is worth a second look.</summary>
    public const double Level = 0.10;

    /// <returns>For each p-value the lowest rate of false discoveries at which it would be one: p·m/rank, made to grow with p; at most 1.</returns>
    public static double[] Of(double[] pValues)
    {
        var order = new int[pValues.Length];
        for (var at = 0; at < order.Length; at++)
            order[at] = at;
        Array.Sort([.. pValues], order);

        var rates = new double[pValues.Length];
        var least = 1.0;
        for (var rank = order.Length; rank >= 1; rank--)
        {
            least = Math.Min(least, pValues[order[rank - 1]] * order.Length / rank);
            rates[order[rank - 1]] = least;
        }

        return rates;
    }
}

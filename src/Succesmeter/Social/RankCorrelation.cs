namespace Succesmeter.Social;

/// <summary>Spearman's correlation, and what is left of it once other quantities are known.</summary>
public static class RankCorrelation
{
    /// <summary>Not-a-number where one side does not vary.</summary>
    public static double Of(ReadOnlySpan<double> first, ReadOnlySpan<double> second) => Pearson(Ranks(first), Ranks(second));

    /// <summary>Spearman's partial correlation: of the ranks, after a straight line in the ranks of <paramref name="known"/> is taken out of both.</summary>
    public static double Partial(double[] first, double[] second, IReadOnlyList<double[]> known)
    {
        // Gram and Schmidt: each known quantity is first freed of those before it, so that the lines can be taken out one after the other.
        var axes = new List<double[]>();
        foreach (var quantity in known)
            axes.Add(Freed(Ranks(quantity), axes));

        return Pearson(Freed(Ranks(first), axes), Freed(Ranks(second), axes));
    }

    /// <summary>From 1; equal values share the mean of their ranks.</summary>
    public static double[] Ranks(ReadOnlySpan<double> values)
    {
        var sorted = values.ToArray();
        var order = new int[sorted.Length];
        for (var at = 0; at < order.Length; at++)
            order[at] = at;

        Array.Sort(sorted, order);
        var ranks = new double[sorted.Length];
        for (var first = 0; first < sorted.Length;)
        {
            var end = first + 1;
            while (end < sorted.Length && sorted[end] == sorted[first])
                end++;

            for (var at = first; at < end; at++)
                ranks[order[at]] = (first + 1 + end) / 2.0;

            first = end;
        }

        return ranks;
    }

    private static double[] Freed(double[] values, IEnumerable<double[]> axes)
    {
        var freed = Centred(values);
        foreach (var axis in axes)
        {
            var length = Dot(axis, axis);
            var share = length > 0 ? Dot(freed, axis) / length : 0;
            for (var at = 0; at < freed.Length; at++)
                freed[at] -= share * axis[at];
        }

        return freed;
    }

    private static double Pearson(double[] first, double[] second)
    {
        var (a, b) = (Centred(first), Centred(second));
        return Dot(a, b) / Math.Sqrt(Dot(a, a) * Dot(b, b));
    }

    private static double[] Centred(double[] values)
    {
        var mean = values.Average();
        return [.. values.Select(value => value - mean)];
    }

    private static double Dot(double[] first, double[] second)
    {
        var sum = 0.0;
        for (var at = 0; at < first.Length; at++)
            sum += first[at] * second[at];

        return sum;
    }
}

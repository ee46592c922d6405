namespace Succesmeter.Networks;

/// <summary>How alike two partitions are beyond chance: 1 = the same, 0 = as unrelated ones (Hubert and Arabie 1985, Journal of Classification 2:193, formula 5).</summary>
public static class AdjustedRand
{
    /// <param name="one">Labels; items that are negative in either are left out.</param>
    /// <param name="other">Of the same items.</param>
    /// <returns>1 also where both put all in one group, or each item alone, since they then agree.</returns>
    public static double Of(ReadOnlySpan<int> one, ReadOnlySpan<int> other)
    {
        var (a, groups) = Labels.Dense(one);
        var (b, others) = Labels.Dense(other);
        for (var i = 0; i < a.Length; i++)
            if (b[i] < 0)
                a[i] = -1;

        var members = new Grouping(a, groups);
        var inOther = new long[others];
        var together = new int[others];
        double both = 0, first = 0, second = 0;
        long n = 0;
        for (var group = 0; group < groups; group++)
        {
            var items = members[group];
            n += items.Length;
            first += Pairs(items.Length);
            foreach (var item in items)
            {
                together[b[item]]++;
                inOther[b[item]]++;
            }

            foreach (var item in items)
            {
                both += Pairs(together[b[item]]);
                together[b[item]] = 0;
            }
        }

        foreach (var count in inOther)
            second += Pairs(count);

        var expected = n < 2 ? 0 : first * second / Pairs(n);
        var most = (first + second) / 2;
        return most - expected <= 0 ? 1 : (both - expected) / (most - expected);
    }

    private static double Pairs(long n) => n * (n - 1.0) / 2;
}

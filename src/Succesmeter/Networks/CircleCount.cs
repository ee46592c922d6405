namespace Succesmeter.Networks;

/// <param name="Pairs">Pairs of the campaign's donors who both gave to one same other campaign, each pair once.</param>
/// <param name="Sharing">Donors in such a pair.</param>
/// <param name="Spread">U = 1 − Σ n_g(n_g−1)/[n(n−1)]: the chance that the prior gifts of two donors, one random gift each, are to different groups.</param>
internal readonly record struct CircleFigures(long Pairs, int Sharing, double? Spread);

/// <summary>Counts in one graph, observed or drawn, what the donors 0 to n − 1 share.</summary>
internal sealed class CircleCount
{
    private readonly int donors;
    private readonly IReadOnlyList<int> groups;
    private readonly int groupCount;
    private readonly ulong[] together;
    private readonly int words;
    private readonly ulong[] mask;
    private readonly List<int> here = [];
    private readonly int[] gifts;

    public CircleCount(int donors, IReadOnlyList<int> groups)
    {
        this.donors = donors;
        this.groups = groups;
        groupCount = groups.Count == 0 ? 0 : Math.Max(0, groups.Max() + 1);
        words = (donors + 63) / 64;
        together = new ulong[donors * words];
        mask = new ulong[words];
        gifts = new int[donors];
    }

    public CircleFigures Of(Curveball graph)
    {
        Array.Clear(together);
        Array.Clear(gifts);
        var inGroup = new Dictionary<(int Donor, int Group), int>();
        for (var campaign = 0; campaign < groups.Count; campaign++)
        {
            here.Clear();
            foreach (var donor in graph.DonorsOf(campaign))
                if (donor < donors)
                    here.Add(donor);

            // A pair is two bits, one in the row of each; a donor is in the own row too.
            Array.Clear(mask);
            foreach (var donor in here)
                mask[donor >> 6] |= 1UL << (donor & 63);
            foreach (var donor in here)
                for (var word = 0; word < words; word++)
                    together[(donor * words) + word] |= mask[word];

            if (groups[campaign] < 0)
                continue;
            foreach (var donor in here)
            {
                gifts[donor]++;
                inGroup[(donor, groups[campaign])] = inGroup.GetValueOrDefault((donor, groups[campaign])) + 1;
            }
        }

        var (pairs, sharing) = (0L, 0);
        for (var donor = 0; donor < donors; donor++)
        {
            var others = -1L;
            for (var word = 0; word < words; word++)
                others += System.Numerics.BitOperations.PopCount(together[(donor * words) + word]);
            pairs += Math.Max(0, others);
            sharing += others > 0 ? 1 : 0;
        }

        return new CircleFigures(pairs / 2, sharing, Spread(inGroup));
    }

    /// <remarks>
    /// The mean over all choices of one gift a donor, without choosing: with p_ig the share of donor i's gifts in group g, E Σ n_g(n_g−1) = Σ_g [(Σ_i p_ig)² − Σ_i p_ig²].
    /// </remarks>
    private double? Spread(Dictionary<(int Donor, int Group), int> inGroup)
    {
        var sums = new double[groupCount];
        var squares = new double[groupCount];
        foreach (var ((donor, group), count) in inGroup)
        {
            var share = (double)count / gifts[donor];
            sums[group] += share;
            squares[group] += share * share;
        }

        double n = gifts.Count(static count => count > 0), same = 0;
        for (var group = 0; group < groupCount; group++)
            same += (sums[group] * sums[group]) - squares[group];

        return n < 2 ? null : 1 - (same / (n * (n - 1)));
    }
}

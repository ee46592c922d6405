namespace Succesmeter.Networks;

/// <summary>
/// What speaks for one donor's next gift going to each of some campaigns, from gifts before an instant alone: popularity, common neighbours (ways
/// donor–campaign–donor–campaign) and Adamic and Adar's index (2003, Social Networks 25:211), the same ways each weighing 1/ln of its middle donor's campaigns.
/// </summary>
internal sealed class LinkFeatures(DonorGraph graph)
{
    public const int Popularity = 0;
    public const int RecentPopularity = 1;
    public const int CommonNeighbours = 2;
    public const int AdamicAdar = 3;
    public const int Count = 4;

    public const int RecentDays = 14;

    private readonly double[] ways = new double[graph.CampaignCount];
    private readonly double[] weighed = new double[graph.CampaignCount];
    private readonly List<int> reached = [];

    /// <param name="asOf">Minutes since 2000; only gifts before count.</param>
    /// <param name="candidates">Campaigns.</param>
    /// <param name="features">Four a candidate, each log(1 + …).</param>
    public void Of(int donor, int asOf, ReadOnlySpan<int> candidates, Span<double> features)
    {
        Walk(donor, asOf);
        for (var i = 0; i < candidates.Length; i++)
        {
            var own = features.Slice(i * Count, Count);
            var all = graph.DonorsBefore(candidates[i], asOf);
            own[Popularity] = Math.Log(1 + all);
            own[RecentPopularity] = Math.Log(1 + all - graph.DonorsBefore(candidates[i], asOf - (RecentDays * 24 * 60)));
            own[CommonNeighbours] = Math.Log(1 + ways[candidates[i]]);
            own[AdamicAdar] = Math.Log(1 + weighed[candidates[i]]);
        }

        foreach (var campaign in reached)
            ways[campaign] = weighed[campaign] = 0;
        reached.Clear();
    }

    private void Walk(int donor, int asOf)
    {
        var given = graph.CampaignsOf(donor);
        var givenAt = graph.FirstMinutesOf(donor);
        for (var i = 0; i < given.Length; i++)
        {
            if (givenAt[i] >= asOf)
                continue;

            foreach (var middle in graph.DonorsOf(given[i]))
            {
                var campaigns = graph.CampaignsOf(middle);
                var firsts = graph.FirstMinutesOf(middle);
                var known = 0;
                foreach (var first in firsts)
                    known += first < asOf ? 1 : 0;
                if (middle == donor || known < 2 || firsts[campaigns.BinarySearch(given[i])] >= asOf)
                    continue;

                for (var j = 0; j < campaigns.Length; j++)
                {
                    if (firsts[j] >= asOf || campaigns[j] == given[i])
                        continue;
                    if (ways[campaigns[j]]++ == 0)
                        reached.Add(campaigns[j]);
                    weighed[campaigns[j]] += 1 / Math.Log(known);
                }
            }
        }
    }
}

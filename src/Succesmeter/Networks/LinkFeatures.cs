namespace Succesmeter.Networks;

/// <summary>
/// What speaks for one donor's next gift going to each of some campaigns, from gifts before an instant alone: popularity, common neighbours (ways
/// donor–campaign–donor–campaign), Adamic and Adar's index (2003, Social Networks 25:211), the same ways each weighing 1/ln of its middle donor's campaigns,
/// and how much more often than elsewhere the campaign's donors are of the donor's community.
/// </summary>
/// <param name="graph">Of the platform.</param>
/// <param name="partition">Found in gifts before every instant that is asked for; null = communities say nothing.</param>
internal sealed class LinkFeatures(DonorGraph graph, Partition? partition)
{
    public const int Popularity = 0;
    public const int RecentPopularity = 1;
    public const int CommonNeighbours = 2;
    public const int AdamicAdar = 3;
    public const int Community = 4;
    public const int Count = 5;

    public const int RecentDays = 14;

    /// <summary>So many donors of the usual mixture are added to a campaign's own, lest the first one decide.</summary>
    private const double Prior = 2;

    private readonly double[] usual = Usual(graph, partition);

    private readonly double[] ways = new double[graph.CampaignCount];
    private readonly double[] weighed = new double[graph.CampaignCount];
    private readonly List<int> reached = [];

    /// <param name="asOf">Minutes since 2000; only gifts before count.</param>
    /// <param name="candidates">Campaigns.</param>
    /// <param name="features">Five a candidate: four log(1 + …), and the logarithm of a ratio of shares.</param>
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
            own[Community] = Affinity(donor, candidates[i], asOf);
        }

        foreach (var campaign in reached)
            ways[campaign] = weighed[campaign] = 0;
        reached.Clear();
    }

    /// <summary>ln of the share of the donor's community among a campaign's donors over its share among all; 0 where it is not known.</summary>
    private double Affinity(int donor, int campaign, int asOf)
    {
        if (partition is null || partition.Labels[donor] is var own && own < 0)
            return 0;

        var (same, known) = (0, 0);
        var givers = graph.DonorsOf(campaign);
        for (var i = 0; i < givers.Length; i++)
        {
            var label = partition.Labels[givers[i]];
            if (label < 0 || givers[i] == donor || graph.FirstMinutes[graph.CampaignEdges[graph.CampaignStarts[campaign] + i]] >= asOf)
                continue;
            known++;
            same += label == own ? 1 : 0;
        }

        return Math.Log((same + (Prior * usual[own])) / ((known + Prior) * usual[own]));
    }

    private static double[] Usual(DonorGraph graph, Partition? partition)
    {
        var shares = new double[partition?.Count ?? 0];
        var all = 0;
        for (var donor = 0; donor < graph.DonorCount && partition is not null; donor++)
            if (partition.Labels[donor] is var label && label >= 0)
            {
                shares[label]++;
                all++;
            }

        for (var label = 0; label < shares.Length; label++)
            shares[label] /= all;
        return shares;
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

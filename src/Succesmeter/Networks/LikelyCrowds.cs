namespace Succesmeter.Networks;

/// <summary>A campaign whose donors are likely to reach another one.</summary>
/// <param name="Campaign">Whose crowd it is.</param>
/// <param name="Expected">How many of its donors are expected within twelve months, rounded down to five, at least five.</param>
public sealed record LikelyCrowd(int Campaign, int Expected);

/// <summary>The crowds that are likely to reach a campaign: of donors only sums over a crowd are told, by the small-number rules.</summary>
public static class LikelyCrowds
{
    /// <param name="campaign">The one that is reached.</param>
    /// <param name="live">Campaigns that can be given to now, it among them.</param>
    /// <param name="partition">The platform's communities before <paramref name="asOf"/>; null = not known, as when the model was fitted.</param>
    /// <returns>The largest expectation first. A donor of several crowds is counted in each, so they do not add up.</returns>
    public static IReadOnlyList<LikelyCrowd> Of(DonorGraph graph, NextGiftModel model, int campaign, IReadOnlyList<int> live, Partition? partition, DateTimeOffset asOf)
    {
        var place = live.ToList().IndexOf(campaign);
        if (place < 0)
            throw new ArgumentException($"Campaign {campaign} is not among the live ones.", nameof(live));

        return All(graph, model, live, partition, asOf)[place];
    }

    /// <summary>The same for each of the live ones, in one pass over the donors.</summary>
    public static IReadOnlyList<LikelyCrowd>[] All(DonorGraph graph, NextGiftModel model, IReadOnlyList<int> live, Partition? partition, DateTimeOffset asOf)
    {
        var now = DonorGraph.MinuteOf(asOf);
        var links = new LinkFeatures(graph, partition);
        int[] candidates = [.. live];
        var features = new double[candidates.Length * LinkFeatures.Count];
        var (expected, asked) = (new double[live.Count, graph.CampaignCount], new int[live.Count, graph.CampaignCount]);
        Span<double> own = stackalloc double[ReturnFeatures.Names.Count];
        for (var donor = 0; donor < graph.DonorCount; donor++)
        {
            if (!ReturnFeatures.Of(graph, donor, now, own))
                continue;

            links.Of(donor, now, candidates, features);
            var (returns, shares) = (model.Return.Probability(own), Shares(model.Next, features));
            var campaigns = graph.CampaignsOf(donor);
            var firsts = graph.FirstMinutesOf(donor);
            for (var place = 0; place < candidates.Length; place++)
            {
                if (campaigns.BinarySearch(candidates[place]) is var at && at >= 0 && firsts[at] < now)
                    continue;

                for (var i = 0; i < campaigns.Length; i++)
                    if (firsts[i] < now)
                    {
                        expected[place, campaigns[i]] += returns * shares[place];
                        asked[place, campaigns[i]]++;
                    }
            }
        }

        return [.. Enumerable.Range(0, live.Count).Select(place => (IReadOnlyList<LikelyCrowd>)[.. Enumerable.Range(0, graph.CampaignCount)
            .Select(crowd => (crowd, Shown: SmallNumbers.Count((int)expected[place, crowd], asked[place, crowd])))
            .Where(static crowd => crowd.Shown is not null)
            .Select(static crowd => new LikelyCrowd(crowd.crowd, crowd.Shown!.Value)) // not null by the line above
            .OrderByDescending(static crowd => crowd.Expected).ThenBy(static crowd => crowd.Campaign)])];
    }

    /// <summary>Of the conditional logit, relative to the best one so that no exponential overflows.</summary>
    private static double[] Shares(LogisticModel next, ReadOnlySpan<double> features)
    {
        var shares = new double[features.Length / LinkFeatures.Count];
        for (var i = 0; i < shares.Length; i++)
            shares[i] = next.Score(features.Slice(i * LinkFeatures.Count, LinkFeatures.Count));

        var best = shares.Max();
        for (var i = 0; i < shares.Length; i++)
            shares[i] = Math.Exp(shares[i] - best);
        var all = shares.Sum();
        for (var i = 0; i < shares.Length; i++)
            shares[i] /= all;
        return shares;
    }
}

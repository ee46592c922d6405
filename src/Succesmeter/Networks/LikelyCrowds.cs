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

        var now = DonorGraph.MinuteOf(asOf);
        var links = new LinkFeatures(graph, partition);
        int[] candidates = [.. live];
        var features = new double[candidates.Length * LinkFeatures.Count];
        var (expected, asked) = (new double[graph.CampaignCount], new int[graph.CampaignCount]);
        Span<double> own = stackalloc double[ReturnFeatures.Names.Count];
        for (var donor = 0; donor < graph.DonorCount; donor++)
        {
            var at = graph.CampaignsOf(donor).BinarySearch(campaign);
            if ((at >= 0 && graph.FirstMinutesOf(donor)[at] < now) || !ReturnFeatures.Of(graph, donor, now, own))
                continue;

            links.Of(donor, now, candidates, features);
            var probability = model.Return.Probability(own) * Share(model.Next, features, place);
            var campaigns = graph.CampaignsOf(donor);
            for (var i = 0; i < campaigns.Length; i++)
                if (graph.FirstMinutesOf(donor)[i] < now)
                {
                    expected[campaigns[i]] += probability;
                    asked[campaigns[i]]++;
                }
        }

        return [.. Enumerable.Range(0, graph.CampaignCount)
            .Select(crowd => (crowd, Shown: SmallNumbers.Count((int)expected[crowd], asked[crowd])))
            .Where(static crowd => crowd.Shown is not null)
            .Select(static crowd => new LikelyCrowd(crowd.crowd, crowd.Shown!.Value)) // not null by the line above
            .OrderByDescending(static crowd => crowd.Expected).ThenBy(static crowd => crowd.Campaign)];
    }

    /// <summary>Of the conditional logit, relative to the best one so that no exponential overflows.</summary>
    private static double Share(LogisticModel next, ReadOnlySpan<double> features, int place)
    {
        var scores = new double[features.Length / LinkFeatures.Count];
        for (var i = 0; i < scores.Length; i++)
            scores[i] = next.Score(features.Slice(i * LinkFeatures.Count, LinkFeatures.Count));

        var best = scores.Max();
        return Math.Exp(scores[place] - best) / scores.Sum(score => Math.Exp(score - best));
    }
}

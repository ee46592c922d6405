namespace Succesmeter.Networks;

/// <summary>Tells communities, if they can be told: more modular than 99 in 100 random graphs of equal degrees, and the same whatever the seed.</summary>
public static class Communities
{
    /// <summary>Runs whose results are compared with each other.</summary>
    public const int Seeds = 20;

    /// <summary>Mean adjusted Rand index that they must reach.</summary>
    public const double LeastAgreement = 0.8;

    public const string TooFewEdges = "too-few-edges";
    public const string NotAboveNull = "not-above-null";
    public const string SeedsDisagree = "seeds-disagree";

    /// <summary>Under so many donors who link campaigns there is nothing to divide.</summary>
    public const int FewestLinkingDonors = 20;

    /// <summary>Larger graphs are judged by a random sample of campaigns with all their donors: observed and random graphs alike, so the test keeps its level and loses only power.</summary>
    public const int MostEdgesJudged = 500_000;

    public static CommunityFinding Of(DonorGraph graph, ulong seed, int mostDraws = NullModularity.MostDraws, int mostEdges = MostEdgesJudged)
    {
        var linking = 0;
        for (var donor = 0; donor < graph.DonorCount; donor++)
            linking += graph.DegreeOfDonor(donor) >= 2 ? 1 : 0;
        if (linking < FewestLinkingDonors)
            return new CommunityFinding.CannotTell(TooFewEdges, graph.EdgeCount, null, 0, null, null);

        var (judged, sampled) = graph.EdgeCount > mostEdges ? Sample(graph, seed, mostEdges) : (graph, (int?)null);
        var runs = new Partition[Seeds];
        Parallel.For(0, Seeds, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, run => runs[run] = Leiden.Of(judged, Dice.SeedOf(seed, run)));
        var best = runs.MaxBy(static run => run.Modularity)!;

        var agreement = 0.0;
        for (var one = 0; one < Seeds; one++)
            for (var other = 0; other < one; other++)
                agreement += AdjustedRand.Of(runs[one].Labels, runs[other].Labels) / (Seeds * (Seeds - 1) / 2);

        // The seeds cost a hundredth of the null, so they are asked first.
        if (agreement < LeastAgreement)
            return new CommunityFinding.CannotTell(SeedsDisagree, judged.EdgeCount, sampled, best.Modularity, null, agreement);

        // A single run each: the best of twenty would be compared with less thorough ones.
        var expected = NullModularity.Of(judged, Dice.SeedOf(seed, Seeds), mostDraws);
        return runs[0].Modularity > expected.Percentile99
            ? new CommunityFinding.Told(sampled is null ? best : Leiden.Of(graph, seed), judged.EdgeCount, sampled, best.Modularity, expected, agreement)
            : new CommunityFinding.CannotTell(NotAboveNull, judged.EdgeCount, sampled, best.Modularity, expected, agreement);
    }

    private static (DonorGraph Graph, int? Campaigns) Sample(DonorGraph graph, ulong seed, int mostEdges)
    {
        var order = Enumerable.Range(0, graph.CampaignCount).ToArray();
        var dice = new Dice(seed);
        dice.Shuffle(order);
        var kept = new bool[graph.CampaignCount];
        var (edges, campaigns) = (0, 0);
        foreach (var campaign in order)
        {
            // A campaign that alone is too large is passed over.
            if (edges + graph.DegreeOfCampaign(campaign) > mostEdges)
                continue;
            edges += graph.DegreeOfCampaign(campaign);
            kept[campaign] = true;
            campaigns++;
        }

        return (graph.WithCampaigns(kept), campaigns);
    }
}

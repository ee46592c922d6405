using Succesmeter.Networks;

namespace Succesmeter.Tests.Networks;

public sealed class CommunitiesTests
{
    [Fact]
    public void Planted_communities_are_told()
    {
        var (graph, labels) = Some.Planted(donors: 900, campaigns: 60, communities: 5, giftsEach: 4, loyal: 0.85, seed: 3);
        var told = Assert.IsType<CommunityFinding.Told>(Communities.Of(graph, seed: 1, mostDraws: 100));

        Assert.Equal(5, told.Partition.Count);
        Assert.InRange(AdjustedRand.Of(told.Partition.LabelsOfCampaigns(graph), labels.AsSpan(graph.DonorCount)), 0.95, 1);
        Assert.True(told.Modularity > told.Null!.Percentile99 && told.Agreement >= Communities.LeastAgreement && told.SampledCampaigns is null);
    }

    /// <summary>A random platform's modularity looks high too; the null knows.</summary>
    [Fact]
    public void Of_a_random_platform_no_communities_can_be_told()
    {
        var (graph, _) = Some.Planted(donors: 1500, campaigns: 100, communities: 5, giftsEach: 2, loyal: 0, seed: 4);
        var finding = Assert.IsType<CommunityFinding.CannotTell>(Communities.Of(graph, seed: 1, mostDraws: 100));

        Assert.True(finding.Modularity > 0.4);
        Assert.Contains(finding.Reason, new[] { Communities.SeedsDisagree, Communities.NotAboveNull });
    }

    [Fact]
    public void A_random_graph_is_above_its_own_null_one_time_in_a_hundred()
    {
        var above = Enumerable.Range(0, 100).Count(static seed =>
        {
            var (graph, _) = Some.Planted(donors: 150, campaigns: 20, communities: 4, giftsEach: 2, loyal: 0, seed);
            return Leiden.Of(graph, (ulong)seed).Modularity > NullModularity.Of(graph, (ulong)seed + 1000, 50).Percentile99;
        });

        // Binomial(100, .01): more than five in 0.05 % of such hundreds.
        Assert.InRange(above, 0, 5);
    }

    [Fact]
    public void A_large_graph_is_judged_by_a_sample_of_its_campaigns_and_says_so()
    {
        var (graph, _) = Some.Planted(donors: 3000, campaigns: 60, communities: 5, giftsEach: 5, loyal: 0.9, seed: 3);
        var told = Assert.IsType<CommunityFinding.Told>(Communities.Of(graph, seed: 1, mostDraws: 50, mostEdges: 8000));

        Assert.InRange(told.SampledCampaigns!.Value, 20, 59);
        Assert.InRange(told.Edges, 6000, 8000);
        Assert.Equal(graph.VertexCount, told.Partition.Labels.Length);
    }

    [Fact]
    public void Few_draws_predict_the_percentile_and_many_count_it()
    {
        // t(.99; 19) = 2.539 (tables): the mean of 1 … 20 is 10.5, their standard deviation 5.916.
        var few = NullModularity.Of([.. Enumerable.Range(1, 20).Select(static i => (double)i)]);
        Assert.Equal(10.5 + (2.539 * 5.916 * Math.Sqrt(1.05)), few.Percentile99, 1);
        Assert.True(few.IsPredicted);

        var many = NullModularity.Of([.. Enumerable.Range(1, 1000).Select(static i => (double)i)]);
        Assert.Equal((990.0, false), (many.Percentile99, many.IsPredicted));
    }

    [Fact]
    public void Nothing_and_stars_are_too_few_to_tell()
    {
        Assert.IsType<CommunityFinding.CannotTell>(Communities.Of(Some.Graph(), 1));
        Assert.IsType<CommunityFinding.CannotTell>(Communities.Of(Some.Graph([.. Enumerable.Repeat<int[]>([0], 10_000)]), 1));
        Assert.IsType<CommunityFinding.CannotTell>(Communities.Of(Some.Graph([.. Enumerable.Range(0, 100).Select(static i => new[] { i })]), 1));
    }

    /// <summary>Two campaigns that everybody gave to: no draw differs, so nothing is above the null.</summary>
    [Fact]
    public void Where_degrees_leave_no_choice_nothing_is_told() =>
        Assert.IsType<CommunityFinding.CannotTell>(Communities.Of(Some.Graph([.. Enumerable.Repeat<int[]>([0, 1], 40)]), 1, mostDraws: 50));

    /// <summary>.41417801657711667 by igraph.compare_communities(…, method='adjusted_rand').</summary>
    [Fact]
    public void The_adjusted_rand_index_is_that_of_igraph() =>
        Assert.Equal(
            0.41417801657711667,
            AdjustedRand.Of(
                [1, 0, 2, 0, 3, 3, 3, 3, 1, 0, 3, 0, 3, 3, 0, 3, 2, 1, 0, 2, 0, 0, 0, 0, 3, 1, 3, 0, 1, 3],
                [1, 0, 2, 1, 3, 3, 2, 3, 2, 0, 3, 1, 3, 3, 0, 3, 2, 1, 1, 2, 0, 0, 0, 0, 0, 1, 2, 2, 1, 3]),
            12);

    [Fact]
    public void Agreement_knows_neither_names_nor_sides() =>
        Gen.Select(Gen.Int[0, 5].Array[40], Gen.Int[-1, 5].Array[40]).Sample((one, other) =>
            Math.Abs(AdjustedRand.Of(one, other) - AdjustedRand.Of(other, one)) < 1e-12
            && Math.Abs(AdjustedRand.Of(one, [.. one.Select(static label => 9 - label)]) - 1) < 1e-12
            && AdjustedRand.Of(one, other) <= 1);
}

using Succesmeter.Networks;

namespace Succesmeter.Tests.Networks;

public sealed class LeidenTests
{
    /// <summary>Zachary's karate club (1977), 78 edges, as igraph numbers them.</summary>
    private const string Karate =
        "0 1,0 2,0 3,0 4,0 5,0 6,0 7,0 8,0 10,0 11,0 12,0 13,0 17,0 19,0 21,0 31,1 2,1 3,1 7,1 13,1 17,1 19,1 21,1 30,2 3,2 7,2 27,2 28,2 32,2 9,2 8,2 13,3 7,3 12,3 13,4 6,4 10,5 6,5 10,5 16,6 16,"
        + "8 30,8 32,8 33,9 33,13 33,14 32,14 33,15 32,15 33,18 32,18 33,19 33,20 32,20 33,22 32,22 33,23 25,23 27,23 32,23 33,23 29,24 25,24 27,24 31,25 31,26 29,26 33,27 33,28 31,28 33,29 32,29 33,"
        + "30 32,30 33,31 32,31 33,32 33";

    /// <summary>.4198 is the greatest there is (Brandes et al. 2008; igraph's community_optimal_modularity says .41979).</summary>
    [Fact]
    public void The_karate_club_falls_into_four_parts_of_modularity_4198()
    {
        (int, int)[] edges = [.. Karate.Split(',').Select(static edge => edge.Split(' ')).Select(static ends => (int.Parse(ends[0]), int.Parse(ends[1])))];
        var graph = Plain(34, edges);

        var best = Enumerable.Range(1, 20).Select(seed => Leiden.Of(graph, edges.Length, (ulong)seed, iterations: 10)).MaxBy(labels => PlainModularity(34, edges, labels))!;

        Assert.Equal(78, edges.Length);
        Assert.Equal(0.41979, PlainModularity(34, edges, best), 5);
        Assert.Equal(4, best.Distinct().Count());
    }

    [Fact]
    public void The_southern_women_reach_the_optimum_that_igraph_proves()
    {
        var best = Enumerable.Range(1, 20).Select(static seed => Leiden.Of(Some.Davis, (ulong)seed, iterations: 10)).MaxBy(static found => found.Modularity)!;

        Assert.Equal(0.336006, best.Modularity, 6);
        Assert.Equal(1, AdjustedRand.Of(best.Labels, Some.DavisLabels), 12);
    }

    /// <summary>Barber's from participation.py, which prints it beside.</summary>
    [Fact]
    public void Both_modularities_of_the_southern_women_are_those_of_igraph_and_numpy()
    {
        Assert.Equal(0.33600555, Modularity.Of(Some.Davis, Some.DavisLabels, 3), 8);
        Assert.Equal(0.3387198586037116, Modularity.Barber(Some.Davis, Some.DavisLabels, 3), 8);
    }

    [Fact]
    public void One_seed_gives_one_partition() =>
        Gen.Select(Some.Any, Gen.Int[0, 1000]).Sample((graph, seed) => Leiden.Of(graph, (ulong)seed).Labels.SequenceEqual(Leiden.Of(graph, (ulong)seed).Labels), iter: 200);

    [Fact]
    public void A_planted_partition_is_found()
    {
        var (graph, labels) = Some.Planted(donors: 2000, campaigns: 60, communities: 6, giftsEach: 4, loyal: 0.85, seed: 1);
        var found = Leiden.Of(graph, 1);

        Assert.Equal(6, found.Count);
        Assert.InRange(AdjustedRand.Of(found.Labels[graph.DonorCount..], labels.AsSpan(graph.DonorCount)), 0.99, 1);
        Assert.True(found.Modularity >= Modularity.Of(graph, labels, 6));
    }

    /// <summary>What Leiden promises and Louvain does not (Traag, Waltman and van Eck 2019).</summary>
    [Fact]
    public void Every_community_hangs_together() =>
        Gen.Select(Some.Any, Gen.Int[0, 1000]).Sample((graph, seed) => HangsTogether(graph, Leiden.Of(graph, (ulong)seed).Labels.ToArray()), iter: 500);

    [Fact]
    public void Every_vertex_with_an_edge_is_in_one_community_and_no_single_move_is_better() =>
        Gen.Select(Some.Any, Gen.Int[0, 1000]).Sample(
            (graph, seed) =>
            {
                var found = Leiden.Of(graph, (ulong)seed, iterations: 20);
                var labels = found.Labels.ToArray();
                for (var vertex = 0; vertex < labels.Length; vertex++)
                {
                    var degree = vertex < graph.DonorCount ? graph.DegreeOfDonor(vertex) : graph.DegreeOfCampaign(vertex - graph.DonorCount);
                    if (degree == 0 != labels[vertex] < 0)
                        return false;
                    for (var other = 0; other <= found.Count && degree > 0; other++)
                    {
                        int[] moved = [.. labels];
                        moved[vertex] = other;
                        if (Modularity.Of(graph, moved, found.Count + 1) > found.Modularity + 1e-9)
                            return false;
                    }
                }

                return double.IsFinite(found.Modularity) && double.IsFinite(found.BarberModularity);
            },
            iter: 100);

    [Fact]
    public void Nothing_one_star_and_isolated_pairs_are_partitions_too()
    {
        Assert.Equal((0, 0.0), Found(Some.Graph()));
        Assert.Equal((0, 0.0), Found(Some.Graph([], [])));
        Assert.Equal((1, 0.0), Found(Some.Graph([.. Enumerable.Repeat<int[]>([0], 100_000)])));
        Assert.Equal((1, 0.0), Found(Some.Graph([[.. Enumerable.Range(0, 100_000)]])));

        // Ten pairs: 1 − 10·(1/10)².
        var (count, modularity) = Found(Some.Graph([.. Enumerable.Range(0, 10).Select(static i => new[] { i })]));
        Assert.Equal((10, 0.9), (count, Math.Round(modularity, 12)));

        static (int, double) Found(DonorGraph graph)
        {
            var found = Leiden.Of(graph, 1);
            return (found.Count, found.Modularity);
        }
    }

    private static bool HangsTogether(DonorGraph graph, int[] labels)
    {
        var joined = new UnionFind(graph.VertexCount);
        for (var donor = 0; donor < graph.DonorCount; donor++)
            foreach (var campaign in graph.CampaignsOf(donor))
                if (labels[donor] == labels[graph.DonorCount + campaign])
                    joined.Join(donor, graph.DonorCount + campaign);

        return Enumerable.Range(0, labels.Length).Where(vertex => labels[vertex] >= 0).GroupBy(vertex => labels[vertex]).All(community => joined.SizeOf(community.First()) == community.Count());
    }

    private static VertexGraph Plain(int vertices, (int, int)[] edges)
    {
        var neighbours = Enumerable.Range(0, vertices).Select(_ => new List<int>()).ToArray();
        foreach (var (one, other) in edges)
        {
            neighbours[one].Add(other);
            neighbours[other].Add(one);
        }

        int[] starts = [0, .. neighbours.Select((_, i) => neighbours.Take(i + 1).Sum(static list => list.Count))];
        return new VertexGraph(starts, [.. neighbours.SelectMany(static list => list)], [.. Enumerable.Repeat(1, 2 * edges.Length)], [.. neighbours.Select(static list => list.Count)]);
    }

    private static double PlainModularity(int vertices, (int One, int Other)[] edges, int[] labels)
    {
        var strength = new double[vertices];
        foreach (var (one, other) in edges)
        {
            strength[labels[one]]++;
            strength[labels[other]]++;
        }

        double m = edges.Length;
        return edges.Count(edge => labels[edge.One] == labels[edge.Other]) / m - strength.Sum(k => k / (2 * m) * (k / (2 * m)));
    }
}

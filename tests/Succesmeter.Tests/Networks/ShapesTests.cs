using System.Globalization;
using Succesmeter.Networks;

namespace Succesmeter.Tests.Networks;

/// <summary>Clustering, participation, connected parts, percolation, and what becomes of communities.</summary>
public sealed class ShapesTests
{
    /// <summary>networkx: bipartite.robins_alexander_clustering(davis_southern_women_graph()) = .46776406.</summary>
    [Fact]
    public void The_southern_women_cluster_as_networkx_says() => Assert.Equal(0.46776406035665297, RobinsAlexander.Of(Some.Davis)!.Value, 12);

    [Fact]
    public void A_circle_of_four_is_wholly_clustered_and_a_path_not_at_all()
    {
        Assert.Equal(1, RobinsAlexander.Of(Some.Graph([0, 1], [0, 1])));
        Assert.Equal(0, RobinsAlexander.Of(Some.Graph([0, 1], [1, 2])));
        Assert.Null(RobinsAlexander.Of(Some.Graph([0], [0], [0])));
        Assert.Null(RobinsAlexander.Of(Some.Graph()));
    }

    [Fact]
    public void Circles_of_four_are_pairs_of_donors_by_pairs_of_shared_campaigns() =>
        Some.Any.Sample(
            graph =>
            {
                long circles = 0;
                for (var one = 0; one < graph.DonorCount; one++)
                    for (var other = 0; other < one; other++)
                    {
                        var shared = graph.CampaignsOf(one).ToArray().Intersect(graph.CampaignsOf(other).ToArray()).Count();
                        circles += shared * (shared - 1) / 2;
                    }

                return RobinsAlexander.CirclesOfFour(graph) == circles;
            },
            iter: 300);

    /// <summary>davis.participation.txt is what participation.py prints.</summary>
    [Fact]
    public void Participation_is_that_of_numpy()
    {
        double[] expected = [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Networks", "davis.participation.txt")).Select(static line => double.Parse(line, CultureInfo.InvariantCulture))];
        var found = Participation.Of(Some.Davis, Some.DavisLabels);

        Assert.Equal(expected.Length, found.Length);
        for (var vertex = 0; vertex < found.Length; vertex++)
            Assert.Equal(expected[vertex], found[vertex], 12);
    }

    [Fact]
    public void Participation_lies_between_nothing_and_an_even_spread() =>
        Some.Any.Sample(graph => Participation.Of(graph, Leiden.Of(graph, 1).Labels).All(static p => double.IsNaN(p) || p is >= 0 and < 1), iter: 200);

    [Fact]
    public void The_swarm_is_watched_growing_together()
    {
        // Day 1: donor 0 to campaign 0; day 2: donor 1 to campaign 1; day 3: donor 0 joins both; day 4: another pair.
        var graph = Some.Timed(3, 3, (0, 0, 1), (1, 1, 2), (0, 1, 3), (2, 2, 4));
        var parts = ConnectedParts.Over(graph, [.. Enumerable.Range(0, 6).Select(static day => Some.Start.AddDays(day + 0.5))]);

        Assert.Equal([0, 2, 2, 4, 4, 4], parts.Select(static part => part.Largest));
        Assert.Equal([0, 1, 2, 1, 2, 2], parts.Select(static part => part.Parts));
        Assert.Equal((3, 3, 4), (parts[^1].Donors, parts[^1].Campaigns, parts[^1].Edges));
        Assert.Equal(4 / 6.0, parts[^1].LargestShare, 12);
        Assert.Equal(0, parts[0].LargestShare);
    }

    [Fact]
    public void The_largest_part_never_shrinks_over_time() =>
        Some.Any.Sample(graph =>
        {
            var parts = ConnectedParts.Over(graph, [.. Enumerable.Range(0, 45).Select(static day => Some.Start.AddDays(day))]);
            return parts.Zip(parts.Skip(1)).All(static pair => pair.First.Largest <= pair.Second.Largest) && parts[^1].Edges == graph.EdgeCount;
        }, iter: 200);

    [Fact]
    public void Of_isolated_pairs_nothing_percolates_and_of_a_dense_town_nearly_all()
    {
        var pairs = Percolation.Of(Some.Graph([.. Enumerable.Range(0, 50).Select(static i => new[] { i })]), 1);
        Assert.Equal((0.0, null), (pairs.Branching, pairs.CriticalShare));
        Assert.Equal(2 / 100.0, pairs.Curve[^1].Largest, 12);

        // Degrees 4 and 40: (4−1)·(40−1) = 117 donors two steps on, so a ninth of the edges is enough.
        var dense = Percolation.Of(Regular(donors: 1000, campaigns: 100, each: 4), 1);
        Assert.Equal(117, dense.Branching!.Value, 9);
        Assert.Equal(1 / Math.Sqrt(117), dense.CriticalShare!.Value, 9);
        Assert.Equal(1, dense.Curve[^1].Largest, 2);
        Assert.True(dense.Curve[0].Largest < 0.1, "under the threshold there is no giant part");
        Assert.True(dense.Curve[9].Largest > 0.6);
    }

    [Fact]
    public void Nothing_percolates_in_nothing() => Assert.Empty(Percolation.Of(Some.Graph(), 1).Curve);

    [Fact]
    public void Communities_go_on_are_born_merge_split_and_go()
    {
        // Thirty each: 0 goes on, 1 and 2 merge, 3 splits, 4 goes; 5 is born of vertices that were not there.
        int[] before = [.. Of(0), .. Of(1), .. Of(2), .. Enumerable.Repeat(3, 60), .. Of(4), .. Of(-1)];
        int[] after = [.. Of(0), .. Of(1), .. Of(1), .. Of(2), .. Of(3), .. Of(-1), .. Of(4)];
        var changes = CommunityChanges.Between(before, after);

        Assert.Equal([(0, 0)], changes.Continued);
        var merged = Assert.Single(changes.Merged);
        Assert.Equal([1, 2], merged.Before);
        Assert.Equal(1, merged.After);
        var split = Assert.Single(changes.Split);
        Assert.Equal(3, split.Before);
        Assert.Equal([2, 3], split.After);
        Assert.Equal([4], changes.Born);
        Assert.Equal([4], changes.Gone);

        static IEnumerable<int> Of(int label) => Enumerable.Repeat(label, 30);
    }

    [Fact]
    public void Communities_under_twenty_are_not_spoken_of() =>
        Assert.Empty(CommunityChanges.Between([.. Enumerable.Repeat(0, 19)], [.. Enumerable.Repeat(-1, 19)]).Gone);

    private static DonorGraph Regular(int donors, int campaigns, int each)
    {
        // Dealt like cards, again for a donor who would get one twice: a random graph of equal degrees.
        var random = new Random(7);
        int[] deck = [.. Enumerable.Range(0, donors * each).Select(i => i % campaigns)];
        random.Shuffle(deck);
        for (var donor = 0; donor < donors; donor++)
            for (var i = donor * each; i < (donor + 1) * each; i++)
                while (deck.AsSpan((donor * each)..i).Contains(deck[i]))
                {
                    var other = random.Next(deck.Length);
                    var (own, home) = (deck[i], other / each);
                    if (deck.AsSpan((home * each)..((home + 1) * each)).Contains(own) || deck.AsSpan((donor * each)..((donor + 1) * each)).Contains(deck[other]))
                        continue;
                    (deck[i], deck[other]) = (deck[other], own);
                }

        return Some.Graph([.. deck.Chunk(each)]);
    }
}

using Succesmeter.Networks;

namespace Succesmeter.Tests.Networks;

public sealed class CurveballTests
{
    [Fact]
    public void Every_donor_and_every_campaign_keep_their_number_of_edges() =>
        Gen.Select(Some.Any, Gen.Int[0, 1000], Gen.Int[0, 20]).Sample(
            (graph, seed, rounds) =>
            {
                var drawn = Drawn(graph, seed, rounds);
                return Enumerable.Range(0, graph.DonorCount).All(donor =>
                        drawn.DegreeOfDonor(donor) == graph.DegreeOfDonor(donor) && drawn.CampaignsOf(donor).ToArray().Distinct().Count() == graph.DegreeOfDonor(donor))
                    && Enumerable.Range(0, graph.CampaignCount).All(campaign => drawn.DegreeOfCampaign(campaign) == graph.DegreeOfCampaign(campaign));
            },
            iter: 300);

    /// <summary>Four donors with 2, 1, 2, 1 edges and three campaigns with 2 each: all such graphs are enumerated and drawn; χ² under its 99.9th percentile.</summary>
    [Fact]
    public void Every_graph_of_these_degrees_is_drawn_as_often()
    {
        var graph = Some.Graph([0, 1], [0], [1, 2], [2]);
        var all = Enumerable.Range(0, 1 << 12)
            .Where(bits => Enumerable.Range(0, 4).All(donor => Ones(bits >> (3 * donor) & 7) == graph.DegreeOfDonor(donor)))
            .Where(bits => Enumerable.Range(0, 3).All(campaign => Ones(bits >> campaign & 0b001001001001) == 2))
            .ToList();
        var random = new Curveball(graph.CampaignStarts, graph.CampaignDonors.AsSpan().ToArray(), graph.DonorCount, seed: 5);
        var counts = new Dictionary<int, int>();
        const int draws = 60_000;
        random.Trade(random.Mixing);
        for (var draw = 0; draw < draws; draw++)
        {
            random.Trade(random.Between);
            var bits = 0;
            for (var campaign = 0; campaign < 3; campaign++)
                foreach (var donor in random.DonorsOf(campaign))
                    bits |= 1 << ((3 * donor) + campaign);
            counts[bits] = counts.GetValueOrDefault(bits) + 1;
        }

        Assert.Equal(all.Order(), counts.Keys.Order());
        var expected = (double)draws / all.Count;
        var chiSquare = counts.Values.Sum(count => (count - expected) * (count - expected) / expected);

        // Wilson and Hilferty's quantile at 99.9 %.
        var freedom = all.Count - 1.0;
        Assert.InRange(chiSquare, 0, freedom * Math.Pow(1 - (2 / (9 * freedom)) + (3.09 * Math.Sqrt(2 / (9 * freedom))), 3));

        static int Ones(int bits) => System.Numerics.BitOperations.PopCount((uint)bits);
    }

    [Fact]
    public void One_seed_gives_one_graph() =>
        Some.Any.Sample(graph => Drawn(graph, 3, 5).DonorCampaigns.SequenceEqual(Drawn(graph, 3, 5).DonorCampaigns), iter: 100);

    private static DonorGraph Drawn(DonorGraph graph, int seed, int rounds)
    {
        var random = new Curveball(graph.CampaignStarts, graph.CampaignDonors.AsSpan().ToArray(), graph.DonorCount, (ulong)seed);
        random.Trade(rounds);
        return random.Graph(graph);
    }
}

using System.Runtime.InteropServices;
using Succesmeter.Networks;

namespace Succesmeter.Benchmarks;

/// <summary>A made platform: planted communities of campaigns, power-law donors, log-normal campaigns.</summary>
internal static class PlantedGraph
{
    /// <summary>P(donor gives k times) ∝ k^−α from 1: about one donor in five gives more than once.</summary>
    private const double DonorExponent = 2.4;

    /// <summary>σ of the logarithm of a campaign's popularity: the largest is some twenty times the median.</summary>
    private const double CampaignSpread = 1.0;

    private const int MostGifts = 2_000;

    /// <summary>Three years, over which gifts are spread evenly.</summary>
    private const int MostMinutes = 3 * 365 * 24 * 60;

    /// <summary>The platform on which sizes are compared: 50 communities, 200 from ten million edges on.</summary>
    public static DonorGraph Of(int edges) => Of(edges, giftsPerCampaign: 135, edges < 10_000_000 ? 50 : 200, loyalShare: 0.7, seed: 1);

    /// <summary>The connected parts once every gift is in.</summary>
    public static ConnectedPart PartsOf(DonorGraph graph) => ConnectedParts.Over(graph, [DonorGraph.InstantOf(MostMinutes)])[0];

    /// <summary>Pairs of 32-bit numbers, campaigns counted on after the donors: how peers are given a graph.</summary>
    public static void Write(DonorGraph graph, string path)
    {
        var ends = new int[2 * graph.EdgeCount];
        var at = 0;
        for (var donor = 0; donor < graph.DonorCount; donor++)
            foreach (var campaign in graph.CampaignsOf(donor))
            {
                ends[at++] = donor;
                ends[at++] = graph.DonorCount + campaign;
            }

        using var file = File.Create(path);
        file.Write(MemoryMarshal.AsBytes<int>(ends));
    }

    /// <param name="edges">Pairs of donor and campaign.</param>
    /// <param name="giftsPerCampaign">On average.</param>
    /// <param name="communities">Of equal numbers of campaigns.</param>
    /// <param name="loyalShare">Of a donor's gifts go to campaigns of the donor's own community; 0 = nothing is planted.</param>
    /// <param name="seed">One seed, one graph.</param>
    public static DonorGraph Of(int edges, int giftsPerCampaign, int communities, double loyalShare, int seed)
    {
        var random = new Random(seed);
        var campaigns = Math.Max(communities, edges / giftsPerCampaign);
        var popularity = new double[campaigns];
        for (var c = 0; c < campaigns; c++)
            popularity[c] = Math.Exp(CampaignSpread * Normal(random));

        var everywhere = Cumulated(popularity, 0, campaigns);
        var pairs = new DonorPair[edges];
        var donor = 0;
        var given = new HashSet<int>();
        for (var edge = 0; edge < edges; donor++)
        {
            var home = random.Next(communities);
            var (from, until) = ((int)((long)home * campaigns / communities), (int)((long)(home + 1) * campaigns / communities));
            given.Clear();

            // The inverse of a continuous power law, rounded down. What falls on a pair that is there already is lost.
            var gifts = (int)Math.Min(MostGifts, Math.Pow(1 - random.NextDouble(), -1 / (DonorExponent - 1)));
            for (; gifts > 0 && edge < edges; gifts--)
            {
                var campaign = random.NextDouble() < loyalShare ? Drawn(random, everywhere, from, until) : Drawn(random, everywhere, 0, campaigns);
                var minute = random.Next(MostMinutes);
                if (given.Add(campaign))
                    pairs[edge++] = new DonorPair(donor, campaign, minute, minute);
            }
        }

        return DonorGraph.Of(new string[campaigns], donor, pairs);
    }

    private static double[] Cumulated(double[] weights, int from, int until)
    {
        var sums = new double[until - from + 1];
        for (var i = from; i < until; i++)
            sums[i - from + 1] = sums[i - from] + weights[i];
        return sums;
    }

    private static int Drawn(Random random, double[] cumulated, int from, int until)
    {
        var at = cumulated[from] + (random.NextDouble() * (cumulated[until] - cumulated[from]));
        var place = Array.BinarySearch(cumulated, from, until - from, at);
        return Math.Clamp(place >= 0 ? place : ~place - 1, from, until - 1);
    }

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}

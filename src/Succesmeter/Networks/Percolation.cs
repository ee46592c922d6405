namespace Succesmeter.Networks;

/// <summary>What holds a platform together: how much of it stays connected when only a random share of its edges is kept.</summary>
/// <param name="Branching">
/// Mean number of donors two steps from a donor reached over an edge, (⟨k²⟩−⟨k⟩)/⟨k⟩ on both sides multiplied: above 1 a random graph of these degrees has a giant
/// connected part (Newman, Strogatz and Watts 2001, Phys. Rev. E 64:026118, section V). Null without edges.
/// </param>
/// <param name="CriticalShare">Of edges, at which such a graph falls apart: 1/√branching, as a step over two edges needs both; null when it has no giant part.</param>
/// <param name="Curve">For shares of edges kept, the largest part as a share of all vertices that have an edge.</param>
public sealed record Percolation(double? Branching, double? CriticalShare, IReadOnlyList<(double Kept, double Largest)> Curve)
{
    private const int Steps = 20;

    private const int Orders = 20;

    private const long MostEdgesJoined = 20_000_000;

    /// <remarks>Edges are added in random order and joined (Newman and Ziff 2000, Phys. Rev. Lett. 85:4104); the mean over 20 orders, fewer above a million edges.</remarks>
    public static Percolation Of(DonorGraph graph, ulong seed)
    {
        var edges = new int[graph.EdgeCount];
        var donorOf = new int[graph.EdgeCount];
        var vertices = 0;
        for (var edge = 0; edge < edges.Length; edge++)
            edges[edge] = edge;
        for (var donor = 0; donor < graph.DonorCount; donor++)
        {
            donorOf.AsSpan(graph.DonorStarts[donor]..graph.DonorStarts[donor + 1]).Fill(donor);
            vertices += graph.DegreeOfDonor(donor) > 0 ? 1 : 0;
        }

        for (var campaign = 0; campaign < graph.CampaignCount; campaign++)
            vertices += graph.DegreeOfCampaign(campaign) > 0 ? 1 : 0;

        var largest = new double[Steps];
        var orders = (int)Math.Clamp(MostEdgesJoined / Math.Max(1, edges.Length), 1, Orders);
        var dice = new Dice(seed);
        for (var order = 0; order < orders && edges.Length > 0; order++)
        {
            dice.Shuffle(edges);
            var joined = new UnionFind(graph.VertexCount);
            var next = 0;
            for (var step = 0; step < Steps; step++)
            {
                for (; next < (long)edges.Length * (step + 1) / Steps; next++)
                    joined.Join(donorOf[edges[next]], graph.DonorCount + graph.DonorCampaigns[edges[next]]);
                largest[step] += (double)joined.Largest / vertices / orders;
            }
        }

        return new Percolation(
            Branch(graph),
            CriticalShareOf(graph),
            edges.Length == 0 ? [] : [.. largest.Select((share, step) => ((step + 1.0) / Steps, share))]);
    }

    /// <summary>The critical share alone, of which degrees decide.</summary>
    public static double? CriticalShareOf(DonorGraph graph) => Branch(graph) is > 1 and var branching ? 1 / Math.Sqrt(branching) : null;

    private static double? Branch(DonorGraph graph)
    {
        if (graph.EdgeCount == 0)
            return null;

        double donors = 0, campaigns = 0;
        for (var donor = 0; donor < graph.DonorCount; donor++)
            donors += graph.DegreeOfDonor(donor) * (graph.DegreeOfDonor(donor) - 1.0);
        for (var campaign = 0; campaign < graph.CampaignCount; campaign++)
            campaigns += graph.DegreeOfCampaign(campaign) * (graph.DegreeOfCampaign(campaign) - 1.0);

        return donors / graph.EdgeCount * (campaigns / graph.EdgeCount);
    }
}

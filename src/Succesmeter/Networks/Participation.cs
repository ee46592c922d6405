namespace Succesmeter.Networks;

/// <summary>
/// How evenly a vertex's edges are spread over communities, 1 − Σ_c (k_c/k)² (Guimerà and Amaral 2005, Nature 433:895): 0 = all in one. Of a campaign: over the
/// communities of its donors; of a donor: over those of its campaigns.
/// </summary>
public static class Participation
{
    /// <returns>Of each donor, then of each campaign; NaN without an edge.</returns>
    public static double[] Of(DonorGraph graph, ReadOnlySpan<int> labels)
    {
        var communities = 0;
        foreach (var label in labels)
            communities = Math.Max(communities, label + 1);

        var counts = new int[communities];
        var result = new double[graph.VertexCount];
        for (var vertex = 0; vertex < result.Length; vertex++)
        {
            var isDonor = vertex < graph.DonorCount;
            var neighbours = isDonor ? graph.CampaignsOf(vertex) : graph.DonorsOf(vertex - graph.DonorCount);
            var offset = isDonor ? graph.DonorCount : 0;
            foreach (var neighbour in neighbours)
                counts[labels[offset + neighbour]]++;

            double squares = 0;
            foreach (var neighbour in neighbours)
            {
                // Each community is added where it is met first.
                ref var count = ref counts[labels[offset + neighbour]];
                squares += (double)count * count;
                count = 0;
            }

            result[vertex] = neighbours.IsEmpty ? double.NaN : 1 - (squares / ((double)neighbours.Length * neighbours.Length));
        }

        return result;
    }
}

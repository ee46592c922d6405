namespace Succesmeter.Networks;

/// <summary>
/// Robins and Alexander's clustering of a graph with two sides (2004, Computational and Mathematical Organization Theory 10:69): 4 × circles of four ÷ paths of
/// three edges. How often two donors who share a campaign share a second one.
/// </summary>
public static class RobinsAlexander
{
    /// <returns>0 to 1; null where no path of three edges exists.</returns>
    public static double? Of(DonorGraph graph)
    {
        double paths = 0;
        for (var donor = 0; donor < graph.DonorCount; donor++)
            foreach (var campaign in graph.CampaignsOf(donor))
                paths += (graph.DegreeOfDonor(donor) - 1.0) * (graph.DegreeOfCampaign(campaign) - 1.0);

        return paths == 0 ? null : 4 * CirclesOfFour(graph) / paths;
    }

    /// <summary>
    /// Each circle is counted at its vertex of highest rank, by the pairs of ways that lead from there over lower ranks (Wang et al. 2019, VLDB 12:1139, BFC-VP):
    /// Σ min of the degrees over all edges, so that one giant star costs nothing.
    /// </summary>
    internal static double CirclesOfFour(DonorGraph graph)
    {
        var (n, donors) = (graph.VertexCount, graph.DonorCount);
        var rank = new int[n];
        var byDegree = Enumerable.Range(0, n).OrderBy(Degree).ToArray();
        for (var place = 0; place < n; place++)
            rank[byDegree[place]] = place;

        var ways = new int[n];
        var reached = new List<int>();
        double circles = 0;
        for (var top = 0; top < n; top++)
        {
            reached.Clear();
            foreach (var between in Neighbours(top))
            {
                var middle = Vertex(top, between);
                if (rank[middle] >= rank[top])
                    continue;
                foreach (var beyond in Neighbours(middle))
                {
                    var end = Vertex(middle, beyond);
                    if (rank[end] >= rank[top])
                        continue;
                    if (ways[end]++ == 0)
                        reached.Add(end);
                }
            }

            foreach (var end in reached)
            {
                circles += ways[end] * (ways[end] - 1.0) / 2;
                ways[end] = 0;
            }
        }

        return circles;

        int Degree(int vertex) => vertex < donors ? graph.DegreeOfDonor(vertex) : graph.DegreeOfCampaign(vertex - donors);

        ReadOnlySpan<int> Neighbours(int vertex) => vertex < donors ? graph.CampaignsOf(vertex) : graph.DonorsOf(vertex - donors);

        int Vertex(int from, int neighbour) => from < donors ? neighbour + donors : neighbour;
    }
}

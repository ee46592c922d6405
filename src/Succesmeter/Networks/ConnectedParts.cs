namespace Succesmeter.Networks;

/// <summary>How far a platform hung together at one instant: all pairs whose first gift lay before.</summary>
/// <param name="Donors">Who had given.</param>
/// <param name="Campaigns">That had been given to.</param>
/// <param name="Largest">Donors and campaigns in the largest connected part.</param>
public sealed record ConnectedPart(DateTimeOffset At, int Donors, int Campaigns, int Edges, int Parts, int Largest)
{
    /// <summary>Of donors and campaigns together; 0 where there are none.</summary>
    public double LargestShare => Donors + Campaigns == 0 ? 0 : (double)Largest / (Donors + Campaigns);
}

/// <summary>The largest connected part over time: the swarm growing together.</summary>
public static class ConnectedParts
{
    /// <param name="at">Rising.</param>
    public static IReadOnlyList<ConnectedPart> Over(DonorGraph graph, IReadOnlyList<DateTimeOffset> at)
    {
        var minutes = graph.FirstMinutes.AsSpan().ToArray();
        var edges = new int[minutes.Length];
        var donorOf = new int[minutes.Length];
        for (var donor = 0; donor < graph.DonorCount; donor++)
            donorOf.AsSpan(graph.DonorStarts[donor]..graph.DonorStarts[donor + 1]).Fill(donor);
        for (var edge = 0; edge < edges.Length; edge++)
            edges[edge] = edge;
        Array.Sort(minutes, edges);

        var joined = new UnionFind(graph.VertexCount);
        var seen = new bool[graph.VertexCount];
        var parts = new List<ConnectedPart>();
        var (next, donors, campaigns, separate) = (0, 0, 0, 0);
        foreach (var instant in at)
        {
            for (; next < edges.Length && minutes[next] < DonorGraph.MinuteOf(instant); next++)
            {
                var (donor, campaign) = (donorOf[edges[next]], graph.DonorCount + graph.DonorCampaigns[edges[next]]);
                donors += seen[donor] ? 0 : 1;
                campaigns += seen[campaign] ? 0 : 1;
                separate += (seen[donor] ? 0 : 1) + (seen[campaign] ? 0 : 1) - (joined.Root(donor) == joined.Root(campaign) ? 0 : 1);
                (seen[donor], seen[campaign]) = (true, true);
                joined.Join(donor, campaign);
            }

            parts.Add(new ConnectedPart(instant, donors, campaigns, next, separate, next == 0 ? 0 : joined.Largest));
        }

        return parts;
    }
}

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
        // Between two instants the order in which parts are joined is of no account: edges are parted by instants, not sorted by minutes.
        var limits = at.Select(DonorGraph.MinuteOf).ToArray();
        var (edges, ends) = ByInstant(graph.FirstMinutes, limits);
        var donorOf = new int[graph.EdgeCount];
        for (var donor = 0; donor < graph.DonorCount; donor++)
            donorOf.AsSpan(graph.DonorStarts[donor]..graph.DonorStarts[donor + 1]).Fill(donor);

        var joined = new UnionFind(graph.VertexCount);
        var seen = new bool[graph.VertexCount];
        var parts = new List<ConnectedPart>();
        var (next, donors, campaigns, separate) = (0, 0, 0, 0);
        for (var instant = 0; instant < limits.Length; instant++)
        {
            for (; next < ends[instant]; next++)
            {
                var (donor, campaign) = (donorOf[edges[next]], graph.DonorCount + graph.DonorCampaigns[edges[next]]);
                donors += seen[donor] ? 0 : 1;
                campaigns += seen[campaign] ? 0 : 1;
                separate += (seen[donor] ? 0 : 1) + (seen[campaign] ? 0 : 1) - (joined.Root(donor) == joined.Root(campaign) ? 0 : 1);
                (seen[donor], seen[campaign]) = (true, true);
                joined.Join(donor, campaign);
            }

            parts.Add(new ConnectedPart(at[instant], donors, campaigns, next, separate, next == 0 ? 0 : joined.Largest));
        }

        return parts;
    }

    /// <summary>Edges in the order of the first instant that comes after them, and where those of each instant end; what comes after all instants stands last.</summary>
    private static (int[] Edges, int[] Ends) ByInstant(int[] minutes, int[] limits)
    {
        var ends = new int[limits.Length + 1];
        var instantOf = new int[minutes.Length];
        for (var edge = 0; edge < minutes.Length; edge++)
        {
            var (low, high) = (0, limits.Length);
            while (low < high)
            {
                var middle = (low + high) / 2;
                (low, high) = limits[middle] <= minutes[edge] ? (middle + 1, high) : (low, middle);
            }

            instantOf[edge] = low;
            ends[low]++;
        }

        for (var instant = 1; instant < ends.Length; instant++)
            ends[instant] += ends[instant - 1];

        // From the back, so that each instant's places are filled down to where those of the one before end.
        var (edges, next) = (new int[minutes.Length], ends.AsSpan().ToArray());
        for (var edge = minutes.Length - 1; edge >= 0; edge--)
            edges[--next[instantOf[edge]]] = edge;
        return (edges, ends);
    }
}

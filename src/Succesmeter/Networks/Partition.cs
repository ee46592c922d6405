namespace Succesmeter.Networks;

/// <summary>A division of donors and campaigns into communities, numbered from 0 by falling number of members; who has no edge is in none.</summary>
public sealed class Partition
{
    private readonly int[] labels;

    /// <param name="labels">Of each vertex; negative = none.</param>
    internal Partition(DonorGraph graph, ReadOnlySpan<int> labels)
    {
        var (dense, count) = Networks.Labels.Dense(labels);
        var members = new int[count];
        foreach (var label in dense)
            if (label >= 0)
                members[label]++;

        // Largest first, equal ones in the order of their first member.
        var order = Enumerable.Range(0, count).OrderByDescending(label => members[label]).ToArray();
        var rank = new int[count];
        for (var place = 0; place < count; place++)
            rank[order[place]] = place;
        for (var vertex = 0; vertex < dense.Length; vertex++)
            if (dense[vertex] >= 0)
                dense[vertex] = rank[dense[vertex]];

        this.labels = dense;
        Count = count;
        Modularity = Networks.Modularity.Of(graph, dense, count);
        BarberModularity = Networks.Modularity.Barber(graph, dense, count);
    }

    public int Count { get; }

    /// <summary>Ordinary: both sides are vertices alike (Newman and Girvan 2004).</summary>
    public double Modularity { get; }

    /// <summary>Against a null in which edges only join the two sides (Barber 2007).</summary>
    public double BarberModularity { get; }

    /// <summary>Of each donor, then of each campaign; −1 = in none.</summary>
    public ReadOnlySpan<int> Labels => labels;

    public ReadOnlySpan<int> LabelsOfCampaigns(DonorGraph graph) => labels.AsSpan(graph.DonorCount);
}

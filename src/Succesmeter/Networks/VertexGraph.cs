namespace Succesmeter.Networks;

/// <summary>A weighted graph as arrays, each edge from both of its ends; loops are only in the strengths.</summary>
/// <param name="Starts">Where each vertex's edges begin, and one more.</param>
/// <param name="Targets">The other end of each.</param>
/// <param name="Weights">How many edges of the first graph it stands for.</param>
/// <param name="Strengths">Σ weights of a vertex, loops twice; over all vertices twice the edges of the first graph, at every level.</param>
internal sealed record VertexGraph(int[] Starts, int[] Targets, int[] Weights, int[] Strengths)
{
    public int VertexCount => Strengths.Length;

    /// <summary>
    /// The graph with each leaf drawn into its only neighbour, as a loop. A leaf is with its neighbour in every partition of greatest modularity: joining gains
    /// 1 − K/2m ≥ 0 whatever the neighbour's community (Arenas, Duch, Fernández and Gómez 2007, New J. Phys. 9:176), and most donors are leaves.
    /// </summary>
    /// <param name="vertexOf">For each donor, then each campaign, its vertex; −1 without an edge.</param>
    public static VertexGraph WithoutLeaves(DonorGraph graph, out int[] vertexOf)
    {
        var donors = graph.DonorCount;
        vertexOf = new int[graph.VertexCount];
        var vertices = 0;
        for (var donor = 0; donor < donors; donor++)
            vertexOf[donor] = graph.DegreeOfDonor(donor) >= 2 ? vertices++ : -1;
        var firstCampaign = vertices;
        for (var campaign = 0; campaign < graph.CampaignCount; campaign++)
        {
            var givers = graph.DonorsOf(campaign);

            // A campaign with one donor is that donor's leaf, unless they have only each other.
            var isLeaf = givers.Length == 1 && vertexOf[givers[0]] >= 0;
            vertexOf[donors + campaign] = givers.IsEmpty ? -1 : isLeaf ? vertexOf[givers[0]] : vertices++;
        }

        for (var donor = 0; donor < donors; donor++)
            if (graph.DegreeOfDonor(donor) == 1)
                vertexOf[donor] = vertexOf[donors + graph.CampaignsOf(donor)[0]];

        return Joined(graph, vertexOf, vertices, firstCampaign);
    }

    /// <summary>Edges between vertices; each loop only in the strengths.</summary>
    private static VertexGraph Joined(DonorGraph graph, int[] vertexOf, int vertices, int firstCampaign)
    {
        var donors = graph.DonorCount;
        var strengths = new int[vertices];
        var starts = new int[vertices + 1];
        for (var donor = 0; donor < donors; donor++)
        {
            var vertex = vertexOf[donor];
            foreach (var campaign in graph.CampaignsOf(donor))
            {
                var other = vertexOf[donors + campaign];
                strengths[vertex]++;
                strengths[other]++;
                if (vertex == other)
                    continue;
                starts[vertex + 1]++;
                starts[other + 1]++;
            }
        }

        for (var vertex = 0; vertex < vertices; vertex++)
            starts[vertex + 1] += starts[vertex];

        var targets = new int[starts[vertices]];
        var next = starts.AsSpan(0, vertices).ToArray();
        for (var donor = 0; donor < donors; donor++)
        {
            var vertex = vertexOf[donor];
            if (vertex < 0 || vertex >= firstCampaign)
                continue;
            foreach (var campaign in graph.CampaignsOf(donor))
            {
                var other = vertexOf[donors + campaign];
                if (vertex == other)
                    continue;
                targets[next[vertex]++] = other;
                targets[next[other]++] = vertex;
            }
        }

        var weights = new int[targets.Length];
        Array.Fill(weights, 1);
        return new VertexGraph(starts, targets, weights, strengths);
    }

    /// <summary>One vertex for each group.</summary>
    /// <param name="groupOf">Of each vertex, from 0 without gaps.</param>
    public VertexGraph Aggregated(int[] groupOf, int groups)
    {
        var members = new Grouping(groupOf, groups);
        var starts = new int[groups + 1];
        var strengths = new int[groups];
        var targets = new int[Targets.Length];
        var weights = new int[Targets.Length];
        var weightTo = new int[groups];
        var edges = 0;
        for (var group = 0; group < groups; group++)
        {
            var from = edges;
            foreach (var vertex in members[group])
            {
                strengths[group] += Strengths[vertex];
                for (var edge = Starts[vertex]; edge < Starts[vertex + 1]; edge++)
                {
                    var other = groupOf[Targets[edge]];
                    if (other == group)
                        continue;
                    if (weightTo[other] == 0)
                        targets[edges++] = other;
                    weightTo[other] += Weights[edge];
                }
            }

            for (var edge = from; edge < edges; edge++)
            {
                weights[edge] = weightTo[targets[edge]];
                weightTo[targets[edge]] = 0;
            }

            starts[group + 1] = edges;
        }

        return new VertexGraph(starts, targets.AsSpan(0, edges).ToArray(), weights.AsSpan(0, edges).ToArray(), strengths);
    }
}

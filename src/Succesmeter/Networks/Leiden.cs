namespace Succesmeter.Networks;

/// <summary>
/// Communities of greatest modularity by the Leiden algorithm (Traag, Waltman and van Eck 2019, Scientific Reports 9:5233) on the plain graph: donors and campaigns
/// are vertices alike and the null of the modularity is the ordinary configuration model, as in igraph. One seed gives one result.
/// </summary>
public static class Leiden
{
    /// <summary>As many as igraph's by default; a third one hardly finds more.</summary>
    public const int Iterations = 2;

    public static Partition Of(DonorGraph graph, ulong seed, int iterations = Iterations)
    {
        var vertices = VertexGraph.WithoutLeaves(graph, out var vertexOf);
        var community = Of(vertices, graph.EdgeCount, seed, iterations);
        var labels = new int[vertexOf.Length];
        for (var vertex = 0; vertex < labels.Length; vertex++)
            labels[vertex] = vertexOf[vertex] < 0 ? -1 : community[vertexOf[vertex]];

        return new Partition(graph, labels);
    }

    /// <summary>Of a graph that need not have two sides.</summary>
    internal static int[] Of(VertexGraph graph, int edges, ulong seed, int iterations)
    {
        var dice = new Dice(seed);
        var community = new int[graph.VertexCount];
        for (var vertex = 0; vertex < community.Length; vertex++)
            community[vertex] = vertex;
        if (edges == 0)
            return community;

        for (var iteration = 0; iteration < iterations; iteration++)
            if (!Improve(graph, community, 1.0 / (2.0 * edges), ref dice))
                break;

        return community;
    }

    /// <summary>Once through all levels.</summary>
    private static bool Improve(VertexGraph graph, int[] community, double inverseTwiceEdges, ref Dice dice)
    {
        var improved = false;
        var level = graph;
        var at = community;

        // Of each vertex of the first graph, its vertex at this level.
        int[]? vertexAt = null;
        while (true)
        {
            improved |= LocalMoves.Run(level, at, inverseTwiceEdges, ref dice);
            (at, var communities) = Labels.Dense(at);
            Unfold(at, vertexAt, community);
            if (communities == level.VertexCount)
                return improved;

            var (refined, count) = Refinement.Of(level, at, communities, inverseTwiceEdges, ref dice);

            // Where nothing could be merged the level would repeat itself; its communities are merged instead.
            if (count == level.VertexCount)
                (refined, count) = (at, communities);

            var coarser = new int[count];
            for (var vertex = 0; vertex < refined.Length; vertex++)
                coarser[refined[vertex]] = at[vertex];
            if (vertexAt is null)
                vertexAt = refined;
            else
                for (var vertex = 0; vertex < vertexAt.Length; vertex++)
                    vertexAt[vertex] = refined[vertexAt[vertex]];

            level = level.Aggregated(refined, count);
            at = coarser;
        }
    }

    private static void Unfold(int[] at, int[]? vertexAt, int[] community)
    {
        for (var vertex = 0; vertex < community.Length; vertex++)
            community[vertex] = at[vertexAt is null ? vertex : vertexAt[vertex]];
    }
}

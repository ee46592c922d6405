namespace Succesmeter.Networks;

/// <summary>
/// The refinement of Leiden (Traag, Waltman and van Eck 2019, supplement A, RefinePartition): each community is built anew out of single vertices, which
/// merge by chance in proportion to e^(gain/θ) and only where they are well connected. So no community falls apart inside.
/// </summary>
internal static class Refinement
{
    /// <summary>θ, in units of an edge: as the authors' and igraph's β.</summary>
    private const double Randomness = 0.01;

    /// <returns>Of each vertex its refined community, from 0 without gaps, and how many there are.</returns>
    public static (int[] Community, int Count) Of(VertexGraph graph, int[] community, int communities, double inverseTwiceEdges, ref Dice dice)
    {
        var n = graph.VertexCount;
        var (starts, targets, weights, strengths) = (graph.Starts, graph.Targets, graph.Weights, graph.Strengths);
        var members = new Grouping(community, communities);
        var refined = new int[n];
        for (var vertex = 0; vertex < n; vertex++)
            refined[vertex] = vertex;

        var total = strengths.AsSpan().ToArray();
        var outward = new int[n];
        var isSingle = new bool[n];
        Array.Fill(isSingle, true);
        var weightTo = new int[n];
        var touched = new int[n];
        var chances = new double[n];
        for (var c = 0; c < communities; c++)
        {
            var circle = members[c];
            if (circle.Length == 1)
                continue;

            long sum = 0;
            foreach (var vertex in circle)
            {
                sum += strengths[vertex];
                for (var edge = starts[vertex]; edge < starts[vertex + 1]; edge++)
                    if (community[targets[edge]] == c)
                        outward[vertex] += weights[edge];
            }

            dice.Shuffle(circle);
            foreach (var vertex in circle)
            {
                var strength = strengths[vertex];
                if (!isSingle[vertex] || outward[vertex] < strength * (sum - strength) * inverseTwiceEdges)
                    continue;

                var seen = 0;
                for (var edge = starts[vertex]; edge < starts[vertex + 1]; edge++)
                {
                    if (community[targets[edge]] != c)
                        continue;
                    var r = refined[targets[edge]];
                    if (weightTo[r] == 0)
                        touched[seen++] = r;
                    weightTo[r] += weights[edge];
                }

                var chosen = Choose(vertex, seen, sum, ref dice);
                if (chosen != vertex)
                {
                    refined[vertex] = chosen;
                    isSingle[chosen] = false;
                    total[chosen] += strength;
                    outward[chosen] += outward[vertex] - (2 * weightTo[chosen]);
                }

                for (var i = 0; i < seen; i++)
                    weightTo[touched[i]] = 0;
            }
        }

        return Labels.Dense(refined);

        int Choose(int vertex, int seen, long sum, ref Dice dice)
        {
            // To stay alone gains 0. Gains are taken relative to the best one, so that no exponential overflows.
            var best = 0.0;
            for (var i = 0; i < seen; i++)
            {
                var r = touched[i];
                var isConnected = outward[r] >= total[r] * (double)(sum - total[r]) * inverseTwiceEdges;
                chances[i] = isConnected ? weightTo[r] - (strengths[vertex] * inverseTwiceEdges * total[r]) : double.NegativeInfinity;
                best = Math.Max(best, chances[i]);
            }

            var alone = Math.Exp(-best / Randomness);
            var all = alone;
            for (var i = 0; i < seen; i++)
            {
                chances[i] = chances[i] >= 0 ? Math.Exp((chances[i] - best) / Randomness) : 0;
                all += chances[i];
            }

            var thrown = (dice.NextShare() * all) - alone;
            if (thrown < 0)
                return vertex;
            for (var i = 0; i < seen; i++)
            {
                thrown -= chances[i];
                if (thrown < 0)
                    return touched[i];
            }

            return vertex;
        }
    }
}

namespace Succesmeter.Networks;

/// <summary>The fast local moving of Leiden (Traag, Waltman and van Eck 2019, supplement A, MoveNodesFast): only vertices whose neighbourhood changed are looked at again.</summary>
internal static class LocalMoves
{
    /// <summary>Gains in units of an edge's weight; smaller ones are rounding.</summary>
    private const double LeastGain = 1e-9;

    /// <param name="community">Of each vertex, each below the number of vertices; changed in place.</param>
    /// <returns>Whether any vertex moved.</returns>
    public static bool Run(VertexGraph graph, int[] community, double inverseTwiceEdges, ref Dice dice)
    {
        var n = graph.VertexCount;
        var (starts, targets, weights, strengths) = (graph.Starts, graph.Targets, graph.Weights, graph.Strengths);
        var total = new int[n];
        var size = new int[n];
        for (var vertex = 0; vertex < n; vertex++)
        {
            total[community[vertex]] += strengths[vertex];
            size[community[vertex]]++;
        }

        var empty = new Stack<int>();
        for (var c = n - 1; c >= 0; c--)
            if (size[c] == 0)
                empty.Push(c);

        var queue = new int[n];
        for (var vertex = 0; vertex < n; vertex++)
            queue[vertex] = vertex;
        dice.Shuffle(queue);
        var waits = new bool[n];
        Array.Fill(waits, true);

        var weightTo = new int[n];
        var touched = new int[n];
        var moved = false;
        var (head, waiting) = (0, n);
        while (waiting > 0)
        {
            var vertex = queue[head];
            head = head + 1 == n ? 0 : head + 1;
            waiting--;
            waits[vertex] = false;

            var own = community[vertex];
            var strength = strengths[vertex];
            var end = starts[vertex + 1];
            var seen = 0;
            for (var edge = starts[vertex]; edge < end; edge++)
            {
                var c = community[targets[edge]];
                if (weightTo[c] == 0)
                    touched[seen++] = c;
                weightTo[c] += weights[edge];
            }

            total[own] -= strength;
            var pull = strength * inverseTwiceEdges;
            var best = own;
            var bestGain = weightTo[own] - (pull * total[own]);
            for (var i = 0; i < seen; i++)
            {
                var c = touched[i];
                var gain = weightTo[c] - (pull * total[c]);
                weightTo[c] = 0;
                if (gain > bestGain + LeastGain)
                    (best, bestGain) = (c, gain);
            }

            // Alone, a vertex gains nothing and loses nothing.
            if (bestGain < -LeastGain && size[own] > 1)
                best = empty.Pop();

            total[best] += strength;
            if (best == own)
                continue;

            moved = true;
            if (--size[own] == 0)
                empty.Push(own);

            size[best]++;
            community[vertex] = best;
            for (var edge = starts[vertex]; edge < end; edge++)
            {
                var other = targets[edge];
                if (waits[other] || community[other] == best)
                    continue;
                waits[other] = true;
                var tail = head + waiting;
                queue[tail >= n ? tail - n : tail] = other;
                waiting++;
            }
        }

        return moved;
    }
}

namespace Succesmeter.Forecasts;

/// <summary>
/// A sum of decision trees, as trained: no library is needed to read its answer. Nodes and leaves of all trees lie in flat arrays, because a
/// score walks a few thousand of them.
/// </summary>
public sealed class BoostedTrees
{
    private readonly int[] roots;
    private readonly Node[] nodes;
    private readonly double[] leafValues;

    /// <param name="trees">In training order; the order of summation is part of the answer.</param>
    public BoostedTrees(IReadOnlyList<Tree> trees)
    {
        Trees = trees;
        roots = new int[trees.Count];
        var allNodes = new List<Node>();
        var values = new List<double>();

        for (var t = 0; t < trees.Count; t++)
        {
            var (nodeBase, leafBase) = (allNodes.Count, values.Count);
            roots[t] = trees[t].Splits.Count == 0 ? ~leafBase : nodeBase;
            foreach (var split in trees[t].Splits)
                allNodes.Add(new Node(split.Feature, split.UnknownGoesLeft, split.Threshold, Child(split.Left), Child(split.Right)));

            values.AddRange(trees[t].Leaves.Select(static leaf => leaf.Value));

            int Child(int child) => child >= 0 ? child + nodeBase : ~(~child + leafBase);
        }

        nodes = [.. allNodes];
        leafValues = [.. values];
    }

    public IReadOnlyList<Tree> Trees { get; }

    /// <remarks>
    /// Summed tree by tree in one order. Rounding is monotone too, so a sum of monotone trees is monotone to the last bit.
    /// </remarks>
    public double Score(ReadOnlySpan<double> features)
    {
        var sum = 0.0;
        foreach (var root in roots)
        {
            var at = root;
            while (at >= 0)
            {
                ref readonly var node = ref nodes[at];
                at = node.GoesLeft(features[node.Feature]) ? node.Left : node.Right;
            }

            sum += leafValues[~at];
        }

        return sum;
    }

    /// <summary>The scores of many rows that share their first features and of which the others move in one direction, in one walk.</summary>
    /// <param name="shared">The features that all rows have in common.</param>
    /// <param name="moving">For each further feature its value in every row, feature by feature; each never turns back along the rows.</param>
    /// <param name="scores">One place a row.</param>
    /// <remarks>
    /// A split on a moving feature parts the range of rows in two, so each tree is walked once and each leaf adds to a range. This is what makes
    /// a whole distribution as cheap as a few scores.
    /// </remarks>
    public void ScoreAlong(ReadOnlySpan<double> shared, ReadOnlySpan<double> moving, Span<double> scores)
    {
        var rows = scores.Length;
        Span<double> steps = stackalloc double[rows + 1];
        steps.Clear();
        foreach (var root in roots)
            Walk(root, 0, rows, shared, moving, rows, steps);

        var sum = 0.0;
        for (var row = 0; row < rows; row++)
            scores[row] = sum += steps[row];
    }

    private void Walk(int at, int first, int end, ReadOnlySpan<double> shared, ReadOnlySpan<double> moving, int rows, Span<double> steps)
    {
        while (at >= 0)
        {
            ref readonly var node = ref nodes[at];
            if (node.Feature < shared.Length)
            {
                at = node.GoesLeft(shared[node.Feature]) ? node.Left : node.Right;
                continue;
            }

            var values = moving.Slice((node.Feature - shared.Length) * rows, rows);
            var left = node.GoesLeft(values[first]);
            if (left == node.GoesLeft(values[end - 1]))
            {
                at = left ? node.Left : node.Right;
                continue;
            }

            int low = first, high = end - 1;
            while (high - low > 1)
            {
                var middle = (low + high) / 2;
                if (node.GoesLeft(values[middle]) == left)
                    low = middle;
                else
                    high = middle;
            }

            Walk(left ? node.Left : node.Right, first, high, shared, moving, rows, steps);
            (at, first) = (left ? node.Right : node.Left, high);
        }

        steps[first] += leafValues[~at];
        steps[end] -= leafValues[~at];
    }

    internal readonly record struct Node(int Feature, bool UnknownGoesLeft, double Threshold, int Left, int Right)
    {
        public bool GoesLeft(double value) => value <= Threshold || (double.IsNaN(value) && UnknownGoesLeft);
    }
}

namespace Succesmeter.Forecasts;

/// <summary>
/// What each feature adds to a score, so that the parts and the average make up the whole: Shapley values of the trees, a feature that is held back being
/// averaged over the training rows that reached each split (Lundberg, Erion and Lee 2018, arXiv 1802.03888, algorithm 2).
/// </summary>
internal static class TreeAttribution
{
    /// <param name="trees">With the covers of their leaves.</param>
    /// <param name="features">Of the row that is explained.</param>
    /// <param name="effects">One place a feature; added to.</param>
    /// <returns>The average score, to which the effects add up to give the row's.</returns>
    public static double Of(BoostedTrees trees, ReadOnlySpan<double> features, Span<double> effects)
    {
        var average = 0.0;
        foreach (var tree in trees.Trees)
        {
            if (tree.Splits.Count == 0)
            {
                average += tree.Leaves[0].Value;
                continue;
            }

            var walk = new Walk(tree, features, effects);
            average += walk.Average;
            walk.Down(0, 0, [], 1, 1, -1);
        }

        return average;
    }

    /// <summary>A step of a path: which feature was asked, and what share of rows goes on without knowing it (zero) and knowing it (one).</summary>
    private record struct Step(int Feature, double Zero, double One, double Weight);

    private ref struct Walk
    {
        private readonly Tree tree;
        private readonly ReadOnlySpan<double> features;
        private readonly Span<double> effects;
        private readonly double[] covers;

        public Walk(Tree tree, ReadOnlySpan<double> features, Span<double> effects)
        {
            this.tree = tree;
            this.features = features;
            this.effects = effects;
            covers = new double[tree.Splits.Count];
            var (cover, sum) = Covered(0);
            Average = sum / cover;
        }

        public double Average { get; }

        public void Down(int at, int depth, scoped ReadOnlySpan<Step> before, double zero, double one, int feature)
        {
            Span<Step> path = stackalloc Step[depth + 1];
            before[..depth].CopyTo(path);
            Extend(path, depth, zero, one, feature);

            if (at < 0)
            {
                for (var step = 1; step <= depth; step++)
                    effects[path[step].Feature] += UnwoundSum(path, depth, step) * (path[step].One - path[step].Zero) * tree.Leaves[~at].Value;

                return;
            }

            var split = tree.Splits[at];
            var value = features[split.Feature];
            var left = value <= split.Threshold || (double.IsNaN(value) && split.UnknownGoesLeft);
            var (hot, cold) = left ? (split.Left, split.Right) : (split.Right, split.Left);
            var (zeroSoFar, oneSoFar) = (1.0, 1.0);
            for (var step = 1; step <= depth; step++)
                if (path[step].Feature == split.Feature)
                {
                    (zeroSoFar, oneSoFar) = (path[step].Zero, path[step].One);
                    Unwind(path, depth, step);
                    depth--;
                    break;
                }

            Down(hot, depth + 1, path, zeroSoFar * CoverOf(hot) / covers[at], oneSoFar, split.Feature);
            Down(cold, depth + 1, path, zeroSoFar * CoverOf(cold) / covers[at], 0, split.Feature);
        }

        private static void Extend(Span<Step> path, int depth, double zero, double one, int feature)
        {
            path[depth] = new Step(feature, zero, one, depth == 0 ? 1 : 0);
            for (var at = depth - 1; at >= 0; at--)
            {
                path[at + 1].Weight += one * path[at].Weight * (at + 1) / (depth + 1);
                path[at].Weight = zero * path[at].Weight * (depth - at) / (depth + 1);
            }
        }

        private static void Unwind(Span<Step> path, int depth, int taken)
        {
            var (zero, one) = (path[taken].Zero, path[taken].One);
            var next = path[depth].Weight;
            for (var at = depth - 1; at >= 0; at--)
                if (one != 0)
                {
                    var weight = path[at].Weight;
                    path[at].Weight = next * (depth + 1) / ((at + 1) * one);
                    next = weight - (path[at].Weight * zero * (depth - at) / (depth + 1));
                }
                else
                {
                    path[at].Weight = path[at].Weight * (depth + 1) / (zero * (depth - at));
                }

            for (var at = taken; at < depth; at++)
                path[at] = path[at + 1] with { Weight = path[at].Weight };
        }

        private static double UnwoundSum(ReadOnlySpan<Step> path, int depth, int taken)
        {
            var (zero, one) = (path[taken].Zero, path[taken].One);
            var next = path[depth].Weight;
            var sum = 0.0;
            for (var at = depth - 1; at >= 0; at--)
                if (one != 0)
                {
                    var weight = next * (depth + 1) / ((at + 1) * one);
                    sum += weight;
                    next = path[at].Weight - (weight * zero * (depth - at) / (depth + 1));
                }
                else
                {
                    sum += path[at].Weight / zero * (depth + 1) / (depth - at);
                }

            return sum;
        }

        private readonly double CoverOf(int child) => child >= 0 ? covers[child] : tree.Leaves[~child].Cover;

        private readonly (double Cover, double Sum) Covered(int child)
        {
            if (child < 0)
                return (tree.Leaves[~child].Cover, tree.Leaves[~child].Cover * tree.Leaves[~child].Value);

            var (left, right) = (Covered(tree.Splits[child].Left), Covered(tree.Splits[child].Right));
            covers[child] = left.Cover + right.Cover;
            return (left.Cover + right.Cover, left.Sum + right.Sum);
        }
    }
}

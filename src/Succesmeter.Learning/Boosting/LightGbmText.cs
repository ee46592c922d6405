using System.Globalization;
using Succesmeter.Forecasts;

namespace Succesmeter.Learning.Boosting;

/// <summary>Reads the trees out of LightGBM's text form (its <c>src/io/tree.cpp</c>, <c>Tree::ToString</c>).</summary>
internal static class LightGbmText
{
    private const int IsCategorical = 1;
    private const int DefaultLeft = 2;
    private const int MissingTypeShift = 2;
    private const int MissingIsNotANumber = 2;

    public static BoostedTrees Parse(string text)
    {
        var trees = new List<Tree>();
        foreach (var block in text.Split("\nTree=").Skip(1))
        {
            var fields = block.Split('\n').Select(static line => line.Split('=', 2)).Where(static pair => pair.Length == 2)
                .GroupBy(static pair => pair[0], StringComparer.Ordinal).ToDictionary(static group => group.Key, static group => group.First()[1], StringComparer.Ordinal);

            var values = Numbers(fields["leaf_value"]);
            if (fields["num_leaves"] == "1")
            {
                trees.Add(new Tree([], [new Leaf(values[0], 1)]));
                continue;
            }

            var covers = Numbers(fields["leaf_count"]);
            var features = Wholes(fields["split_feature"]);
            var thresholds = Numbers(fields["threshold"]);
            var decisions = Wholes(fields["decision_type"]);
            var lefts = Wholes(fields["left_child"]);
            var rights = Wholes(fields["right_child"]);

            // LightGBM numbers leaves by the bitwise complement too, so children need no translation.
            trees.Add(new Tree(
                [.. features.Select((feature, at) => new Split(feature, thresholds[at], UnknownGoesLeft(decisions[at], thresholds[at]), lefts[at], rights[at]))],
                [.. values.Select((value, at) => new Leaf(value, covers[at]))]));
        }

        return new BoostedTrees(trees);
    }

    /// <remarks>Where training saw no unknown value, LightGBM reads one as 0 and compares.</remarks>
    private static bool UnknownGoesLeft(int decision, double threshold)
    {
        if ((decision & IsCategorical) != 0)
            throw new NotSupportedException("Splits on categories are not used here.");

        return decision >> MissingTypeShift == MissingIsNotANumber ? (decision & DefaultLeft) != 0 : threshold >= 0;
    }

    /// <remarks>A split between known and unknown has an infinite threshold.</remarks>
    private static double[] Numbers(string text) =>
        [.. text.Split(' ').Select(static x => x == "inf" ? double.PositiveInfinity : double.Parse(x, CultureInfo.InvariantCulture))];

    private static int[] Wholes(string text) => [.. text.Split(' ').Select(static x => int.Parse(x, CultureInfo.InvariantCulture))];
}

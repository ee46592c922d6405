using Succesmeter.Forecasts;
using Succesmeter.Learning.Boosting;

namespace Succesmeter.Learning.Tests.Boosting;

public sealed class LightGbmTests
{
    private static readonly BoostingOptions Options = new() { Rounds = 30, RowsInLeaf = 20, Monotone = [1, -1, 0] };

    [Fact]
    public void The_same_seed_gives_the_same_trees_to_the_last_bit_and_another_seed_does_not()
    {
        var (rows, labels) = Sample(7);

        Assert.Equal(Text(LightGbm.Train(rows, 3, labels, null, Options)), Text(LightGbm.Train(rows, 3, labels, null, Options)));
        Assert.NotEqual(Text(LightGbm.Train(rows, 3, labels, null, Options)), Text(LightGbm.Train(rows, 3, labels, null, Options with { Seed = 2 })));
    }

    [Fact]
    public void Trees_keep_the_direction_they_are_bound_to()
    {
        var (rows, labels) = Sample(8);
        var trees = LightGbm.Train(rows, 3, labels, null, Options);

        Gen.Select(Gen.Double[0, 1], Gen.Double[0, 1], Gen.Double[0, 1], Gen.Double[0, 1]).Sample((a, b, c, more) =>
            trees.Score([a + more, b, c]) >= trees.Score([a, b, c]) && trees.Score([a, b + more, c]) <= trees.Score([a, b, c]));
    }

    [Fact]
    public void What_was_there_to_learn_is_learned()
    {
        var (rows, labels) = Sample(9);
        var trees = LightGbm.Train(rows, 3, labels, null, Options);

        Assert.True(trees.Score([0.9, 0.1, 0.5]) > 1);
        Assert.True(trees.Score([0.1, 0.9, 0.5]) < -1);
    }

    [Fact]
    public void A_wrong_setting_is_told_in_LightGbms_words()
    {
        var (rows, labels) = Sample(10);

        Assert.Contains("LightGBM", Assert.Throws<InvalidOperationException>(() => LightGbm.Train(rows, 3, labels, null, Options with { Objective = "nonsense" })).Message, StringComparison.Ordinal);
    }

    /// <summary>Two features that matter, one that does not and is unknown in one row of four.</summary>
    private static (double[] Rows, float[] Labels) Sample(int seed)
    {
        var dice = new Random(seed);
        var rows = new double[3 * 2_000];
        var labels = new float[2_000];
        for (var at = 0; at < labels.Length; at++)
        {
            var (a, b) = (dice.NextDouble(), dice.NextDouble());
            rows[3 * at] = a;
            rows[(3 * at) + 1] = b;
            rows[(3 * at) + 2] = dice.Next(4) == 0 ? double.NaN : dice.NextDouble();
            labels[at] = dice.NextDouble() < Answers.Sigmoid(6 * (a - b)) ? 1 : 0;
        }

        return (rows, labels);
    }

    private static string Text(BoostedTrees trees) => string.Join('\n', trees.Trees.Select(tree => string.Join(' ', tree.Splits) + string.Join(' ', tree.Leaves)));
}

using Succesmeter.Forecasts;

namespace Succesmeter.Tests.Forecasts;

public sealed class BoostedTreesTests
{
    [Fact]
    public void A_value_at_the_threshold_goes_left_and_an_unknown_one_where_it_was_taught_to()
    {
        var trees = new BoostedTrees([new Tree([new Split(0, 1, false, ~0, 1), new Split(1, 2, true, ~1, ~2)], [new Leaf(1, 1), new Leaf(10, 1), new Leaf(100, 1)])]);

        Assert.Equal(1, trees.Score([1, 5]));
        Assert.Equal(100, trees.Score([1.5, 5]));
        Assert.Equal(10, trees.Score([double.NaN, double.NaN]));
    }

    [Fact]
    public void Trees_add_up_and_a_tree_may_be_a_single_leaf() =>
        Assert.Equal(0.75, new BoostedTrees([new Tree([], [new Leaf(0.25, 1)]), SomeModel.Stump("pledged-share", 0.5, 0, 0.5)]).Score([0.6]));

    [Fact]
    public void One_walk_along_many_rows_gives_what_each_row_gives_alone() =>
        Gen.Select(Gen.Int[0, 10_000], Gen.Int[1, 40]).Sample((seed, rows) =>
        {
            var dice = new Random(seed);
            var trees = new BoostedTrees([.. Enumerable.Range(0, 12).Select(_ => RandomTree(dice))]);
            double[] shared = [dice.NextDouble(), dice.Next(4) == 0 ? double.NaN : dice.NextDouble()];
            var rising = Enumerable.Range(0, rows).Select(_ => dice.NextDouble()).Order().ToArray();
            var falling = Enumerable.Range(0, rows).Select(_ => dice.NextDouble()).OrderDescending().ToArray();
            var unknown = Enumerable.Repeat(double.NaN, rows).ToArray();

            var along = new double[rows];
            trees.ScoreAlong(shared, [.. rising, .. falling, .. unknown], along);

            for (var row = 0; row < rows; row++)
                Assert.Equal(trees.Score([shared[0], shared[1], rising[row], falling[row], double.NaN]), along[row], 1e-9);
        }, iter: 300);

    /// <summary>Up to eight leaves over five features, grown by splitting a leaf at random.</summary>
    private static Tree RandomTree(Random dice)
    {
        var splits = new List<Split> { RandomSplit(dice, ~0, ~1) };
        for (var leaves = 2; leaves < 8; leaves++)
        {
            var leaf = dice.Next(leaves);
            splits.Add(RandomSplit(dice, ~leaf, ~leaves));
            for (var at = 0; at < splits.Count - 1; at++)
            {
                if (splits[at].Left == ~leaf)
                    splits[at] = splits[at] with { Left = splits.Count - 1 };
                if (splits[at].Right == ~leaf)
                    splits[at] = splits[at] with { Right = splits.Count - 1 };
            }
        }

        return new Tree(splits, [.. Enumerable.Range(0, 8).Select(_ => new Leaf(dice.NextDouble() - 0.5, 1))]);
    }

    private static Split RandomSplit(Random dice, int left, int right) => new(dice.Next(5), dice.NextDouble(), dice.Next(2) == 0, left, right);
}

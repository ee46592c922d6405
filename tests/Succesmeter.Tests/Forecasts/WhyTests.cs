using Succesmeter.Forecasts;
using Succesmeter.Tests.Features;

namespace Succesmeter.Tests.Forecasts;

public sealed class WhyTests
{
    [Fact]
    public void Each_stump_is_set_against_its_average()
    {
        // Every leaf has half of the rows. Pledged 0.4: 1 against ½; gap 0.6: −2 against −1; 30 days left: 1 against ½.
        var why = Why.Of(SomeModel.Model, Curves.Plain, PlatformFit.None)!;

        Assert.Equal(0, why.Average, 12);
        Assert.Equal(["gap", "days-left", "pledged-share"], why.Entries.Select(entry => entry.Feature));
        Assert.Equal([-1, 0.5, 0.5], why.Entries.Select(entry => Math.Round(entry.Effect, 12)));
        Assert.Equal(0.4, why.Entries[2].Value!.Value, 12);
    }

    [Fact]
    public void Two_features_of_one_tree_share_what_they_do_together()
    {
        // The leaf of 1 needs both: alone each would bring ½ of the way, so each has half of what the tree gives beyond its average of ¼.
        var together = new Tree(
            [new Split(0, 0.5, true, ~0, 1), new Split(1, 0.5, true, ~1, ~2)], [new Leaf(0, 2), new Leaf(0, 1), new Leaf(1, 1)]);
        var effects = new double[2];

        Assert.Equal(0.25, TreeAttribution.Of(new BoostedTrees([together]), [1, 1], effects), 12);
        Assert.Equal(0.375, effects[0], 12);
        Assert.Equal(0.375, effects[1], 12);
    }

    [Fact]
    public void A_feature_that_a_path_asks_twice_is_one_feature()
    {
        var twice = new Tree([new Split(0, 0.5, true, ~0, 1), new Split(0, 0.8, true, ~1, ~2)], [new Leaf(0, 2), new Leaf(1, 1), new Leaf(3, 1)]);
        var effects = new double[1];

        Assert.Equal(1, TreeAttribution.Of(new BoostedTrees([twice]), [0.9], effects), 12);
        Assert.Equal(2, effects[0], 12);
    }

    [Fact]
    public void The_platforms_shift_is_an_entry_of_its_own()
    {
        var entry = Why.Of(SomeModel.Model, Curves.Plain, new PlatformFit(-0.7, null))!.Entries.Single(entry => entry.Feature == Why.Platform);

        Assert.Equal(-0.7, entry.Effect);
    }

    [Fact]
    public void What_is_reached_or_over_needs_no_reasons()
    {
        Assert.Null(Why.Of(SomeModel.Model, Curves.Plain with { Goal = 400 }, PlatformFit.None));
        Assert.Null(Why.Of(SomeModel.Model, Curves.Plain with { PlannedDays = 10 }, PlatformFit.None));
    }
}

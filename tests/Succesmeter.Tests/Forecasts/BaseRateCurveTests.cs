using Succesmeter.Forecasts;

namespace Succesmeter.Tests.Forecasts;

public sealed class BaseRateCurveTests
{
    private static readonly BaseRateCurve Curve = BaseRateCurve.Of([0.1, 0.5, 0.9, null]);

    [Fact]
    public void At_the_launch_all_are_open() => Assert.Equal(new BaseRate(0.75, 4), Curve.At(0));

    [Fact]
    public void Those_that_have_reached_their_goal_count_no_more()
    {
        Assert.Equal(new BaseRate(2.0 / 3, 3), Curve.At(0.4));
        Assert.Equal(new BaseRate(0.5, 2), Curve.At(0.5));
    }

    [Fact]
    public void At_the_end_only_failures_are_open() => Assert.Equal(new BaseRate(0, 1), Curve.At(1));

    [Fact]
    public void Between_two_steps_the_share_lies_between_them() =>
        Assert.Equal((0.75 + (2.0 / 3)) / 2, Curve.At(0.075).Share, 12);

    [Fact]
    public void Without_outcomes_the_share_is_even_and_counts_for_nothing() => Assert.Equal(new BaseRate(0.5, 0), BaseRateCurve.Of([]).At(0.3));
}

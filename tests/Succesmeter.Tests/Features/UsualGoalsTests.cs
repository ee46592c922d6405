using Succesmeter.Features;

namespace Succesmeter.Tests.Features;

public sealed class UsualGoalsTests
{
    [Fact]
    public void Ten_goals_have_a_median_and_nine_have_none()
    {
        Assert.Null(UsualGoals.Of(Enumerable.Range(1, 9).Select(goal => ((double)goal, (string?)"mobility"))).All);
        var ten = UsualGoals.Of(Enumerable.Range(1, 10).Select(goal => ((double)goal, (string?)"mobility")));
        Assert.Equal((5.5, 5.5), (ten.All, ten.Of("mobility")));
    }

    [Fact]
    public void A_category_with_too_few_is_unknown_though_the_platform_is_known()
    {
        var goals = UsualGoals.Of(Enumerable.Range(1, 10).Select(goal => ((double)goal, goal < 4 ? "mobility" : null)));
        Assert.NotNull(goals.All);
        Assert.Null(goals.Of("mobility"));
        Assert.Null(goals.Of(null));
    }

    [Fact]
    public void A_goal_of_ten_times_the_usual_is_one_above_it()
    {
        var curve = new FundingCurve { Goal = 50_000, Currency = "EUR", PlannedDays = 30, ElapsedDays = 2, Pledged = 100, Days = [new DayTotal(100, 2)], Category = "mobility" };
        var known = curve with { UsualGoals = UsualGoals.Of(Enumerable.Repeat((Math.Log10(5000), (string?)"mobility"), 10)) };

        Assert.Equal(1, ValueOf(known, "goal-against-platform"), 3);
        Assert.Equal(1, ValueOf(known, "goal-against-category"), 3);
        Assert.True(double.IsNaN(ValueOf(curve, "goal-against-platform")));
    }

    private static double ValueOf(FundingCurve curve, string feature) =>
        FundingFeatures.Of(curve).Values[FundingFeatures.All.Select(one => one.Name).ToList().IndexOf(feature)];
}

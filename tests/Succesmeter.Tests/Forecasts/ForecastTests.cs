using Succesmeter.Features;
using Succesmeter.Forecasts;
using Succesmeter.Tests.Features;

namespace Succesmeter.Tests.Forecasts;

public sealed class ForecastTests
{
    [Fact]
    public void The_probability_is_the_trees_answer_to_the_goal_by_the_end()
    {
        // 0.4 of the goal pledged: +1; gap 0.6 > e^-1: -2; 30 days left > e: +1. Log-odds 0.
        Assert.Equal(0.5, Of(Curves.Plain).Probability!.Value, 12);
        Assert.Equal(ForecastStatus.Uncertain, Of(Curves.Plain).Status);
    }

    [Fact]
    public void Calibration_and_the_platforms_shift_move_the_log_odds()
    {
        var model = SomeModel.Model with { Calibration = new Calibration(0.5, 2) };

        Assert.Equal(1 / (1 + Math.Exp(-1.25)), Forecast.Of(model, Curves.Plain, new PlatformFit(0.75, null)).Probability!.Value, 12);
    }

    [Fact]
    public void A_goal_that_is_reached_is_certain_and_keeps_the_day_it_was_reached()
    {
        var forecast = Of(Curves.Plain with { Goal = 150 });

        Assert.Equal(1, forecast.Probability);
        Assert.Equal(ForecastStatus.Reached, forecast.Status);
        Assert.Equal(new DayQuantiles(4, 4, 4), forecast.ReachesGoalAt);
        Assert.Equal(0, forecast.NeededPerDay);
        Assert.True(forecast.FinalRatio!.Value.P10 >= 400.0 / 150);
    }

    [Fact]
    public void Absurd_goals_and_times_give_numbers_and_not_nonsense()
    {
        var cent = Of(Curves.Plain with { Goal = 1e-9 });
        var noTime = Of(Curves.Plain with { PlannedDays = 0, ElapsedDays = 0 });

        Assert.Equal(new Quantiles(4e11, 4e11, 4e11), cent.FinalRatio);
        Assert.Equal((0, ForecastStatus.Ended), (noTime.Probability, noTime.Status));
        Assert.True(double.IsFinite(noTime.BaseRate!.Value));
    }

    [Fact]
    public void After_the_end_there_is_nothing_left_to_expect()
    {
        var forecast = Of(Curves.Plain with { PlannedDays = 10 });

        Assert.Equal((0, ForecastStatus.Ended), (forecast.Probability, forecast.Status));
        Assert.Equal(new Quantiles(0.4, 0.4, 0.4), forecast.FinalRatio);
        Assert.Null(forecast.NeededPerDay);
    }

    [Fact]
    public void A_campaign_that_outlives_the_assumed_horizon_is_not_called_a_failure()
    {
        var forecast = Of(Curves.Plain with { PlannedDays = 10, HorizonIsAssumed = true });

        Assert.Equal((null, ForecastConfidence.Abstain, ForecastReason.PastAssumedHorizon), (forecast.Probability, forecast.Confidence, forecast.Reason));
    }

    [Fact]
    public void Without_a_goal_there_is_no_probability() =>
        Assert.Equal((null, ForecastConfidence.Abstain, ForecastReason.NoGoal),
            (Forecast.WithoutGoal().Probability, Forecast.WithoutGoal().Confidence, Forecast.WithoutGoal().Reason));

    [Fact]
    public void All_or_nothing_after_the_third_day_is_extrapolated_until_sixty_own_outcomes_vouch()
    {
        var later = Curves.Plain with { AllOrNothing = true };
        var early = later with { ElapsedDays = 3, Days = [.. later.Days.Take(3), new DayTotal(400, 12)] };
        var fiftyNine = new PlatformFit(0, BaseRateCurve.Of([.. Enumerable.Repeat<double?>(0.9, 59)]));
        var sixty = new PlatformFit(0, BaseRateCurve.Of([.. Enumerable.Repeat<double?>(0.9, 60)]));

        Assert.Equal((ForecastConfidence.Abstain, ForecastReason.Extrapolated), Confidence(later, PlatformFit.None));
        Assert.Equal((ForecastConfidence.Ok, null), Confidence(early, PlatformFit.None));
        Assert.Equal((ForecastConfidence.Abstain, ForecastReason.Extrapolated), Confidence(later, fiftyNine));
        Assert.Equal((ForecastConfidence.Ok, null), Confidence(later, sixty));
    }

    [Fact]
    public void A_currency_nobody_can_size_a_goal_unlike_training_and_hidden_gifts_lower_the_confidence()
    {
        var narrow = SomeModel.Model with { Seen = SomeModel.Model.Seen.SetItem(SomeModel.Place("goal"), new SeenRange(1, 2.5)) };

        Assert.Equal((ForecastConfidence.Low, ForecastReason.UnknownCurrency), Confidence(Curves.Plain with { Currency = "XTS" }, PlatformFit.None));
        Assert.Equal((ForecastConfidence.Low, ForecastReason.GiftsUnknown), Confidence(Curves.Plain with { Gifts = null }, PlatformFit.None));
        Assert.Equal(ForecastReason.UnlikeTraining, Forecast.Of(narrow, Curves.Plain, PlatformFit.None).Reason);
    }

    [Fact]
    public void The_pace_is_last_weeks_and_the_need_is_spread_over_what_is_left()
    {
        var forecast = Of(Curves.Plain);

        Assert.Equal(300.0 / 7, forecast.PacePerDay!.Value, 9);
        Assert.Equal(600.0 / 30, forecast.NeededPerDay!.Value, 9);
    }

    [Fact]
    public void The_base_rate_is_of_campaigns_still_open_at_this_share_of_their_time()
    {
        // A quarter of the time has passed: one of the four keep-it-all campaigns has reached its goal, two of three others will.
        Assert.Equal((2.0 / 3, 3), (Of(Curves.Plain).BaseRate!.Value, Of(Curves.Plain).BaseRateN!.Value));

        var own = new PlatformFit(0, BaseRateCurve.Of([.. Enumerable.Repeat<double?>(0.8, 10)]));
        Assert.Equal((1, 10), (Forecast.Of(SomeModel.Model, Curves.Plain, own).BaseRate, Forecast.Of(SomeModel.Model, Curves.Plain, own).BaseRateN));
    }

    [Theory]
    [InlineData(1.2, ForecastStatus.OnTrack)]
    [InlineData(0, ForecastStatus.Uncertain)]
    [InlineData(-1, ForecastStatus.Behind)]
    [InlineData(-2, ForecastStatus.Unlikely)]
    public void The_status_follows_the_probability(double shift, ForecastStatus status) =>
        Assert.Equal(status, Forecast.Of(SomeModel.Model, Curves.Plain, new PlatformFit(shift, null)).Status);

    [Fact]
    public void The_final_ratio_never_ends_below_what_is_pledged_and_its_atom_is_the_chance_of_nothing_more()
    {
        // Anything more: the gap is below e^-1, so log-odds 2 and a chance of 1 in 8.4 that nothing comes. Above a gap of e^-1 the odds are even.
        var forecast = Of(Curves.Plain);

        Assert.Equal(1 - (1 / (1 + Math.Exp(-2))), forecast.NothingMore!.Value, 12);
        Assert.Equal(0.4, forecast.FinalRatio!.Value.P10);
        Assert.InRange(forecast.FinalRatio.Value.P50, 0.4 + Math.Exp(-1.4), 0.4 + Math.Exp(-0.6));
    }

    [Fact]
    public void A_quantile_of_the_day_is_absent_when_fewer_than_that_ever_reach_the_goal()
    {
        // By a day less than e from now the log-odds are -1, after that 0: one in ten within hours, never more than half.
        var days = Of(Curves.Plain).ReachesGoalAt!.Value;

        Assert.InRange(days.P10!.Value, 10, 11);
        Assert.InRange(days.P50!.Value, 10 + Math.E - 1.5, 10 + Math.E + 1.5);
        Assert.Null(days.P90);
    }

    private static Forecast Of(FundingCurve curve) => Forecast.Of(SomeModel.Model, curve, PlatformFit.None);

    private static (ForecastConfidence, string?) Confidence(FundingCurve curve, PlatformFit platform)
    {
        var forecast = Forecast.Of(SomeModel.Model, curve, platform);
        return (forecast.Confidence, forecast.Reason);
    }
}

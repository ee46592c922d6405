using Succesmeter.Features;
using Succesmeter.Forecasts;
using Succesmeter.Learning.Models;
using Succesmeter.Tests.Features;

namespace Succesmeter.Learning.Tests.Models;

/// <summary>The laws of a forecast, held by the model that is served.</summary>
public sealed class ShippedModelsTests
{
    private static readonly ForecastModel Model = ShippedModels.Serving;

    [Fact]
    public void A_probability_is_one_if_and_only_if_the_goal_is_reached() =>
        Curves.Any.Sample(curve =>
        {
            var probability = Of(curve).Probability!.Value;

            return probability is >= 0 and <= 1 && (probability >= 1) == (curve.Pledged >= curve.Goal);
        });

    [Fact]
    public void Quantiles_are_ordered() =>
        Curves.Any.Sample(curve =>
        {
            var forecast = Of(curve);
            var (ratio, day) = (forecast.FinalRatio!.Value, forecast.ReachesGoalAt!.Value);

            Assert.InRange(ratio.P10, curve.Pledged / curve.Goal, ratio.P50);
            Assert.InRange(ratio.P50, ratio.P10, ratio.P90);
            Assert.True(day.P10 is not null || day.P50 is null);
            Assert.True(day.P50 is not null || day.P90 is null);
            Assert.True(!(day.P50 < day.P10) && !(day.P90 < day.P50));
            Assert.True(curve.Pledged >= curve.Goal || !(day.P10 < curve.ElapsedDays) && !(day.P90 > curve.PlannedDays));
        });

    [Fact]
    public void More_money_at_the_same_instant_never_lowers_the_probability() =>
        Gen.Select(Curves.Any, Gen.Double[0.01, 3_000]).Sample((curve, amount) =>
            Of(curve.WithMore(amount)).Probability >= Of(curve).Probability, iter: 2_000);

    [Fact]
    public void Time_without_a_gift_never_raises_the_probability() =>
        Gen.Select(Curves.Any, Gen.Double[0, 0.999]).Sample((curve, share) =>
            Of(curve.AfterSilence((curve.PlannedDays - curve.ElapsedDays) * share)).Probability <= Of(curve).Probability, iter: 2_000);

    [Fact]
    public void The_final_ratio_and_the_day_agree_with_the_probability() =>
        Curves.Any.Where(curve => curve.Pledged < curve.Goal).Sample(curve =>
        {
            var forecast = Of(curve);
            var probability = forecast.Probability!.Value;

            Assert.True(forecast.NothingMore <= 1 - probability + 1e-12);
            Agrees(forecast.FinalRatio!.Value.P10, 0.9);
            Agrees(forecast.FinalRatio.Value.P50, 0.5);
            Agrees(forecast.FinalRatio.Value.P90, 0.1);
            Assert.Equal(forecast.ReachesGoalAt!.Value.P10 is not null, probability >= 0.1);
            Assert.Equal(forecast.ReachesGoalAt.Value.P50 is not null, probability >= 0.5);
            Assert.Equal(forecast.ReachesGoalAt.Value.P90 is not null, probability >= 0.9);

            // That more than this share ends above the quantile, and the goal below it, means a probability above the share; and the other way round.
            void Agrees(double quantile, double above)
            {
                Assert.True(quantile <= 1 || probability > above - 1e-9);
                Assert.True(quantile >= 1 || probability <= above + 1e-9);
            }
        });

    [Fact]
    public void A_forecast_costs_a_few_kilobytes_however_long_the_campaign_has_run()
    {
        // Time itself is measured by the command "time", not by a test that shares its machine.
        var day = Curves.Plain with { ElapsedDays = 1, Days = Curves.Totals((400, 12)) };
        var year = Curves.Plain with { PlannedDays = 400, ElapsedDays = 365, Days = [.. Enumerable.Range(1, 365).Select(at => new DayTotal(at, at))], Pledged = 365, Gifts = 365 };

        Assert.InRange(Allocated(day), 1, 8_192);
        Assert.InRange(Allocated(year), 1, 8_192);

        static long Allocated(FundingCurve curve)
        {
            Assert.NotNull(Of(curve).Probability);
            var before = GC.GetAllocatedBytesForCurrentThread();
            Assert.NotNull(Of(curve).Probability);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    [Fact]
    public void The_reasons_add_up_to_the_models_log_odds() =>
        Gen.Select(Curves.Any.Where(curve => curve.Pledged < curve.Goal), Gen.Double[-2, 2]).Sample((curve, shift) =>
        {
            var platform = new PlatformFit(shift, null);
            var why = Why.Of(Model, curve, platform)!;
            var sum = why.Average + why.Entries.Where(entry => entry.Feature != Why.Platform).Sum(entry => entry.Effect);
            var calibrated = Model.Calibration.Of(sum) + why.Entries.Where(entry => entry.Feature == Why.Platform).Sum(entry => entry.Effect);

            Assert.Equal(Forecast.Of(Model, curve, platform).Probability!.Value, 1 / (1 + Math.Exp(-calibrated)), 1e-9);
        }, iter: 300);

    [Fact]
    public void A_strong_start_is_likelier_than_a_weak_one()
    {
        var strong = Curves.Plain with { ElapsedDays = 2, Pledged = 700, Gifts = 20, Days = Curves.Totals((500, 14), (700, 20)) };
        var weak = Curves.Plain with { ElapsedDays = 20, Pledged = 20, Gifts = 1, Days = [.. Enumerable.Repeat(new DayTotal(20, 1), 20)] };

        Assert.True(Of(strong).Probability > 0.7);
        Assert.True(Of(weak).Probability < 0.1);
    }

    private static Forecast Of(FundingCurve curve) => Forecast.Of(Model, curve, PlatformFit.None);
}

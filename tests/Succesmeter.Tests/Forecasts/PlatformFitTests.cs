using Succesmeter.Forecasts;
using Succesmeter.Tests.Features;

namespace Succesmeter.Tests.Forecasts;

public sealed class PlatformFitTests
{
    private static readonly ForecastModel Model = SomeModel.Model;

    [Fact]
    public void Of_a_platform_of_which_nothing_is_known_nothing_moves()
    {
        var fit = PlatformFit.Of(Model, null, []);

        Assert.Equal(0, fit.Shift);
        Assert.Equal(Model.BaseRateOf(Curves.Plain), fit.BaseRateOf(Model, Curves.Plain));
    }

    [Fact]
    public void A_prior_moves_the_shift_towards_the_platforms_odds_by_less_than_the_whole()
    {
        // The model's base rate at launch is one half, so the platform's odds are 35 to 3 against 1 to 1.
        var fit = PlatformFit.Of(Model, PlatformPrior.Growfunding, []);

        Assert.InRange(fit.Shift, 0.2, Math.Log(35.0 / 3) / 2);
        Assert.Equal(35.0 / 38, At(fit, 0).Share, 9);
        Assert.Equal(38, At(fit, 0).N);
        Assert.Equal(0, fit.OwnOutcomesAt(0));
    }

    [Fact]
    public void The_prior_and_the_own_outcomes_are_weighed_by_their_numbers()
    {
        var fit = PlatformFit.Of(Model, new PlatformPrior(0.9, 30), [.. Enumerable.Repeat(new PlatformOutcome(null, []), 10)]);

        Assert.Equal(0.9 * 30 / 40, At(fit, 0).Share, 12);
        Assert.Equal((40, 10), (At(fit, 0).N, fit.OwnOutcomesAt(0)));
    }

    [Fact]
    public void Outcomes_that_the_model_foresaw_leave_the_shift_where_it_was()
    {
        PlatformOutcome[] fair = [Outcome(0, true), Outcome(0, false)];

        Assert.Equal(0, PlatformFit.Of(Model, null, fair).Shift, 9);
    }

    [Fact]
    public void The_shift_is_worked_out_by_hand()
    {
        // One success at even odds: p − 1 + shift / ¼ = 0 with p = σ(shift), that is σ(s) + 4 s = 1; s ≈ 0.1177.
        var shift = PlatformFit.Of(Model, null, [Outcome(0, true)]).Shift;

        Assert.Equal(1, (1 / (1 + Math.Exp(-shift))) + (4 * shift), 9);
    }

    [Fact]
    public void Many_outcomes_overrule_the_spread_of_platforms() =>
        Assert.Equal(1, PlatformFit.Of(Model, null, [.. Enumerable.Range(0, 20_000).Select(at => Outcome(0, at % 1_000 < 731))]).Shift, 2);

    [Fact]
    public void A_campaign_scored_often_counts_once()
    {
        var once = PlatformFit.Of(Model, null, [Outcome(0.3, true)]).Shift;
        var often = PlatformFit.Of(Model, null, [new PlatformOutcome(0.5, [new(0, 0.3), new(0.1, 0.3), new(0.2, 0.3)])]).Shift;

        Assert.Equal(once, often, 9);
    }

    [Fact]
    public void More_successes_never_lower_the_shift_and_it_stays_finite_when_all_succeed() =>
        Gen.Select(Gen.Double[-4, 4].Array[1, 30], Gen.Int[0, 29]).Sample((logOdds, flip) =>
        {
            PlatformOutcome[] none = [.. logOdds.Select(x => Outcome(x, false))];
            PlatformOutcome[] one = [.. logOdds.Select((x, at) => Outcome(x, at == flip % logOdds.Length))];
            PlatformOutcome[] all = [.. logOdds.Select(x => Outcome(x, true))];
            var (low, middle, high) = (PlatformFit.Of(Model, null, none).Shift, PlatformFit.Of(Model, null, one).Shift, PlatformFit.Of(Model, null, all).Shift);

            return low <= middle && middle <= high && double.IsFinite(high) && double.IsFinite(low);
        });

    private static PlatformOutcome Outcome(double logOdds, bool reached) => new(reached ? 0.5 : null, [new(0, logOdds)]);

    private static BaseRate At(PlatformFit fit, double days) => fit.BaseRateOf(Model, Curves.Plain with { AllOrNothing = true, ElapsedDays = days });
}

using Succesmeter.Forecasts;

namespace Succesmeter.Tests.Forecasts;

public sealed class DriftTests
{
    [Fact]
    public void The_statistic_is_worked_out_by_hand()
    {
        // p = 0.8, 40 campaigns, 24 succeed: plain (24 − 32) / √(40 × 0.16) = −3.162; sharp is the same with the sign turned.
        var drift = Drift.Of(Said(0.8, 40, 24)).All;

        Assert.Equal(8 / Math.Sqrt(6.4), Math.Abs(drift.Z!.Value), 9);
        Assert.True(drift.Drifts);
        Assert.Equal((0.8, 0.6), (Math.Round(drift.Forecast!.Value, 12), drift.Happened!.Value));
    }

    [Fact]
    public void A_shift_at_even_odds_is_seen_too() => Assert.True(Drift.Of(Said(0.5, 40, 36)).All.Drifts);

    [Fact]
    public void Probabilities_that_are_too_timid_on_both_sides_are_seen_though_their_mean_is_right() =>
        Assert.True(Drift.Of([.. Said(0.7, 100, 95), .. Said(0.3, 100, 5)]).All.Drifts);

    [Fact]
    public void What_comes_true_as_often_as_said_does_not_drift() => Assert.False(Drift.Of(Said(0.8, 40, 31)).All.Drifts);

    [Fact]
    public void Nineteen_campaigns_prove_nothing() => Assert.False(Drift.Of(Said(0.8, 19, 0)).All.Drifts);

    [Fact]
    public void Shown_and_hidden_scores_are_looked_at_apart()
    {
        var (_, shown, hidden) = Drift.Of([.. Said(0.8, 40, 24), .. Said(0.8, 40, 32).Select(x => (x.Probability, x.Happened, false))]);

        Assert.True(shown.Drifts);
        Assert.False(hidden.Drifts);
    }

    [Fact]
    public void Without_campaigns_nothing_is_known() => Assert.Equal(new Drift(0, null, null, null, false), Drift.Of([]).All);

    private static (double Probability, bool Happened, bool Shown)[] Said(double probability, int n, int successes) =>
        [.. Enumerable.Range(0, n).Select(at => (probability, at < successes, true))];
}

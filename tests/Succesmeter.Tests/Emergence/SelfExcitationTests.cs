using Succesmeter.Emergence;

namespace Succesmeter.Tests.Emergence;

public sealed class SelfExcitationTests
{
    [Theory]
    [InlineData(1, 1.5, 0, 2)]
    [InlineData(2, 3, 0.3, 2)]
    [InlineData(3, 2, 0.6, 1)]
    [InlineData(4, 2, 0.6, 8)]
    [InlineData(5, 1, 0.8, 4)]
    [InlineData(6, 6, 0.4, 4)]
    public void A_dozen_evaluations_find_what_a_dense_lattice_finds(int seed, double perDay, double ratio, double halfLife)
    {
        var timeline = Crowds.At(Crowds.Hours(seed, perDay, ratio, halfLife));
        var arrivals = Arrivals.Of(timeline);
        var background = Background.Of(timeline, arrivals.Count);
        var found = new SelfExcitation(arrivals, background).RatioIfDaysAreEven();

        var likelihood = new MarginalLikelihood(arrivals, background, [null]);
        var none = likelihood.At(0, 0);
        var best = none;
        for (var hours = 0.5; hours <= 36; hours *= 1.25)
        {
            likelihood.Use(hours);
            for (var at = 0.03; at <= 1; at += 0.03)
            {
                // The second climb starts where the first ended; half-lives have a normal prior of log 3 ± 1.2.
                likelihood.At(at, 0);
                best = Math.Max(best, likelihood.At(at, 0) - (Math.Pow(Math.Log(hours / 3) / 1.2, 2) / 2));
            }
        }

        // The threshold is about ten; docs/emergence.md promises half a unit.
        Assert.Equal(2 * (best - none), found, 0.5);
    }
}

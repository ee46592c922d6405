using Succesmeter.Social;

namespace Succesmeter.Tests.Social;

public sealed class JeffreysIntervalTests
{
    [Theory]
    [InlineData(0.3, 1, 4)]
    [InlineData(0.9, 1, 0.5)]
    [InlineData(0.01, 1, 250)]
    public void With_one_on_the_left_the_distribution_is_a_power(double x, double a, double b) =>
        Assert.Equal(1 - Math.Pow(1 - x, b), JeffreysInterval.Cumulative(x, a, b), 10);

    [Fact]
    public void With_two_halves_it_is_the_arcsine_law() =>
        Assert.Equal(2 / Math.PI * Math.Asin(Math.Sqrt(0.2)), JeffreysInterval.Cumulative(0.2, 0.5, 0.5), 10);

    [Theory]
    [InlineData(1, 0)]
    [InlineData(5, 3.1780538303479458)]
    [InlineData(0.5, 0.57236494292470008)]
    public void The_logarithm_of_gamma_is_that_of_factorials_and_of_the_root_of_pi(double x, double expected) =>
        Assert.Equal(expected, JeffreysInterval.LogGamma(x), 11);

    [Fact]
    public void Five_per_cent_lie_beyond_either_end() =>
        Gen.Select(Gen.Double[0, 1], Gen.Double[1, 5000]).Where((share, n) => share * n > 0.01 && (1 - share) * n > 0.01).Sample((share, n) =>
        {
            var k = share * n;
            var (low, high) = JeffreysInterval.Of(k, n);
            return Math.Abs(JeffreysInterval.Cumulative(low, k + 0.5, n - k + 0.5) - 0.05) < 1e-6
                && Math.Abs(JeffreysInterval.Cumulative(high, k + 0.5, n - k + 0.5) - 0.95) < 1e-6;
        });

    [Fact]
    public void What_never_happened_may_never_happen_and_what_always_did_may_always()
    {
        Assert.Equal(0, JeffreysInterval.Of(0, 30).Low);
        Assert.Equal(1, JeffreysInterval.Of(30, 30).High);
    }
}

using Succesmeter.Emergence;

namespace Succesmeter.Tests.Emergence;

public sealed class CountedGiftsTests
{
    private static readonly CountedGifts Counted = Of(Crowds.At(1, 2, 3), halfLifeHours: 2);

    [Fact]
    public void Without_followers_counts_vary_as_chance_does() =>
        // What earlier gifts left, x, fades: μΔ + x(1 − e^(−βΔ))/β with β = ln 2 / 2.
        Assert.Equal((3 * 6) + (2 * (1 - Math.Pow(2, -3)) / (Math.Log(2) / 2)), Counted.Variance(0, 3, 2, 6), 0.05);

    [Fact]
    public void Over_a_long_time_counts_vary_by_the_square_of_a_cascade()
    {
        // Var/mean → 1/(1−n)² (Hawkes 1971). Means over 400 hours: 1/(1−n) a unit of background.
        var hours = 400.0;
        Assert.InRange(Counted.Variance(0.5, 3, 3, hours) / (3 * hours / 0.5), 3.6, 4.1);
    }

    [Fact]
    public void A_count_has_the_mean_and_the_variance_it_was_given() =>
        Gen.Select(Gen.Double[0.1, 20], Gen.Double[1, 5]).Sample((mean, over) =>
        {
            var chances = Enumerable.Range(0, 1500).Select(count => Math.Exp(CountedGifts.NegativeBinomial(count, mean, mean * over))).ToArray();
            Assert.Equal(1, chances.Sum(), 1e-6);
            Assert.Equal(mean, chances.Select((chance, count) => chance * count).Sum(), 1e-4);
            Assert.Equal(mean * over, chances.Select((chance, count) => chance * (count - mean) * (count - mean)).Sum(), 0.01);
        });

    [Fact]
    public void Counts_that_come_evenly_bound_the_ratio_and_cascades_do_not()
    {
        var even = Of(Crowds.At(Enumerable.Range(0, 400).Select(static i => i * 2.4)), halfLifeHours: 6).UpperBound();
        var cascades = Of(Crowds.At(Crowds.Hours(seed: 4, perDay: 3, ratio: 0.8, halfLifeHours: 6)), halfLifeHours: 6).UpperBound();
        Assert.InRange(even, 0, 0.3);
        Assert.InRange(cascades, 0.7, 1);
    }

    private static CountedGifts Of(GiftTimeline timeline, double halfLifeHours)
    {
        var arrivals = Arrivals.Of(timeline);
        return new CountedGifts(arrivals, Background.InSpansOf(6, timeline, arrivals.Count), halfLifeHours);
    }
}

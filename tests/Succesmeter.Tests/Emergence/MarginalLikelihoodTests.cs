using Succesmeter.Emergence;

namespace Succesmeter.Tests.Emergence;

public sealed class MarginalLikelihoodTests
{
    [Fact]
    public void Three_gifts_by_hand()
    {
        // One gift an hour comes by itself, half a follower each, half-life one hour (β = ln 2); watched for 960 hours, gifts at 1, 2 and 4.
        // Rates: 1; 1 + ½β·2⁻¹; 1 + ½β·(2⁻³ + 2⁻²). Of the three kernels all but 2⁻⁹⁵⁶ lies within the watch.
        var beta = Math.Log(2);
        var expected = Math.Log(1 + (beta / 4)) + Math.Log(1 + (beta * 3 / 16)) - 960 - 1.5;

        Assert.Equal(expected, WithoutPrior([1, 2, 4], level: 0, ratio: 0.5, halfLife: 1), 9);
    }

    [Fact]
    public void It_is_what_all_pairs_of_gifts_and_every_minute_of_the_background_give() =>
        Gen.Select(Gen.Double[0, 960].Array[1, 40], Gen.Double[0, 1], Gen.Double[0.5, 30], Gen.Double[-1, 1].Array[40]).Sample(
            (hours, ratio, halfLife, bends) =>
            {
                var (likelihood, background, arrivals) = Of(hours);
                likelihood.Use(halfLife);
                var terms = background.PriorMean.Select((mean, term) => mean + bends[term]).ToArray();
                var days = new double[background.Spans];
                var value = likelihood.Joint(terms, days, ratio, null, withGradient: false) - Prior(background, terms);

                var beta = Math.Log(2) / halfLife;
                var brute = 0.0;
                foreach (var at in arrivals.Instants)
                    brute += Math.Log(Rate(background, terms, at) + arrivals.Instants.Where(before => before < at).Sum(before => ratio * beta * Math.Exp(-beta * (at - before))));
                for (var span = 0; span < background.Spans; span++)
                    brute -= Rate(background, terms, background.Edges[span]) * (background.Edges[span + 1] - background.Edges[span]);
                brute -= arrivals.Instants.Sum(at => ratio * (1 - Math.Exp(-beta * (960 - at))));
                Assert.Equal(brute, value, 1e-9 * (1 + Math.Abs(brute)));
            },
            iter: 30);

    [Fact]
    public void The_gradient_is_what_small_steps_show() =>
        Gen.Select(Gen.Double[0, 960].Array[3, 40], Gen.Double[0.05, 0.9], Gen.Double[-0.5, 0.5].Array[400]).Sample(
            (hours, ratio, bends) =>
            {
                var (likelihood, background, _) = Of(hours);
                var uneven = new UnevenDays(background, 0.5);
                likelihood.Use(5);
                var terms = background.PriorMean.Select((mean, term) => mean + bends[term]).ToArray();
                double[] days = [.. Enumerable.Range(0, background.Spans).Select(span => bends[span % bends.Length])];
                likelihood.Joint(terms, days, ratio, uneven, withGradient: true);
                var (byTerm, byDay, byRatio) = (likelihood.TermGradient.ToArray(), likelihood.DayGradient.ToArray(), likelihood.RatioGradient);

                for (var term = 0; term < terms.Length; term++)
                    Near(byTerm[term], Slope(x => likelihood.Joint(With(terms, term, x), days, ratio, uneven, false)));
                foreach (var day in new[] { 0, 1, background.Spans / 2, background.Spans - 1 })
                    Near(byDay[day], Slope(x => likelihood.Joint(terms, With(days, day, x), ratio, uneven, false)));
                Near(byRatio, Slope(x => likelihood.Joint(terms, days, ratio + x, uneven, false)));
            },
            iter: 10);

    [Fact]
    public void At_the_likeliest_background_no_term_wants_to_move()
    {
        var (likelihood, _, _) = Of([.. Crowds.Hours(seed: 1, perDay: 4, ratio: 0.4)]);
        likelihood.Use(2);
        likelihood.At(0.4, spread: 0);
        foreach (var slope in likelihood.TermGradient)
            Assert.InRange(slope, -0.5, 0.5);
    }

    [Fact]
    public void Without_followers_the_half_life_does_not_matter()
    {
        var (likelihood, _, _) = Of([.. Crowds.Hours(seed: 2, perDay: 3, ratio: 0)]);
        likelihood.Use(1);
        var one = likelihood.At(0, 0);
        likelihood.Use(20);
        Assert.Equal(one, likelihood.At(0, 0));
    }

    [Fact]
    public void By_the_clock_of_its_own_rate_gifts_come_at_random_and_by_a_clock_without_followers_they_do_not()
    {
        var hours = Crowds.Hours(seed: 3, perDay: 20, ratio: 0.6);
        var (likelihood, _, _) = Of([.. hours]);
        likelihood.Use(2);
        likelihood.At(0.6, 0);
        var right = likelihood.RescaledGaps(0.6);
        likelihood.At(0, 0);
        var wrong = likelihood.RescaledGaps(0);

        // Kolmogorov–Smirnov against the standard exponential: 1.36 is the 5 % point.
        Assert.Equal(1, right.Average(), 0.05);
        Assert.InRange(Distance(right) * Math.Sqrt(right.Length), 0, 1.36);
        Assert.InRange(Distance(wrong) * Math.Sqrt(wrong.Length), 3, 100);
    }

    [Fact]
    public void One_climb_from_afar_tells_what_many_do()
    {
        // Each further climb begins at the background that the last one found.
        var (likelihood, _, _) = Of([.. Crowds.Hours(seed: 4, perDay: 5, ratio: 0.5)]);
        foreach (var (halfLife, ratio) in new[] { (3.0, 0.3), (3.0, 0.6), (12.0, 0.9), (1.0, 0.1), (6.0, 0.5) })
        {
            likelihood.Use(halfLife);
            var once = likelihood.Read(ratio, 0);
            for (var again = 0; again < 4; again++)
                likelihood.Read(ratio, 0);
            var often = likelihood.Read(ratio, 0);
            Assert.Equal(often.Value, once.Value, 0.15);
            Assert.Equal(often.Slope, once.Slope, 0.02 * (10 + Math.Abs(often.Slope)));
        }
    }

    [Fact]
    public void The_slope_over_the_ratio_is_what_two_ratios_show()
    {
        var (likelihood, _, _) = Of([.. Crowds.Hours(seed: 4, perDay: 5, ratio: 0.5)]);
        likelihood.Use(2);
        var (low, high) = (Still(0.4), Still(0.42));
        Assert.Equal((high.Joint - low.Joint) / 0.02, (low.Slope + high.Slope) / 2, 0.05);

        Reading Still(double ratio)
        {
            for (var again = 0; again < 4; again++)
                likelihood.Read(ratio, 0);
            return likelihood.Read(ratio, 0);
        }
    }

    private static double Distance(double[] gaps)
    {
        Array.Sort(gaps);
        return gaps.Select((gap, i) => Math.Max(Math.Abs(1 - Math.Exp(-gap) - ((double)i / gaps.Length)), Math.Abs(1 - Math.Exp(-gap) - ((i + 1.0) / gaps.Length)))).Max();
    }

    private static (MarginalLikelihood, Background, Arrivals) Of(double[] hours)
    {
        var timeline = Crowds.At(hours) with { Actions = [Crowds.Launch.AddDays(10)] };
        var arrivals = Arrivals.Of(timeline);
        var background = Background.Of(timeline, arrivals.Count);
        return (new MarginalLikelihood(arrivals, background, [null]), background, arrivals);
    }

    private static double WithoutPrior(double[] hours, double level, double ratio, double halfLife)
    {
        var (likelihood, background, _) = Of(hours);
        var terms = new double[background.Terms];
        terms[Enumerable.Range(0, background.Terms).Single(term => Enumerable.Range(0, background.Spans).All(span => background.Features[(span * background.Stride) + term] == 1))] = level;
        likelihood.Use(halfLife);
        return likelihood.Joint(terms, new double[background.Spans], ratio, null, withGradient: false) - Prior(background, terms);
    }

    private static double Prior(Background background, double[] terms) =>
        -terms.Select((value, term) => background.PriorPrecision[term] * Math.Pow(value - background.PriorMean[term], 2) / 2).Sum();

    private static double Rate(Background background, double[] terms, double at)
    {
        var span = Enumerable.Range(0, background.Spans).Last(span => background.Edges[span] <= at);
        return Math.Exp(terms.Select((value, term) => value * background.Features[(span * background.Stride) + term]).Sum());
    }

    private static double[] With(double[] values, int at, double added)
    {
        var changed = values.ToArray();
        changed[at] += added;
        return changed;
    }

    private static double Slope(Func<double, double> value) => (value(1e-5) - value(-1e-5)) / 2e-5;

    private static void Near(double gradient, double slope) => Assert.Equal(slope, gradient, 1e-3 * (1 + Math.Abs(slope)));
}

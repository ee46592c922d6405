using Succesmeter.Forecasts;
using Succesmeter.Learning.Evaluation;
using Succesmeter.Social;

namespace Succesmeter.Learning.Tests.Evaluation;

/// <summary>Every measure on numbers small enough for paper.</summary>
public sealed class MeasuresTests
{
    [Fact]
    public void The_C_index_counts_pairs_in_which_the_earlier_one_succeeded_and_ties_by_half()
    {
        // Times 1 (success), 2 (failure), 3 (success), 4 (failure). Pairs: (1,2) (1,3) (1,4) (3,4); the failure at 2 is followed no further.
        double[] times = [1, 2, 3, 4];
        bool[] succeeded = [true, false, true, false];

        Assert.Equal(1, Concordance.Of([4, 3, 2, 1], times, succeeded));
        Assert.Equal(0, Concordance.Of([1, 2, 3, 4], times, succeeded));
        Assert.Equal(0.5, Concordance.Of([7, 7, 7, 7], times, succeeded));
        Assert.Equal((1 + 1 + 0.5 + 1) / 4, Concordance.Of([4, 3, 4, 1], times, succeeded));
    }

    [Fact]
    public void Equal_times_are_no_pair() => Assert.True(double.IsNaN(Concordance.Of([1, 2], [5, 5], [true, false])));

    [Fact]
    public void A_difference_of_C_is_the_difference_of_the_two_and_its_interval_holds_the_truth_of_many_samples()
    {
        var held = 0;
        for (var sample = 0; sample < 200; sample++)
        {
            // Times fall with x; the first score sees x through little noise, the second through much. Truth from a large sample.
            var (first, second, times, succeeded) = Sample(sample, 120);
            var difference = Concordance.Difference(first, second, times, succeeded);
            Assert.Equal(Concordance.Of(first, times, succeeded) - Concordance.Of(second, times, succeeded), difference.Value, 12);
            held += difference.Low <= Truth.Value && Truth.Value <= difference.High ? 1 : 0;
        }

        Assert.InRange(held, 180, 200);
    }

    private static readonly Lazy<double> Truth = new(() =>
    {
        var (first, second, times, succeeded) = Sample(-1, 4_000);
        return Concordance.Difference(first, second, times, succeeded).Value;
    });

    [Fact]
    public void The_area_under_the_curve_counts_successes_above_failures()
    {
        Assert.Equal(0.75, ProbabilityMeasures.AreaUnderCurve([0.9, 0.4, 0.6, 0.1], [true, true, false, false]));
        Assert.Equal(0.5, ProbabilityMeasures.AreaUnderCurve([0.3, 0.3], [true, false]));
        Assert.True(double.IsNaN(ProbabilityMeasures.AreaUnderCurve([0.3], [true])));
    }

    [Fact]
    public void Brier_and_its_skill_are_worked_out_by_hand()
    {
        double[] said = [0.9, 0.2, 0.6, 0.5];
        bool[] happened = [true, false, false, true];

        Assert.Equal((0.01 + 0.04 + 0.36 + 0.25) / 4, ProbabilityMeasures.Brier(said, happened), 12);
        Assert.Equal(1 - (0.165 / 0.25), ProbabilityMeasures.BrierSkill(said, happened), 12);
        Assert.Equal(0.75, ProbabilityMeasures.Accuracy(said, happened));
        Assert.True(double.IsNaN(ProbabilityMeasures.BrierSkill([0.5], [true])));
    }

    [Fact]
    public void A_paired_difference_of_skills_is_their_difference()
    {
        double[] first = [0.9, 0.2, 0.6, 0.5];
        double[] second = [0.6, 0.4, 0.5, 0.5];
        bool[] happened = [true, false, false, true];
        var difference = ProbabilityMeasures.BrierSkillDifference(first, second, happened);

        Assert.Equal(ProbabilityMeasures.BrierSkill(first, happened) - ProbabilityMeasures.BrierSkill(second, happened), difference.Value, 12);
        // Row differences 0.15, 0.12, −0.11, 0: mean 0.04, standard deviation √0.0142, over √4, over 0.25.
        Assert.Equal(1.959963984540054 * Math.Sqrt(((0.11 * 0.11) + (0.08 * 0.08) + (0.15 * 0.15) + (0.04 * 0.04)) / 3 / 4) / 0.25, difference.High - difference.Value, 9);
    }

    [Fact]
    public void The_calibration_error_weighs_ten_bins_by_their_rows()
    {
        // Bin 0.1–0.2: said 0.15, none of two. Bin 0.9–1: said 0.95 and 1.0, one of two.
        Assert.Equal((0.5 * 0.15) + (0.5 * 0.475), ProbabilityMeasures.CalibrationError([0.15, 0.15, 0.95, 1.0], [false, false, true, false]), 12);
    }

    [Fact]
    public void The_distance_from_uniform_is_the_largest_step()
    {
        Assert.Equal(0.5, DistributionMeasures.DistanceFromUniform([0.5]), 12);
        Assert.Equal(0.4, DistributionMeasures.DistanceFromUniform([0.4, 0.5, 0.9]), 12);
        Assert.Equal(0.1, DistributionMeasures.DistanceFromUniform([0.1, 0.3, 0.5, 0.7, 0.9]), 12);
    }

    [Fact]
    public void Its_p_value_is_Kolmogorovs()
    {
        // The tabulated 5 % point of the asymptotic distribution is 1.358.
        Assert.Equal(0.05, DistributionMeasures.UniformP(1.358 / Math.Sqrt(1e8), 100_000_000), 3);
        Assert.Equal(1, DistributionMeasures.UniformP(0.001, 100));
        Assert.True(DistributionMeasures.UniformP(0.5, 100) < 1e-9);
    }

    [Fact]
    public void A_randomised_transform_of_a_right_distribution_is_uniform_in_spite_of_its_atom()
    {
        var dice = new Random(4);
        var values = new double[5_000];
        for (var at = 0; at < values.Length; at++)
        {
            // Three in ten stay at the atom; the rest are uniform above it.
            var (below, atMost) = dice.NextDouble() < 0.3 ? (0, 0.3) : Twice(0.3 + (0.7 * dice.NextDouble()));
            values[at] = DistributionMeasures.Transform(below, atMost, dice.NextDouble());
        }

        Assert.True(DistributionMeasures.UniformP(DistributionMeasures.DistanceFromUniform(values), values.Length) > 0.01);

        static (double, double) Twice(double value) => (value, value);
    }

    [Theory]
    [InlineData(0.1, 2, 3, 0.1)]
    [InlineData(0.1, 2, 1, 0.9)]
    [InlineData(0.5, 2, 4, 1)]
    public void The_pinball_loss_leans_by_its_share(double share, double quantile, double value, double loss) =>
        Assert.Equal(loss, DistributionMeasures.Pinball(quantile, share, value), 12);

    [Fact]
    public void Ranks_of_equal_values_are_shared() => Assert.Equal([1, 2.5, 2.5, 4], RankCorrelation.Ranks([10, 20, 20, 30]));

    [Fact]
    public void Spearman_sees_order_alone()
    {
        Assert.Equal(1, RankCorrelation.Of([1, 2, 3, 4], [1, 10, 100, 1000]), 12);
        Assert.Equal(0.8, RankCorrelation.Of([1, 2, 3, 4], [2, 1, 3, 4]), 12);
    }

    [Fact]
    public void What_follows_from_the_known_is_no_correlation_beyond_it()
    {
        var dice = new Random(6);
        double[] known = [.. Enumerable.Range(0, 4_000).Select(_ => dice.NextDouble())];
        double[] one = [.. known.Select(x => x + (0.1 * dice.NextDouble()))];
        double[] other = [.. known.Select(x => x + (0.1 * dice.NextDouble()))];

        Assert.True(RankCorrelation.Of(one, other) > 0.95);
        Assert.InRange(RankCorrelation.Partial(one, other, [known]), -0.1, 0.1);
    }

    [Fact]
    public void A_line_has_the_names_that_were_asked_for_and_its_baseline_beside_it()
    {
        JudgedRow[] rows = [Row(true, 0.8, 1.2), Row(false, 0.3, 0.4)];
        var json = EvaluationLine.Of("kickstarter-2014", "clean", "day1", "m", "b", rows).AsJson();

        foreach (var name in new[] { "dataset", "cut", "instant", "n", "cIndex", "auc", "accuracy", "brier", "brierSkill", "ece", "pitKs", "pinball", "coverage80", "spearmanBackers", "spearmanComments", "baseline", "difference" })
            Assert.Contains($"\"{name}\":", json, StringComparison.Ordinal);
        Assert.Contains("\"cIndex\":null", json, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', json);
    }

    private static JudgedRow Row(bool happened, double probability, double ratio) => new()
    {
        Happened = happened,
        Probability = probability,
        BaselineProbability = 0.5,
        FinalRatio = ratio,
        Transform = 0.5,
        Ratio = new Quantiles(0.1, 0.5, 1.5),
        BaselineRatio = new Quantiles(0.2, 0.6, 1.6),
        NothingMore = 0.05,
    };

    private static (double[] First, double[] Second, double[] Times, bool[] Succeeded) Sample(int seed, int n)
    {
        var dice = new Random(seed);
        var (first, second, times, succeeded) = (new double[n], new double[n], new double[n], new bool[n]);
        for (var at = 0; at < n; at++)
        {
            var x = dice.NextDouble();
            first[at] = x + (0.3 * dice.NextDouble());
            second[at] = x + dice.NextDouble();
            times[at] = 1 - x + (0.5 * dice.NextDouble());
            succeeded[at] = dice.NextDouble() < 0.6;
        }

        return (first, second, times, succeeded);
    }
}

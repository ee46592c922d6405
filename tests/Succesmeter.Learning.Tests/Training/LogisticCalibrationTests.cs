using Succesmeter.Forecasts;
using Succesmeter.Learning.Training;

namespace Succesmeter.Learning.Tests.Training;

public sealed class LogisticCalibrationTests
{
    [Fact]
    public void Answers_that_are_right_stay_as_they_are()
    {
        var calibration = LogisticCalibration.Of(Answered(intercept: 0, slope: 1));

        Assert.Equal(0, calibration.Intercept, 1);
        Assert.Equal(1, calibration.Slope, 1);
    }

    [Fact]
    public void Answers_that_are_too_bold_and_too_hopeful_are_mended()
    {
        var calibration = LogisticCalibration.Of(Answered(intercept: -0.5, slope: 0.6));

        Assert.Equal(-0.5, calibration.Intercept, 1);
        Assert.Equal(0.6, calibration.Slope, 1);
    }

    [Fact]
    public void Answers_that_all_came_true_give_finite_numbers()
    {
        var calibration = LogisticCalibration.Of([(1, true), (2, true)]);

        Assert.True(double.IsFinite(calibration.Intercept) && calibration.Slope > 0);
    }

    /// <summary>Ten thousand answers of which the truth follows the given line.</summary>
    private static List<(double LogOdds, bool Met)> Answered(double intercept, double slope)
    {
        var dice = new Random(3);
        return [.. Enumerable.Range(0, 10_000).Select(_ => (dice.NextDouble() * 6) - 3)
            .Select(logOdds => (logOdds, dice.NextDouble() < Answers.Sigmoid(intercept + (slope * logOdds))))];
    }
}

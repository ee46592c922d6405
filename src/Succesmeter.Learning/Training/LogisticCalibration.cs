using Succesmeter.Forecasts;

namespace Succesmeter.Learning.Training;

/// <summary>Platt's calibration (1999) by Newton's method: the straight line in log-odds that makes held-out answers most likely.</summary>
internal static class LogisticCalibration
{
    private const int MostSteps = 50;

    /// <remarks>
    /// A weak pull towards slope 1 and intercept 0 (as strong as one observation) keeps it finite where all answers are alike.
    /// </remarks>
    public static Calibration Of(IReadOnlyCollection<(double LogOdds, bool Met)> answers)
    {
        double intercept = 0, slope = 1;
        for (var step = 0; step < MostSteps; step++)
        {
            double g0 = intercept, g1 = slope - 1, h00 = 1, h01 = 0, h11 = 1;
            foreach (var (logOdds, met) in answers)
            {
                var p = Answers.Sigmoid(intercept + (slope * logOdds));
                var error = p - (met ? 1 : 0);
                var weight = p * (1 - p);
                g0 += error;
                g1 += error * logOdds;
                h00 += weight;
                h01 += weight * logOdds;
                h11 += weight * logOdds * logOdds;
            }

            var determinant = (h00 * h11) - (h01 * h01);
            var (d0, d1) = (((h11 * g0) - (h01 * g1)) / determinant, ((h00 * g1) - (h01 * g0)) / determinant);
            intercept -= d0;
            slope = Math.Max(slope - d1, 0.05);
            if (Math.Abs(d0) + Math.Abs(d1) < 1e-12)
                break;
        }

        return new Calibration(intercept, slope);
    }
}

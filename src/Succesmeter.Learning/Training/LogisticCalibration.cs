using Succesmeter.Forecasts;

namespace Succesmeter.Learning.Training;

/// <summary>Platt's calibration (1999) by Newton's method: the straight line in log-odds that makes held-out answers most likely.</summary>
internal static class LogisticCalibration
{
    private const int MostSteps = 50;

    /// <remarks>
    /// A weak pull towards slope 1 and intercept 0 (as strong as one observation) keeps it finite where all answers are alike.
    /// </remarks>
    public static Calibration Of(IReadOnlyCollection<(double LogOdds, bool Met)> answers) => Of([.. answers.Select(static x => (x.LogOdds, x.Met, 0.0, 1.0))], pull: 1);

    /// <param name="answers">Each with an offset that is added whatever the line, and a weight.</param>
    /// <param name="pull">Towards slope 1 and intercept 0, in observations.</param>
    public static Calibration Of(IReadOnlyCollection<(double LogOdds, bool Met, double Offset, double Weight)> answers, double pull)
    {
        double intercept = 0, slope = 1;
        for (var step = 0; step < MostSteps; step++)
        {
            double g0 = pull * intercept, g1 = pull * (slope - 1), h00 = pull, h01 = 0, h11 = pull;
            foreach (var (logOdds, met, offset, share) in answers)
            {
                var p = Answers.Sigmoid(intercept + (slope * logOdds) + offset);
                var error = share * (p - (met ? 1 : 0));
                var weight = share * p * (1 - p);
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

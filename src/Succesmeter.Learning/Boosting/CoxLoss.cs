namespace Succesmeter.Learning.Boosting;

/// <summary>
/// Cox's partial likelihood (1972) with Breslow's treatment of ties, as a loss for boosting: LightGBM has none. Failures are censored at their end.
/// </summary>
/// <remarks>
/// With e_i = exp(score), R(t) = Σ of e over those still at risk at t and d(t) the successes at t:
/// gradient = e_i Σ_{t ≤ T_i} d/R − success_i; hessian = e_i Σ d/R − e_i² Σ d/R². Times are whole days, so both sums are tables by day.
/// </remarks>
internal sealed class CoxLoss
{
    private readonly int[] days;
    private readonly bool[] succeeded;
    private readonly double[] successes;

    public CoxLoss(IReadOnlyList<double> times, IReadOnlyList<bool> succeeded)
    {
        days = [.. times.Select(static time => (int)Math.Round(time))];
        this.succeeded = [.. succeeded];
        successes = new double[days.Max() + 1];
        for (var row = 0; row < days.Length; row++)
            successes[days[row]] += succeeded[row] ? 1 : 0;
    }

    public void Gradients(ReadOnlySpan<double> scores, Span<float> gradient, Span<float> hessian)
    {
        var atRisk = new double[successes.Length];
        for (var row = 0; row < days.Length; row++)
            atRisk[days[row]] += Math.Exp(scores[row]);
        for (var day = atRisk.Length - 2; day >= 0; day--)
            atRisk[day] += atRisk[day + 1];

        var (first, second) = (new double[atRisk.Length], new double[atRisk.Length]);
        double sum = 0, squares = 0;
        for (var day = 0; day < atRisk.Length; day++)
        {
            if (successes[day] > 0)
            {
                sum += successes[day] / atRisk[day];
                squares += successes[day] / (atRisk[day] * atRisk[day]);
            }

            (first[day], second[day]) = (sum, squares);
        }

        // A hessian of nothing would let a leaf run away.
        const double LeastHessian = 1e-6;
        for (var row = 0; row < days.Length; row++)
        {
            var e = Math.Exp(scores[row]);
            gradient[row] = (float)((e * first[days[row]]) - (succeeded[row] ? 1 : 0));
            hessian[row] = (float)Math.Max((e * first[days[row]]) - (e * e * second[days[row]]), LeastHessian);
        }
    }
}

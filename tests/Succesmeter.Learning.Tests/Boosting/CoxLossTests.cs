using Succesmeter.Learning.Boosting;

namespace Succesmeter.Learning.Tests.Boosting;

public sealed class CoxLossTests
{
    [Fact]
    public void At_even_scores_the_gradient_is_the_expected_successes_minus_the_seen_ones()
    {
        // Success at 1 among three, failure at 2, success at 3 alone: expected 1/3, 1/3, 1/3 + 1.
        var (gradient, hessian) = At([0, 0, 0]);

        Assert.Equal([(float)(1.0 / 3) - 1, (float)(1.0 / 3), (float)(1.0 / 3)], gradient.Select(x => (float)Math.Round(x, 6)).ToArray(), (a, b) => Math.Abs(a - b) < 1e-5);
        Assert.Equal((1.0 / 3) - (1.0 / 9), hessian[0], 5);
    }

    [Fact]
    public void The_gradient_is_the_slope_of_minus_the_partial_likelihood() =>
        Gen.Double[-2, 2].Array[3].Sample(scores =>
        {
            var (gradient, _) = At(scores);
            for (var row = 0; row < 3; row++)
            {
                const double Step = 1e-5;
                var (up, down) = ((double[])scores.Clone(), (double[])scores.Clone());
                up[row] += Step;
                down[row] -= Step;
                Assert.Equal((Loss(up) - Loss(down)) / (2 * Step), gradient[row], 1e-4);
            }
        });

    private static double Loss(double[] s) =>
        -(s[0] - Math.Log(Math.Exp(s[0]) + Math.Exp(s[1]) + Math.Exp(s[2]))) - (s[2] - Math.Log(Math.Exp(s[2])));

    private static (float[] Gradient, float[] Hessian) At(double[] scores)
    {
        var (gradient, hessian) = (new float[3], new float[3]);
        new CoxLoss([1, 2, 3], [true, false, true]).Gradients(scores, gradient, hessian);
        return (gradient, hessian);
    }
}

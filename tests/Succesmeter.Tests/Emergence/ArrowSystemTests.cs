using Succesmeter.Emergence;

namespace Succesmeter.Tests.Emergence;

public sealed class ArrowSystemTests
{
    [Fact]
    public void It_solves_what_elimination_of_the_whole_matrix_solves() =>
        Gen.Select(Gen.Double[0.01, 3].Array[500], Gen.Double[-2, 2].Array[600]).Sample(
            (curvatures, gradients) =>
            {
                var timeline = Crowds.At(1, 50, 90) with { AsOf = Crowds.Launch.AddDays(4) };
                var background = Background.Of(timeline, 3);
                var uneven = new UnevenDays(background, 0.4);
                var (spans, terms) = (background.Spans, background.Terms);
                var curvature = curvatures[..spans];
                var spanStep = new double[spans];
                var termStep = new double[terms];
                Assert.True(new ArrowSystem(background).Solve(curvature, uneven, gradients.AsSpan(0, spans), gradients.AsSpan(spans, terms), spanStep, termStep, out _));

                // The whole matrix, times the solution, is the gradient.
                for (var row = 0; row < spans + terms; row++)
                    Assert.Equal(gradients[row], Enumerable.Range(0, spans + terms).Sum(column => Entry(row, column) * (column < spans ? spanStep[column] : termStep[column - spans])), 1e-6);

                double Entry(int row, int column)
                {
                    if (row > column)
                        return Entry(column, row);
                    var (one, other) = (row - spans, column - spans);
                    if (other < 0)
                        return row == column ? uneven.Diagonal[row] + curvature[row] : column == row + 1 ? uneven.OffDiagonal[row] : 0;
                    if (one < 0)
                        return curvature[row] * Feature(row, other);
                    return (one == other ? background.PriorPrecision[one] : 0) + Enumerable.Range(0, spans).Sum(span => curvature[span] * Feature(span, one) * Feature(span, other));
                }

                double Feature(int span, int term) => background.Features[(span * background.Stride) + term];
            },
            iter: 10);

    [Fact]
    public void Uneven_days_fade_by_a_factor_e_a_day()
    {
        var background = Background.Of(Crowds.At(1) with { AsOf = Crowds.Launch.AddDays(3) }, 1);
        var uneven = new UnevenDays(background, 0.5);
        var middles = Enumerable.Range(0, background.Spans).Select(span => (background.Edges[span] + background.Edges[span + 1]) / 2).ToArray();
        var product = new double[background.Spans];
        for (var column = 0; column < background.Spans; column++)
        {
            // Precision times covariance is the unit matrix.
            double[] covariance = [.. middles.Select(middle => 0.25 * Math.Exp(-Math.Abs(middle - middles[column]) / 24))];
            uneven.Multiply(covariance, product);
            for (var row = 0; row < background.Spans; row++)
                Assert.Equal(row == column ? 1 : 0, product[row], 9);
        }
    }
}

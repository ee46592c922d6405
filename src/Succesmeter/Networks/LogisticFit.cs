using Succesmeter.Forecasts;

namespace Succesmeter.Networks;

/// <summary>Logistic models by Newton's method, with a weak pull to zero (as strong as one observation of unit size) that keeps them finite.</summary>
internal static class LogisticFit
{
    private const int MostSteps = 50;

    /// <summary>Of yes and no.</summary>
    public static LogisticModel Binary(IReadOnlyList<(double[] Features, bool Happened)> rows)
    {
        return Newton(rows[0].Features.Length, (weights, gradient, hessian) =>
        {
            var loss = 0.0;
            foreach (var (features, happened) in rows)
            {
                var score = Dot(weights, features);
                var p = Answers.Sigmoid(score);
                loss += Answers.LogLoss(score, happened);
                Add(gradient, features, p - (happened ? 1 : 0));
                AddSquare(hessian, features, p * (1 - p));
            }

            return loss;
        });
    }

    /// <summary>Conditional logit (McFadden 1974): which of several alternatives; the first one is what was chosen.</summary>
    /// <param name="choices">Features of the alternatives, one behind the other.</param>
    /// <param name="count">Features an alternative.</param>
    public static LogisticModel Conditional(IReadOnlyList<double[]> choices, int count)
    {
        return Newton(count, (weights, gradient, hessian) =>
        {
            var mean = new double[count];
            var loss = 0.0;
            foreach (var choice in choices)
            {
                var shares = Shares(weights, choice);
                Array.Clear(mean);
                for (var i = 0; i < shares.Length; i++)
                {
                    var features = choice.AsSpan(i * count, count);
                    Add(mean, features, shares[i]);
                    AddSquare(hessian, features, shares[i]);
                }

                loss -= Math.Log(Math.Max(shares[0], double.Epsilon));
                Add(gradient, mean, 1);
                Add(gradient, choice.AsSpan(0, count), -1);
                AddSquare(hessian, mean, -1);
            }

            return loss;
        });
    }

    /// <param name="sum">Adds gradient and Hessian of the loss at some weights, and returns the loss.</param>
    private static LogisticModel Newton(int count, Func<double[], double[], double[,], double> sum)
    {
        var weights = new double[count];
        var (loss, gradient, hessian) = At(weights);
        for (var step = 0; step < MostSteps; step++)
        {
            var move = Solved(hessian, gradient);

            // The loss is convex, but a whole step may overshoot it; half of a half in the end never does.
            for (var share = 1.0; ; share /= 2)
            {
                double[] tried = [.. weights.Select((weight, i) => weight - (share * move[i]))];
                var there = At(tried);
                if (there.Loss > loss && share > 1e-9)
                    continue;

                weights = tried;
                (loss, gradient, hessian) = there;
                break;
            }

            if (move.Sum(Math.Abs) < 1e-9)
                break;
        }

        return new LogisticModel(weights);

        (double Loss, double[] Gradient, double[,] Hessian) At(double[] at)
        {
            var g = at.AsSpan().ToArray();
            var h = new double[count, count];
            for (var i = 0; i < count; i++)
                h[i, i] = 1;
            return (sum(at, g, h) + (at.Sum(static weight => weight * weight) / 2), g, h);
        }
    }

    private static double[] Shares(double[] weights, double[] choice)
    {
        var shares = new double[choice.Length / weights.Length];
        for (var i = 0; i < shares.Length; i++)
            shares[i] = Dot(weights, choice.AsSpan(i * weights.Length, weights.Length));

        var best = shares.Max();
        for (var i = 0; i < shares.Length; i++)
            shares[i] = Math.Exp(shares[i] - best);
        var all = shares.Sum();
        for (var i = 0; i < shares.Length; i++)
            shares[i] /= all;
        return shares;
    }

    /// <summary>Cholesky: the Hessian is positive by the pull.</summary>
    private static double[] Solved(double[,] matrix, double[] right)
    {
        var n = right.Length;
        var lower = new double[n, n];
        for (var i = 0; i < n; i++)
            for (var j = 0; j <= i; j++)
            {
                var sum = matrix[i, j];
                for (var k = 0; k < j; k++)
                    sum -= lower[i, k] * lower[j, k];
                lower[i, j] = i == j ? Math.Sqrt(sum) : sum / lower[j, j];
            }

        var x = right.AsSpan().ToArray();
        for (var i = 0; i < n; i++)
        {
            for (var k = 0; k < i; k++)
                x[i] -= lower[i, k] * x[k];
            x[i] /= lower[i, i];
        }

        for (var i = n - 1; i >= 0; i--)
        {
            for (var k = i + 1; k < n; k++)
                x[i] -= lower[k, i] * x[k];
            x[i] /= lower[i, i];
        }

        return x;
    }

    private static double Dot(double[] weights, ReadOnlySpan<double> features)
    {
        var sum = 0.0;
        for (var i = 0; i < weights.Length; i++)
            sum += weights[i] * features[i];
        return sum;
    }

    private static void Add(double[] to, ReadOnlySpan<double> features, double times)
    {
        for (var i = 0; i < to.Length; i++)
            to[i] += times * features[i];
    }

    private static void AddSquare(double[,] to, ReadOnlySpan<double> features, double times)
    {
        // Only the lower half, which is all that Cholesky reads.
        for (var i = 0; i < features.Length; i++)
            for (var j = 0; j <= i; j++)
                to[i, j] += times * features[i] * features[j];
    }
}

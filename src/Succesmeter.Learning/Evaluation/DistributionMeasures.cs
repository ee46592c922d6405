namespace Succesmeter.Learning.Evaluation;

/// <summary>How good whole distributions were, once the value is known.</summary>
internal static class DistributionMeasures
{
    /// <summary>The randomised probability integral transform (Smith 1985; Brockwell 2007): uniform if the distribution is right, atoms or not.</summary>
    /// <param name="below">P(value &lt; what came).</param>
    /// <param name="atMost">P(value ≤ what came).</param>
    /// <param name="dice">Uniform on 0 to 1, drawn for this row.</param>
    public static double Transform(double below, double atMost, double dice) => below + (dice * (atMost - below));

    /// <summary>Kolmogorov's distance from the uniform distribution.</summary>
    public static double DistanceFromUniform(ReadOnlySpan<double> values)
    {
        var sorted = values.ToArray();
        Array.Sort(sorted);
        var distance = 0.0;
        for (var at = 0; at < sorted.Length; at++)
            distance = Math.Max(distance, Math.Max(((at + 1.0) / sorted.Length) - sorted[at], sorted[at] - ((double)at / sorted.Length)));

        return distance;
    }

    /// <summary>The chance of a distance as large if the values were uniform.</summary>
    /// <remarks>Kolmogorov's series with Stephens' correction for finite samples (Press et al., Numerical Recipes, 3rd ed., eq. 14.3.18).</remarks>
    public static double UniformP(double distance, int n)
    {
        var root = Math.Sqrt(n);
        var lambda = (root + 0.12 + (0.11 / root)) * distance;
        if (lambda < 0.2)
            return 1;

        var sum = 0.0;
        for (var k = 1; k <= 100; k++)
            sum += (k % 2 == 1 ? 2 : -2) * Math.Exp(-2 * k * k * lambda * lambda);

        return Math.Clamp(sum, 0, 1);
    }

    /// <summary>Koenker and Bassett's (1978) loss of a quantile.</summary>
    public static double Pinball(double quantile, double share, double value) =>
        value >= quantile ? share * (value - quantile) : (1 - share) * (quantile - value);
}

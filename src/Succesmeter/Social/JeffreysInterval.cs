namespace Succesmeter.Social;

/// <summary>
/// Equal-tailed interval of a share under Jeffreys' prior, Beta(k + ½, n − k + ½) (Brown, Cai and DasGupta 2001, Statistical Science 16(2), section 3.1.2).
/// </summary>
public static class JeffreysInterval
{
    /// <summary>Leaves 5 % on either side.</summary>
    private const double Tail = 0.05;

    /// <param name="successes">0 to <paramref name="n"/>; need not be whole.</param>
    /// <param name="n">Above zero.</param>
    /// <returns>90 %. Without successes the lower end is 0, with nothing else the upper end is 1, as the paper advises.</returns>
    public static (double Low, double High) Of(double successes, double n)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(n);
        var k = Math.Clamp(successes, 0, n);
        return (
            k == 0 ? 0 : Quantile(Tail, k + 0.5, n - k + 0.5),
            k == n ? 1 : Quantile(1 - Tail, k + 0.5, n - k + 0.5));
    }

    /// <summary>Newton steps on I_x(a, b) = p, kept inside a shrinking bracket.</summary>
    private static double Quantile(double p, double a, double b)
    {
        var logBeta = LogGamma(a) + LogGamma(b) - LogGamma(a + b);
        double low = 0, high = 1, x = Start(p, a, b);
        for (var i = 0; i < 100; i++)
        {
            var excess = Cumulative(x, a, b, logBeta) - p;
            if (excess > 0)
                high = x;
            else
                low = x;

            var density = Math.Exp(((a - 1) * Math.Log(x)) + ((b - 1) * Math.Log(1 - x)) - logBeta);
            var next = x - (excess / density);
            if (!(next > low && next < high))
                next = (low + high) / 2;
            if (Math.Abs(next - x) < 1e-10)
                return next;
            x = next;
        }

        return x;
    }

    /// <summary>The normal quantile on the scale of the mean and variance; only a place to begin.</summary>
    private static double Start(double p, double a, double b)
    {
        const double z = 1.6449;
        var mean = a / (a + b);
        var deviation = Math.Sqrt(mean * (1 - mean) / (a + b + 1));
        var x = mean + (p < 0.5 ? -z : z) * deviation;
        return x > 0 && x < 1 ? x : mean;
    }

    /// <summary>The regularised incomplete beta function by its continued fraction (Numerical Recipes, 3rd edition, section 6.4; Lentz's method).</summary>
    internal static double Cumulative(double x, double a, double b, double? logBeta = null)
    {
        if (x <= 0)
            return 0;
        if (x >= 1)
            return 1;

        var front = Math.Exp((a * Math.Log(x)) + (b * Math.Log(1 - x)) - (logBeta ?? (LogGamma(a) + LogGamma(b) - LogGamma(a + b))));

        // The fraction converges fast only on this side of the mean; the symmetry gives the other.
        return x < (a + 1) / (a + b + 2) ? front * Fraction(x, a, b) / a : 1 - (front * Fraction(1 - x, b, a) / b);
    }

    private static double Fraction(double x, double a, double b)
    {
        const double tiny = 1e-300;
        var c = 1.0;
        var d = 1 / Away(1 - ((a + b) * x / (a + 1)));
        var h = d;
        for (var m = 1; m <= 10_000; m++)
        {
            var even = m * (b - m) * x / ((a - 1 + (2 * m)) * (a + (2 * m)));
            d = 1 / Away(1 + (even * d));
            c = Away(1 + (even / c));
            h *= d * c;
            var odd = -(a + m) * (a + b + m) * x / ((a + (2 * m)) * (a + 1 + (2 * m)));
            d = 1 / Away(1 + (odd * d));
            c = Away(1 + (odd / c));
            h *= d * c;
            if (Math.Abs((d * c) - 1) < 1e-13)
                break;
        }

        return h;

        static double Away(double value) => Math.Abs(value) < tiny ? tiny : value;
    }

    /// <summary>Stirling's series after a shift to x ≥ 8; absolute error under 10⁻¹².</summary>
    internal static double LogGamma(double x)
    {
        var shift = 0.0;
        for (; x < 8; x++)
            shift += Math.Log(x);

        var inverse = 1 / x;
        var square = inverse * inverse;
        var series = inverse * ((1 / 12.0) - (square * ((1 / 360.0) - (square * ((1 / 1260.0) - (square * ((1 / 1680.0) - (square / 1188))))))));
        return ((x - 0.5) * Math.Log(x)) - x + (0.5 * Math.Log(2 * Math.PI)) + series - shift;
    }
}

using System.Runtime.Intrinsics;

namespace Succesmeter.Social;

/// <summary>
/// The number of equal givers that a crowd is worth, E[(Σx)²/Σx²] over all subsets of twenty of its donors, each subset as likely: the inverse Simpson
/// index (Hill number of order 2) rarefied to a fixed sample size, so that a larger crowd is not broader by its size alone. Between 1 and 20.
/// </summary>
/// <remarks>
/// No subset is drawn. With Q = Σx² over a subset S, 1/Q = ∫₀^∞ e^{−tQ} dt, hence
/// <code>E[(Σx)²/Q] = 1 + ∫₀^∞ E[Σ_{i≠j∈S} x_i x_j · e^{−tQ}] dt.</code>
/// The expectation is twice the coefficient of z²⁰u² in Π_i (1 + z·w_i·(1 + u·x_i)), w_i = e^{−t·x_i²}, over C(N,20): sums of positive terms, so nothing
/// cancels. With t = e^y the integral becomes a trapezoidal sum over a step h; as ∫ Q·e^{y−Qe^y} dy has the Fourier transform Γ(1+iω) whatever Q is,
/// its relative error is 2|Γ(1+2πi/h)| ≈ 5·10⁻⁸ at h = ½ (the method: Trefethen and Weideman 2014, SIAM Review 56(3)).
/// </remarks>
public static class EqualGivers
{
    /// <summary>Donors in a subset.</summary>
    public const int SampleSize = 20;

    private const double Step = 0.5;

    /// <summary>Below t·Q = 0.02 for the largest Q the integrand is a straight line in t, and the geometric rest of the sum is added in closed form.</summary>
    private const double LeftEnd = 0.02;

    /// <summary>Beyond t·Q = 32 for the smallest Q less than 10⁻¹² is left.</summary>
    private const double RightEnd = 32;

    /// <summary>From this many donors of one amount on, one multiplication by a binomial power is cheaper than that many by a factor.</summary>
    private const int ManyOfOneAmount = 14;

    private const int Lanes = 4;

    private const int Terms = SampleSize + 1;

    /// <param name="crowd">Amounts above zero in any unit, and how many donors gave each; sorted here, so order does not matter.</param>
    /// <returns>Exactly 20 for equal donors. Of fewer than 20 donors (Σx)²/Σx² of them all; null without any.</returns>
    public static double? Of(IEnumerable<(double Amount, long Donors)> crowd)
    {
        var groups = Grouped(crowd);
        if (groups.Length == 0)
            return null;

        var donors = groups.Sum(g => g.Donors);
        if (groups.Length == 1)
            return Math.Min(donors, SampleSize);

        // Amounts are scaled by the largest: squares of 10¹⁵ cents and of one cent both stay in range.
        var largest = groups[^1].Amount;
        for (var i = 0; i < groups.Length; i++)
            groups[i].Amount /= largest;

        return donors <= SampleSize ? OfAll(groups) : OfSubsets(groups, donors);
    }

    private static (double Amount, long Donors)[] Grouped(IEnumerable<(double Amount, long Donors)> crowd)
    {
        var sorted = crowd.Where(g => g.Donors > 0 && g.Amount > 0 && double.IsFinite(g.Amount)).ToArray();
        Array.Sort(sorted, (a, b) => a.Amount.CompareTo(b.Amount));

        var last = -1;
        foreach (var group in sorted)
            if (last >= 0 && sorted[last].Amount == group.Amount)
                sorted[last].Donors += group.Donors;
            else
                sorted[++last] = group;

        return sorted[..(last + 1)];
    }

    private static double OfAll((double Amount, long Donors)[] groups)
    {
        double sum = 0, squares = 0;
        foreach (var (amount, donors) in groups)
        {
            sum += donors * amount;
            squares += donors * amount * amount;
        }

        return sum * sum / squares;
    }

    private static double OfSubsets((double Amount, long Donors)[] groups, long donors)
    {
        var smallest = SumOfSquares(groups);
        var largest = SumOfSquares(groups.Reverse());
        var leftmost = LeftEnd / largest;
        var nodes = 1 + (int)Math.Ceiling(Math.Log(RightEnd / smallest / leftmost) / Step);
        var subsets = Binomial(donors, SampleSize);

        double atLeftmost = 0, sum = 0;
        for (var first = 0; first < nodes; first += Lanes)
        {
            var t = Vector256.Create(Node(first), Node(first + 1), Node(first + 2), Node(first + 3));
            var f = PairProducts(groups, t) * (2 / subsets);
            if (first == 0)
                atLeftmost = f[0];

            // Lane after lane, so that the sum does not depend on the machine's vectors.
            for (var lane = 0; lane < Lanes && first + lane < nodes; lane++)
                sum += t[lane] * f[lane];
        }

        return Math.Clamp(1 + (Step * sum) + LeftOf(leftmost, AtZero(groups, donors), atLeftmost), 1, SampleSize);

        double Node(int i) => leftmost * Math.Exp(Step * i);
    }

    /// <summary>Σ h·t·f(t) over the nodes t = leftmost·r, leftmost·r², …, r = e^{−h}, for f linear between zero and the leftmost node.</summary>
    private static double LeftOf(double leftmost, double atZero, double atLeftmost)
    {
        var r = Math.Exp(-Step);
        return Step * leftmost * ((atZero * r / (1 - r)) + ((atLeftmost - atZero) * r * r / (1 - (r * r))));
    }

    /// <summary>The integrand at t = 0: 20·19 times the mean product of two different donors' amounts.</summary>
    private static double AtZero((double Amount, long Donors)[] groups, long donors)
    {
        double sum = 0, squares = 0;
        foreach (var (amount, count) in groups)
        {
            sum += count * amount;
            squares += count * amount * amount;
        }

        return SampleSize * (SampleSize - 1.0) * ((sum * sum) - squares) / ((double)donors * (donors - 1.0));
    }

    /// <summary>Of the first twenty donors in the order given.</summary>
    private static double SumOfSquares(IEnumerable<(double Amount, long Donors)> groups)
    {
        var sum = 0.0;
        long left = SampleSize;
        foreach (var (amount, donors) in groups)
        {
            var taken = Math.Min(left, donors);
            sum += taken * amount * amount;
            left -= taken;
            if (left == 0)
                break;
        }

        return sum;
    }

    /// <summary>The coefficient of z²⁰u² at four values of t at once.</summary>
    private static Vector256<double> PairProducts((double Amount, long Donors)[] groups, Vector256<double> t)
    {
        Span<Vector256<double>> plain = stackalloc Vector256<double>[Terms];
        Span<Vector256<double>> single = stackalloc Vector256<double>[Terms];
        Span<Vector256<double>> pairs = stackalloc Vector256<double>[Terms];
        plain[0] = Vector256.Create(1.0);

        long seen = 0;
        foreach (var (x, donors) in groups)
        {
            var e = t * (-x * x);
            var w = Vector256.Create(Math.Exp(e[0]), Math.Exp(e[1]), Math.Exp(e[2]), Math.Exp(e[3]));

            if (donors >= ManyOfOneAmount)
            {
                MultiplyByPower(plain, single, pairs, w, x, donors);
                seen += donors;
                continue;
            }

            var wx = w * x;
            for (long d = 0; d < donors; d++)
            {
                seen++;
                for (var k = (int)Math.Min(SampleSize, seen); k > 0; k--)
                {
                    pairs[k] += (w * pairs[k - 1]) + (wx * single[k - 1]);
                    single[k] += (w * single[k - 1]) + (wx * plain[k - 1]);
                    plain[k] += w * plain[k - 1];
                }
            }
        }

        return pairs[SampleSize];
    }

    /// <summary>Times (1 + z·w·(1 + u·x))^m = Σ_j C(m,j)·w^j·(1 + j·x·u + C(j,2)·x²·u² + …)·z^j.</summary>
    private static void MultiplyByPower(
        Span<Vector256<double>> plain, Span<Vector256<double>> single, Span<Vector256<double>> pairs, Vector256<double> w, double x, long m)
    {
        Span<Vector256<double>> power = stackalloc Vector256<double>[Terms];
        power[0] = Vector256.Create(1.0);
        for (var j = 1; j < Terms; j++)
            power[j] = power[j - 1] * w * ((m - j + 1.0) / j);

        for (var k = SampleSize; k > 0; k--)
        {
            Vector256<double> p = plain[k], s = single[k], q = pairs[k];
            for (var j = 1; j <= k; j++)
            {
                var c = power[j];
                var cx = c * (j * x);
                q += (c * pairs[k - j]) + (cx * single[k - j]) + (cx * ((j - 1) * x / 2) * plain[k - j]);
                s += (c * single[k - j]) + (cx * plain[k - j]);
                p += c * plain[k - j];
            }

            plain[k] = p;
            single[k] = s;
            pairs[k] = q;
        }
    }

    private static double Binomial(long n, int k)
    {
        var result = 1.0;
        for (var i = 1; i <= k; i++)
            result *= (n - k + (double)i) / i;

        return result;
    }
}

using Succesmeter.Social;

namespace Succesmeter.Aftercare;

/// <summary>Spearman's correlation of two quantities, or what is left of it once others are known, and how sure it is.</summary>
/// <param name="N">How many there were.</param>
/// <param name="Spearman">−1 to 1.</param>
/// <param name="Low">Of 90 %.</param>
/// <param name="High">Of 90 %.</param>
/// <param name="PValue">Two-sided, of no correlation, by Student's t with n − 2 − k degrees of freedom, k quantities known.</param>
public sealed record RankAssociation(int N, double Spearman, double Low, double High, double PValue)
{
    /// <summary>Of a normal distribution, 90 % lie within so many standard errors.</summary>
    private const double Within90 = 1.6449;

    /// <summary>The quantities have freed nothing: what is left of a side is rounding.</summary>
    private const double Whole = 1 - 1e-12;

    /// <param name="known">Of each the rank's straight line is taken out of both sides.</param>
    /// <returns>Null where one side does not vary, nothing of it is left, or there are too few for an interval.</returns>
    /// <remarks>
    /// The interval is Fisher's z with the variance (1 + r²/2)/(n − 3 − k) of Bonett and Wright 2000 (Psychometrika 65, section 3), which holds its level for ranks where 1/(n − 3) is too short. Ties widen
    /// what is to be known and not the interval: docs/aftercare.md has its coverage at 60.
    /// </remarks>
    public static RankAssociation? Of(double[] first, double[] second, IReadOnlyList<double[]> known)
    {
        var free = first.Length - 3 - known.Count;
        if (free < 1 || !Varies(first) || !Varies(second))
            return null;

        // What does not vary is known without being told.
        known = [.. known.Where(Varies)];
        if (known.Any(quantity => Decides(quantity, first) || Decides(quantity, second)))
            return null;

        var r = known.Count == 0 ? RankCorrelation.Of(first, second) : RankCorrelation.Partial(first, second, known);
        if (!double.IsFinite(r))
            return null;

        r = Math.Clamp(r, -1, 1);
        if (Math.Abs(r) >= Whole)
            return new RankAssociation(first.Length, r, r, r, 0);

        var margin = Within90 * Math.Sqrt((1 + (r * r / 2)) / free);
        var z = Math.Atanh(r);
        double degrees = free + 1, t = r * Math.Sqrt(degrees / (1 - (r * r)));
        return new RankAssociation(first.Length, r, Math.Tanh(z - margin), Math.Tanh(z + margin), JeffreysInterval.Cumulative(degrees / (degrees + (t * t)), degrees / 2, 0.5));
    }

    private static bool Varies(double[] values) => values.Length > 0 && Array.Exists(values, value => value != values[0]);

    private static bool Decides(double[] quantity, double[] side) => Math.Abs(RankCorrelation.Of(quantity, side)) >= Whole;
}

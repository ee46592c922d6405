namespace Succesmeter.Forecasts;

/// <summary>Whether recent probabilities still come true as often as they say.</summary>
/// <param name="N">Finished campaigns looked at.</param>
/// <param name="Forecast">Their mean probability.</param>
/// <param name="Happened">The share of them that reached their goal.</param>
/// <param name="Z">Spiegelhalter's statistic: about normal while the probabilities are right. Null where none could be wrong.</param>
/// <param name="Drifts">Further off than chance explains.</param>
public sealed record Drift(int N, double? Forecast, double? Happened, double? Z, bool Drifts)
{
    /// <summary>Fewer than this prove nothing.</summary>
    public const int Fewest = 20;

    /// <summary>Beyond this, chance alone comes once in 370 looks; the check runs daily, so a common 2 would cry wolf every month.</summary>
    public const double Alarm = 3;

    /// <summary>Recent scores, one a campaign; those that were shown apart from those that were not, since a shown forecast can cause what it says.</summary>
    public static (Drift All, Drift Shown, Drift Hidden) Of(IReadOnlyCollection<(double Probability, bool Happened, bool Shown)> recent) =>
        (Check(recent), Check([.. recent.Where(static x => x.Shown)]), Check([.. recent.Where(static x => !x.Shown)]));

    /// <remarks>Z = Σ (y − p)(1 − 2p) / √Σ (1 − 2p)² p (1 − p) (Spiegelhalter 1986, Statistics in Medicine 5:421), joined with the plain one that sees a common shift at p = ½.</remarks>
    private static Drift Check(IReadOnlyCollection<(double Probability, bool Happened, bool Shown)> recent)
    {
        if (recent.Count == 0)
            return new Drift(0, null, null, null, false);

        double sharp = 0, sharpVariance = 0, plain = 0, plainVariance = 0;
        foreach (var (p, happened, _) in recent)
        {
            var error = (happened ? 1 : 0) - p;
            sharp += error * (1 - (2 * p));
            sharpVariance += (1 - (2 * p)) * (1 - (2 * p)) * p * (1 - p);
            plain += error;
            plainVariance += p * (1 - p);
        }

        // At even odds throughout, the sharp statistic says nothing: there only the plain one is left.
        double? z = plainVariance > 0 ? Larger(sharpVariance > 0 ? sharp / Math.Sqrt(sharpVariance) : 0, plain / Math.Sqrt(plainVariance)) : null;
        return new Drift(recent.Count, recent.Average(static x => x.Probability), recent.Average(static x => x.Happened ? 1.0 : 0.0), z,
            recent.Count >= Fewest && Math.Abs(z ?? 0) > Alarm);
    }

    private static double Larger(double one, double other) => Math.Abs(one) >= Math.Abs(other) ? one : other;
}

using Succesmeter.Features;

namespace Succesmeter.Forecasts;

/// <summary>What a platform's own finished campaigns add to a model trained elsewhere: a shift of all log-odds, and base rates. Nothing else moves while outcomes are few.</summary>
public sealed record PlatformFit
{
    /// <summary>
    /// How far platforms lie apart in log-odds, as a standard deviation: a campaign that looks the same is taken to have odds up to e^½ times higher or lower elsewhere.
    /// With twice that, twenty outcomes moved the shift by more noise than news.
    /// </summary>
    public const double PlatformSpread = 0.5;

    /// <summary>Of a difference in base rates this much is taken to lie in what the model cannot see; the rest shows in the features.</summary>
    private const double UnseenPart = 0.5;

    /// <param name="shift">Added to the calibrated log-odds.</param>
    /// <param name="own">Counted from the platform's own outcomes; null while there are none.</param>
    /// <param name="rates">With a prior mixed in; the own ones alone without.</param>
    public PlatformFit(double shift, BaseRateCurve? own, BaseRateCurve? rates = null)
    {
        Shift = shift;
        Own = own;
        Rates = rates ?? own;
    }

    /// <summary>For a platform of which nothing is known.</summary>
    public static PlatformFit None { get; } = new(0, null);

    /// <summary>Added to the calibrated log-odds; 0 until the platform has a prior or outcomes.</summary>
    public double Shift { get; }

    /// <summary>Counted from the platform's own outcomes; null while there are none.</summary>
    public BaseRateCurve? Own { get; }

    /// <summary>What is served as the base rate: the own one with the prior mixed in; null where nothing is known.</summary>
    public BaseRateCurve? Rates { get; }

    /// <param name="model">The one that will be shifted.</param>
    /// <param name="prior">Null where no year of the platform was published.</param>
    /// <param name="outcomes">The platform's own finished campaigns, with what this model said of them.</param>
    /// <param name="allOrNothing">Which of the model's base rates the prior is spread over time by.</param>
    public static PlatformFit Of(ForecastModel model, PlatformPrior? prior, IReadOnlyCollection<PlatformOutcome> outcomes, bool allOrNothing = true)
    {
        var elsewhere = allOrNothing ? model.AllOrNothing : model.KeepItAll;
        var (mean, variance) = ShiftBefore(prior, elsewhere);
        var said = outcomes.SelectMany(static outcome => outcome.Said.Select(then => (
            then.LogOdds, Reached: outcome.ReachedAtShare is not null, Weight: 1.0 / outcome.Said.Length))).ToArray();
        var counted = outcomes.Count == 0 ? null : BaseRateCurve.Of([.. outcomes.Select(static outcome => outcome.ReachedAtShare)]);

        return new PlatformFit(ShiftOf(said, mean, variance), counted, prior is null ? counted : Mixed(prior, elsewhere, counted));
    }

    /// <summary>Successes among campaigns still open at this share of their time: the platform's, or the training data's where nothing is known of it.</summary>
    public BaseRate BaseRateOf(ForecastModel model, FundingCurve curve) =>
        Rates?.At(curve.ElapsedDays / curve.PlannedDays) is { N: > 0 } known ? known : model.BaseRateOf(curve);

    /// <summary>How many of the platform's own campaigns were still open at this share of their time.</summary>
    public int OwnOutcomesAt(double elapsedShare) => Own?.At(elapsedShare).N ?? 0;

    /// <summary>The shift that makes what happened most likely, under a normal prior: Newton's method on one number.</summary>
    internal static double ShiftOf(IReadOnlyCollection<(double LogOdds, bool Reached, double Weight)> said, double mean, double variance)
    {
        const int MostSteps = 50;
        var shift = mean;
        for (var step = 0; step < MostSteps; step++)
        {
            double gradient = (shift - mean) / variance, curvature = 1 / variance;
            foreach (var (logOdds, reached, weight) in said)
            {
                var p = Answers.Sigmoid(logOdds + shift);
                gradient += weight * (p - (reached ? 1 : 0));
                curvature += weight * p * (1 - p);
            }

            // Half a unit at most: where all outcomes are alike the curvature nearly vanishes and a full step would leap.
            var move = Math.Clamp(gradient / curvature, -0.5, 0.5);
            shift -= move;
            if (Math.Abs(move) < 1e-12)
                break;
        }

        return shift;
    }

    /// <summary>Mean and variance of the shift before any own outcome.</summary>
    /// <remarks>
    /// A published share, seen as a binomial count, has the log-odds variance 1 / (n p (1 − p)); it is weighed against the spread of platforms as in
    /// any normal model.
    /// </remarks>
    private static (double Mean, double Variance) ShiftBefore(PlatformPrior? prior, BaseRateCurve elsewhere)
    {
        const double Spread = PlatformSpread * PlatformSpread;
        if (prior is null)
            return (0, Spread);

        var difference = UnseenPart * (LogOdds(prior.SuccessShare) - LogOdds(elsewhere.At(0).Share));
        var noise = 1 / (prior.Weight * prior.SuccessShare * (1 - prior.SuccessShare));
        return (difference * Spread / (Spread + noise), Spread * noise / (Spread + noise));
    }

    private static BaseRateCurve Mixed(PlatformPrior prior, BaseRateCurve elsewhere, BaseRateCurve? counted)
    {
        var shift = LogOdds(prior.SuccessShare) - LogOdds(elsewhere.At(0).Share);
        return new BaseRateCurve(elsewhere.Points.Select((point, step) =>
        {
            var expected = Answers.Sigmoid(LogOdds(point.Share) + shift);
            var here = counted?.Points[step] ?? default;
            return new BaseRate(((prior.Weight * expected) + (here.N * here.Share)) / (prior.Weight + here.N), (int)Math.Round(prior.Weight) + here.N);
        }));
    }

    private static double LogOdds(double share)
    {
        const double Least = 1e-6;
        var clamped = Math.Clamp(share, Least, 1 - Least);
        return Math.Log(clamped / (1 - clamped));
    }
}

using Succesmeter.Features;

namespace Succesmeter.Forecasts;

/// <summary>What a platform's own finished campaigns add to a model trained elsewhere: a shift of all log-odds, and base rates.</summary>
/// <param name="Shift">Added to the calibrated log-odds; 0 until the platform has outcomes.</param>
/// <param name="Outcomes">Of the platform itself; null while there are none.</param>
public sealed record PlatformFit(double Shift, BaseRateCurve? Outcomes)
{
    public static PlatformFit None { get; } = new(0, null);

    /// <summary>Successes among campaigns still open at this share of their time: the platform's own, or the training data's where it has none.</summary>
    public BaseRate BaseRateOf(ForecastModel model, FundingCurve curve) =>
        Outcomes?.At(curve.ElapsedDays / curve.PlannedDays) is { N: > 0 } own ? own : model.BaseRateOf(curve);

    /// <summary>How many of the platform's own campaigns were still open at this share of their time.</summary>
    public int OwnOutcomesAt(double elapsedShare) => Outcomes?.At(elapsedShare).N ?? 0;
}

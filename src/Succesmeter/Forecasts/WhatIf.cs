using Succesmeter.Features;

namespace Succesmeter.Forecasts;

/// <summary>What the forecast would be if so many gifts of one amount came over the next days, and nothing else. Probability and final ratio alone: of a crowd that does not exist nothing social can be said.</summary>
/// <param name="Probability">Of reaching the goal; null where the forecast has none.</param>
/// <param name="FinalRatio">The final amount as a ratio of the goal.</param>
public sealed record WhatIf(double? Probability, Quantiles? FinalRatio)
{
    public const int MostGifts = 100_000;

    /// <param name="model">The trained model.</param>
    /// <param name="curve">As it is now.</param>
    /// <param name="platform">What the platform's own outcomes add.</param>
    /// <param name="gifts">From 0; none at all asks what silence would do.</param>
    /// <param name="amount">Of each, in major units of the campaign's currency; above 0.</param>
    /// <param name="days">From 0, which means at once, to the days left.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number lies outside its range.</exception>
    public static WhatIf Of(ForecastModel model, FundingCurve curve, PlatformFit platform, int gifts, double amount, double days)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(gifts);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(gifts, MostGifts);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(amount);
        ArgumentOutOfRangeException.ThrowIfNegative(days);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(days, Math.Max(0, curve.PlannedDays - curve.ElapsedDays));

        var forecast = Forecast.Of(model, Later(curve, gifts, amount, days), platform);
        return new WhatIf(forecast.Probability, forecast.FinalRatio);
    }

    /// <summary>The curve at the end of those days, the gifts spread evenly over them.</summary>
    private static FundingCurve Later(FundingCurve curve, int gifts, double amount, double days)
    {
        var end = curve.ElapsedDays + days;
        var now = curve.Days.Count - 1;
        var count = Math.Max(curve.Days.Count, (int)end + 1);
        var totals = new DayTotal[count];
        for (var day = 0; day < count; day++)
            totals[day] = day < now ? curve.Days[day] : Total(Math.Min(day + 1, end));

        totals[^1] = Total(end);
        return curve with { ElapsedDays = end, Pledged = totals[^1].Pledged, Gifts = totals[^1].Gifts, Days = totals };

        DayTotal Total(double at)
        {
            var come = days > 0 ? Math.Clamp((at - curve.ElapsedDays) / days, 0, 1) : 1;
            return new DayTotal(curve.Pledged + (come * gifts * amount), curve.Gifts is { } known ? known + (int)Math.Round(come * gifts) : null);
        }
    }
}

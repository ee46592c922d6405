using Succesmeter.Features;
using Succesmeter.Forecasts;

namespace Succesmeter.Social;

/// <summary>How many backers there may be in the end (gifts, where a page counts no backers). A forecast of size, not of social success (docs/preregistration.md).</summary>
/// <param name="P10">One campaign in ten ends below; a whole number, never under the number already there.</param>
/// <param name="P50">The middle.</param>
/// <param name="P90">One in ten ends above.</param>
/// <param name="Basis"><see cref="Describes"/> until the platform's own outcomes carry it.</param>
/// <param name="Outcomes">How many of these there are.</param>
/// <param name="Reason">What to know beside it: a code of <see cref="ForecastReason"/>; null for nothing.</param>
public sealed record SocialForecast(double P10, double P50, double P90, string Basis, int Outcomes, string? Reason)
{
    public const string Describes = "describes";

    public const string Predicts = "predicts";

    /// <summary>Past this day no data set shows an all-or-nothing campaign before its end.</summary>
    private const double LastShownDay = 3;

    /// <param name="model">Learned from finished campaigns of other platforms.</param>
    /// <param name="curve">What is known at the instant, and nothing later.</param>
    /// <param name="fit">What the platform's own outcomes add.</param>
    /// <param name="ended">The platform says that it is over, or its declared end has passed.</param>
    /// <returns>Null where no number of backers is known, and past an end that was only assumed.</returns>
    public static SocialForecast? Of(BackersModel model, FundingCurve curve, BackersFit fit, bool ended)
    {
        if (curve.Gifts is not { } backers)
            return null;

        var basis = fit.Predicts ? Predicts : Describes;
        var pastEnd = curve.ElapsedDays >= curve.PlannedDays;
        if (ended || (pastEnd && !curve.HorizonIsAssumed))
            return new SocialForecast(backers, backers, backers, basis, fit.Outcomes, null);
        if (pastEnd)
            return null;

        var range = model.Of(FundingFeatures.Of(curve), fit.Margin);
        var extrapolated = curve.AllOrNothing && curve.ElapsedDays > LastShownDay && fit.Outcomes < BackersFit.OutcomesToVouch;
        return new SocialForecast(range.P10, range.P50, range.P90, basis, fit.Outcomes, extrapolated ? ForecastReason.Extrapolated : null);
    }
}

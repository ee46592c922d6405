using Succesmeter.Features;
using Succesmeter.Forecasts;
using Succesmeter.Social;

namespace Succesmeter.Outcomes;

/// <summary>How the forecast of backers has done on a platform's own finished campaigns, and what that moves.</summary>
internal static class BackersOutcomes
{
    /// <param name="model">As it ships: it was fitted to none of these campaigns.</param>
    /// <param name="money">The forecast whose growth of money it must beat (docs/preregistration.md).</param>
    /// <param name="shift">The platform's, of the money forecast.</param>
    /// <param name="known">Finished campaigns whose end is known.</param>
    public static BackersFit FitOf(BackersModel model, ForecastModel money, double shift, IEnumerable<FinishedCampaign> known)
    {
        var outcomes = known.Where(static campaign => campaign.End is { FinalBackers: not null, Looks.IsEmpty: false }).Select(static campaign => campaign.End!).ToList();
        if (outcomes.Count < BackersFit.OutcomesToVouch)
            return BackersFit.None with { Outcomes = outcomes.Count };

        var misses = new List<(double, double, double, double)>();
        var saved = new double[outcomes.Count];
        for (var at = 0; at < outcomes.Count; at++)
        {
            var end = outcomes[at];
            foreach (var look in end.Looks)
            {
                var features = look.Seen();
                var now = BackersModel.BackersOf(features);
                var came = BackersModel.Growth(now, end.FinalBackers!.Value);
                var said = model.GrowthOf(features, default);
                misses.Add((came - said.Low, came - said.Middle, came - said.High, 1.0 / end.Looks.Length));
                saved[at] += (Loss(MoneyGrowth(money, shift, features, now), came) - Loss(said, came)) / end.Looks.Length;
            }
        }

        return new BackersFit(outcomes.Count, PairedDifference.OfMean(saved, 1).Low > 0, BackersMargin.Of(misses));
    }

    /// <summary>How the number of backers would grow if it grew as the money forecast says that money will; before anything is in, not at all.</summary>
    private static (double Low, double Middle, double High) MoneyGrowth(ForecastModel money, double shift, FundingFeatures features, double now)
    {
        var ratio = features.Values[0];
        if (!(now > 0) || !(ratio > 0))
            return default;

        var final = new Answers(money, features, shift).FinalRatio().Quantiles;
        return (Growth(final.P10), Growth(final.P50), Growth(final.P90));

        double Growth(double to) => BackersModel.Growth(now, now * to / ratio);
    }

    /// <summary>Pinball loss of the three quantiles (Koenker and Bassett 1978), their mean.</summary>
    private static double Loss((double Low, double Middle, double High) said, double came)
    {
        return (Of(said.Low, 0.1) + Of(said.Middle, 0.5) + Of(said.High, 0.9)) / 3;

        double Of(double quantile, double share) => came >= quantile ? share * (came - quantile) : (1 - share) * (quantile - came);
    }
}

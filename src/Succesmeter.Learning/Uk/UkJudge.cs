using Succesmeter.Features;
using Succesmeter.Forecasts;
using Succesmeter.Learning.Datasets;
using Succesmeter.Learning.Evaluation;

namespace Succesmeter.Learning.Uk;

/// <summary>Puts a model to campaigns whose end is known, on one day, among those that were still open.</summary>
internal static class UkJudge
{
    public static IReadOnlyList<JudgedRow> Judge(ForecastModel model, UkBaseline baseline, IEnumerable<PastCampaign> campaigns, int day, int seed)
    {
        var rows = new List<JudgedRow>();
        foreach (var campaign in campaigns)
        {
            var goal = campaign.Goals[0].Goal;
            if (campaign.Pledged[day] >= goal)
                continue;

            var features = FundingFeatures.Of(campaign.CurveAfter(day + 1, goal));
            var answers = new Answers(model, features, 0);
            var distribution = answers.FinalRatio();
            var finalRatio = campaign.FinalPledged / goal;
            var (below, atMost) = distribution.At(finalRatio);
            var dice = new Random(unchecked((int)(campaign.Id * 7919) + (day * 104_729) + seed));
            rows.Add(new JudgedRow
            {
                Happened = finalRatio >= 1,
                Probability = answers.Of(new Aim(1, campaign.PlannedDays)),
                BaselineProbability = baseline.Probability(features),
                FinalRatio = finalRatio,
                Transform = DistributionMeasures.Transform(below, atMost, dice.NextDouble()),
                Ratio = distribution.Quantiles,
                BaselineRatio = baseline.FinalRatios[UkCuts.Days.IndexOf(day)],
                NothingMore = distribution.NothingMore,
                FinalPledged = campaign.FinalPledged,
                Goal = goal,
            });
        }

        return rows;
    }
}

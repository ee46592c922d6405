using Succesmeter.Features;
using Succesmeter.Forecasts;
using Succesmeter.Learning.Boosting;
using Succesmeter.Learning.Datasets;
using Succesmeter.Learning.Models;

namespace Succesmeter.Learning.Uk;

/// <summary>
/// What a careful person would try first: plain gradient boosting with the usual defaults (a tenth, 31 leaves, 100 rounds, as in scikit-learn's
/// HistGradientBoosting) on the campaign's features, all days together, and the training data's quantiles of the final ratio on each day.
/// </summary>
internal sealed record UkBaseline(BoostedTrees Trees, IReadOnlyList<Quantiles> FinalRatios)
{
    public static UkBaseline Fit(IReadOnlyList<PastCampaign> campaigns, int seed)
    {
        var (values, labels) = (new List<double>(), new List<float>());
        var quantiles = new List<Quantiles>();
        foreach (var day in UkCuts.Days)
        {
            var ratios = new List<double>();
            foreach (var campaign in campaigns)
            {
                var goal = campaign.Goals[0].Goal;
                if (campaign.Pledged[day] >= goal)
                    continue;

                values.AddRange(Row(FundingFeatures.Of(campaign.CurveAfter(day + 1, goal))));
                labels.Add(campaign.FinalPledged >= goal ? 1 : 0);
                ratios.Add(campaign.FinalPledged / goal);
            }

            ratios.Sort();
            quantiles.Add(ratios.Count == 0 ? default : new Quantiles(ratios[ratios.Count / 10], ratios[ratios.Count / 2], ratios[ratios.Count * 9 / 10]));
        }

        var options = new BoostingOptions { Rounds = 100, LearningRate = 0.1, Leaves = 31, RowsInLeaf = 20, FeatureShare = 1, RowShare = 1, L2 = 0, Seed = seed };
        return new UkBaseline(LightGbm.Train([.. values], ForecastModel.CampaignFeatureCount, [.. labels], null, options), quantiles);
    }

    public void AddTo(ModelBundle bundle, string cut)
    {
        bundle.Add("uk/" + cut + "/plain", Names, Trees);
        bundle.Add("uk/" + cut + "/final-ratios", FinalRatios.SelectMany(static x => new[] { x.P10, x.P50, x.P90 }));
    }

    public static UkBaseline From(ModelBundle bundle, string cut) => new(
        bundle.Trees("uk/" + cut + "/plain", Names),
        [.. bundle.Numbers("uk/" + cut + "/final-ratios").Chunk(3).Select(static x => new Quantiles(x[0], x[1], x[2]))]);

    private static IEnumerable<string> Names => ForecastModel.FeatureNames.Take(ForecastModel.CampaignFeatureCount);

    public double Probability(FundingFeatures features) => Answers.Sigmoid(Trees.Score(Row(features)));

    private static ReadOnlySpan<double> Row(FundingFeatures features) => features.Values[..ForecastModel.CampaignFeatureCount];
}

using System.Collections.Immutable;
using Succesmeter.Features;
using Succesmeter.Forecasts;
using Succesmeter.Learning.Boosting;
using Succesmeter.Learning.Datasets;

namespace Succesmeter.Learning.Training;

/// <summary>Fits the model that is served: one answer to all aims, for all kinds of campaigns, from all data sets.</summary>
internal static class ServingTraining
{
    private const int CalibrationFolds = 2;

    /// <remarks>
    /// Chosen on a tuning split inside the earliest 70 % of the UK fundraisers. There 200 rounds ranked a little better than 300; with 300 the whole distribution is
    /// closer to uniform, and that was preferred.
    /// </remarks>
    public static BoostingOptions Options { get; } = new()
    {
        Rounds = 300,
        Leaves = 8,
        RowsInLeaf = 250,
        Monotone = [.. FundingFeatures.All.Where(static feature => feature.InModels).Concat(Aim.Features).Select(static feature => feature.Effect switch
        {
            Effect.Raises => 1,
            Effect.Lowers => -1,
            _ => 0,
        })],
    };

    public static ForecastModel Fit(string name, IReadOnlyList<PastCampaign> campaigns, int seed, Action<string>? progress = null)
    {
        var options = Options with { Seed = seed };
        var calibration = CalibrationOf(campaigns, options, progress);
        progress?.Invoke("all campaigns");
        var model = new ForecastModel
        {
            Name = name,
            Version = "",
            Trees = TreesOf(campaigns, options),
            Calibration = calibration,
            AllOrNothing = BaseRatesOf(campaigns.Where(static campaign => campaign.AllOrNothing)),
            KeepItAll = BaseRatesOf(campaigns.Where(static campaign => !campaign.AllOrNothing)),
            Seen = SeenIn(campaigns),
        };
        return model with { Version = ForecastModelFile.VersionOf(model) };
    }

    private static BoostedTrees TreesOf(IEnumerable<PastCampaign> campaigns, BoostingOptions options)
    {
        var rows = new TrainingRows();
        foreach (var campaign in campaigns)
            rows.Add(campaign);

        return rows.Fit(options);
    }

    /// <summary>On campaigns that the trees had not seen: each fold is answered by trees fitted to the others.</summary>
    private static Calibration CalibrationOf(IReadOnlyList<PastCampaign> campaigns, BoostingOptions options, Action<string>? progress)
    {
        var scores = new List<(double LogOdds, bool Met)>();
        for (var fold = 0; fold < CalibrationFolds; fold++)
        {
            var part = fold;
            progress?.Invoke(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"calibration {part + 1} of {CalibrationFolds}"));
            var trees = TreesOf(campaigns.Where((_, at) => at % CalibrationFolds != part), options);
            foreach (var campaign in campaigns.Where((_, at) => at % CalibrationFolds == part))
                foreach (var days in TrainingRows.InstantsOf(campaign))
                {
                    var goal = campaign.GoalAfter(days);
                    if (days >= campaign.PlannedDays || campaign.PledgedAfter(days) >= goal)
                        continue;

                    var aim = new Aim(1, campaign.PlannedDays);
                    scores.Add((ForecastModel.LogOddsOf(trees, FundingFeatures.Of(campaign.CurveAfter(days, goal)), aim), campaign.Met(aim, goal)!.Value));
                }
        }

        return LogisticCalibration.Of(scores);
    }

    private static BaseRateCurve BaseRatesOf(IEnumerable<PastCampaign> campaigns) => BaseRateCurve.Of([.. campaigns.Select(static campaign =>
    {
        var goal = campaign.GoalAfter(0);
        if (!campaign.IsWhole)
            return campaign.ReachedAfter / campaign.PlannedDays;

        for (var day = 0; day < campaign.Pledged.Length; day++)
            if (campaign.Pledged[day] >= goal)
                return (day + 1) / campaign.PlannedDays;

        return (double?)null;
    })]);

    private static ImmutableArray<SeenRange> SeenIn(IReadOnlyList<PastCampaign> campaigns)
    {
        var launches = campaigns.Select(static campaign => FundingFeatures.Of(campaign.CurveAfter(0, campaign.GoalAfter(0)))).ToArray();
        return [.. Enumerable.Range(0, ForecastModel.CampaignFeatureCount)
            .Select(feature => SeenRange.Of(launches.Select(launch => launch.Values[feature])) ?? new SeenRange(double.NegativeInfinity, double.PositiveInfinity))];
    }
}

using Succesmeter.Features;
using Succesmeter.Forecasts;
using Succesmeter.Learning.Boosting;
using Succesmeter.Learning.Datasets;

namespace Succesmeter.Learning.Training;

/// <summary>Questions with known answers: campaign, instant and <see cref="Aim"/> in, met or not out.</summary>
internal sealed class TrainingRows
{
    private const int OtherDays = 1;

    private readonly List<double> values = [];
    private readonly List<float> labels = [];
    private readonly List<float> weights = [];
    private readonly double[] row = new double[Width];

    public static int Width => ForecastModel.FeatureNames.Length;

    public int Count => labels.Count;

    public BoostedTrees Fit(BoostingOptions options) => LightGbm.Train([.. values], Width, [.. labels], [.. weights], options);

    /// <summary>Days since launch, as whole days that are over, on which a campaign known to its end is looked at.</summary>
    public static IReadOnlyList<int> InstantsOf(PastCampaign campaign) =>
        campaign.IsWhole ? WholeInstants : campaign.Pledged.IsEmpty ? [0] : [0, 1, 2, 3];

    /// <summary>All questions about one campaign. The other aims are drawn by its own number, so that a row does not depend on its neighbours.</summary>
    public void Add(PastCampaign campaign)
    {
        var dice = new Random(unchecked((int)(campaign.Id * 2_654_435_761L) ^ campaign.Dataset.Length));
        foreach (var days in InstantsOf(campaign))
        {
            if (days >= campaign.PlannedDays)
                continue;

            var goal = campaign.GoalAfter(days);
            var features = FundingFeatures.Of(campaign.CurveAfter(days, goal));
            var now = features.Values[0];

            if (now < 1)
                Ask(campaign, features, goal, new Aim(1, campaign.PlannedDays), 1);

            foreach (var ratio in OtherRatios.Of(now, dice))
                Ask(campaign, features, goal, new Aim(ratio, campaign.PlannedDays), 1.0 / OtherRatios.Count);

            if (now < 1)
                for (var other = 0; other < OtherDays; other++)
                {
                    var left = (int)campaign.PlannedDays - days;
                    if (left > 1)
                        Ask(campaign, features, goal, new Aim(1, days + 1 + Math.Floor((left - 1) * Math.Pow(dice.NextDouble(), 1.5))), 0.5 / OtherDays);
                }
        }
    }

    private void Ask(PastCampaign campaign, FundingFeatures features, double goal, Aim aim, double weight)
    {
        if (campaign.Met(aim, goal) is not { } met)
            return;

        features.Ask(aim, row);
        values.AddRange(row);
        labels.Add(met ? 1 : 0);
        weights.Add((float)weight);
    }

    private static readonly int[] WholeInstants = [0, 1, 2, 4, 7, 10, 13, 18, 24, 31, 40, 50];
}

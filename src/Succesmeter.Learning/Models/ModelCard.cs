using System.Globalization;
using System.Text;
using Succesmeter.Features;
using Succesmeter.Forecasts;
using Succesmeter.Learning.Datasets;

namespace Succesmeter.Learning.Models;

/// <summary>What stands beside a model file, for people: what it was trained on, what it sees, what it may be used for.</summary>
internal static class ModelCard
{
    public static string Of(ForecastModel model, IReadOnlyList<PastCampaign> campaigns, int seed)
    {
        var text = new StringBuilder();
        Line($"# Model `{model.Name}`, version `{model.Version}`");
        Line($"");
        Line($"Written by `train` with seed {seed}; the same data and seed give the same bytes.");
        Line($"");
        Line($"**Answers**: how likely a campaign is to reach an amount by a day, from what is known at an instant. Probability, final amount and day of a forecast all come from it.");
        Line($"");
        Line($"**Form**: {model.Trees.Trees.Count} boosted trees with monotone constraints (LightGBM), logistic loss, then calibrated log-odds = {model.Calibration.Intercept:R} + {model.Calibration.Slope:R} × log-odds, fitted to campaigns held out from the trees.");
        Line($"");
        Line($"**Not for**: judging people or projects; all-or-nothing campaigns after their third day before a platform has 60 outcomes of its own at that stage (no data set shows that part: the forecast abstains).");
        Line($"");
        Line($"## Trained on");
        Line($"");
        Line($"| data set | campaigns | reached the goal |");
        Line($"|---|---|---|");
        foreach (var set in campaigns.GroupBy(static campaign => campaign.Dataset))
            Line($"| {set.Key} | {set.Count()} | {set.Average(static campaign => campaign.Met(new Aim(1, campaign.PlannedDays), campaign.GoalAfter(0)) == true ? 1.0 : 0.0):P1} |");
        Line($"");
        Line($"kickstarter-2014: Li, Rakesh & Reddy, WSDM 2016. uk-community-fundraisers and justgiving: fundraising pages gathered by researchers, 2018–22. No row of them is in the file.");
        Line($"");
        Line($"## Sees");
        Line($"");
        Line($"| feature | unit | when unknown | may only |");
        Line($"|---|---|---|---|");
        foreach (var feature in FundingFeatures.All.Where(static feature => feature.InModels).Concat(Aim.Features))
            Line($"| {feature.Name} | {feature.Unit} | {feature.WhenUnknown} | {(feature.Effect == Effect.Free ? "–" : feature.Effect == Effect.Raises ? "raise" : "lower")} |");
        return text.ToString();

        void Line(FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
    }
}

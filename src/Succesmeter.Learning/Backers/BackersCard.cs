using System.Globalization;
using System.Text;
using Succesmeter.Learning.Datasets;
using Succesmeter.Social;

namespace Succesmeter.Learning.Backers;

/// <summary>What stands beside the model of backers, for people.</summary>
internal static class BackersCard
{
    public static string Of(BackersModel model, IReadOnlyList<PastCampaign> campaigns, int seed)
    {
        var text = new StringBuilder();
        Line($"# Model `{model.Name}`, version `{model.Version}`");
        Line($"");
        Line($"Written by `train --only backers` with seed {seed}; the same data and seed give the same bytes.");
        Line($"");
        Line($"**Answers**: how many backers (gifts, where a page counts no backers) a live campaign will have in the end: a tenth, a half, nine tenths. Never fewer than it has.");
        Line($"");
        Line($"**Form**: three sums of {model.Low.Trees.Count}, {model.Middle.Trees.Count} and {model.High.Trees.Count} boosted trees (LightGBM, quantile loss) for log((1 + final) / (1 + now)), each with a margin by kind and stage, fitted to campaigns held out from the trees.");
        Line($"");
        Line($"**Not for**: judging people or projects; it forecasts size, not social success (docs/preregistration.md). It says `describes` until a platform has 60 outcomes of its own, and `extrapolated` for all-or-nothing campaigns after their third day, which no data set shows.");
        Line($"");
        Line($"## Trained on");
        Line($"");
        Line($"| data set | campaigns | median of final backers |");
        Line($"|---|---|---|");
        foreach (var set in campaigns.Where(static campaign => campaign.FinalBackers is not null).GroupBy(static campaign => campaign.Dataset))
        {
            double[] sorted = [.. set.Select(static campaign => campaign.FinalBackers!.Value).Order()];
            Line($"| {set.Key} | {sorted.Length} | {sorted[sorted.Length / 2]} |");
        }

        Line($"");
        Line($"kickstarter-2014 (Li, Rakesh & Reddy, WSDM 2016): backers on days 0 to 3 and in the end. uk-community-fundraisers: gifts by day, to day 60; goal as first seen. justgiving is not in it: its lists stop at 25 gifts. No row of them is in the file.");
        Line($"");
        Line($"## Sees");
        Line($"");
        Line($"The funding features of `serving`, with the elapsed days as a share of the planned ones: {string.Join(", ", BackersModel.FeatureNames.Select(static name => $"`{name}`"))}.");
        return text.ToString();

        void Line(FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
    }
}

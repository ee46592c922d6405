using Succesmeter.Features;
using Succesmeter.Learning.Datasets;
using Succesmeter.Social;

namespace Succesmeter.Learning.Backers;

/// <summary>A campaign as it was known after some days, and how its number of backers went on.</summary>
internal sealed record BackersRow(PastCampaign Campaign, int Days, FundingFeatures Features, double Now, double Final)
{
    /// <summary>Of the number of backers, as the model means it.</summary>
    public double Growth => BackersModel.Growth(Now, Final);

    /// <summary>Null where the data set does not tell, and once the campaign is over.</summary>
    public static BackersRow? Of(PastCampaign campaign, int days)
    {
        if (campaign.FinalBackers is not { } final || days >= campaign.PlannedDays || (days > 0 && days > campaign.Gifts.Length))
            return null;

        var features = FundingFeatures.Of(campaign.CurveAfter(days, campaign.GoalAfter(days)));
        return new BackersRow(campaign, days, features, BackersModel.BackersOf(features), final);
    }
}

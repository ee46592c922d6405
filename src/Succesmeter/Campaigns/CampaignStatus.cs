namespace Succesmeter.Campaigns;

/// <summary>How a platform says a campaign stands; <c>state</c> in a snapshot.</summary>
public enum CampaignStatus
{
    Live,
    Succeeded,
    Failed,
    Cancelled,
}

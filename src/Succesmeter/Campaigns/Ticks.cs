namespace Succesmeter.Campaigns;

/// <summary>When the silence of a campaign is to be scored.</summary>
public static class Ticks
{
    private static readonly TimeSpan LastStretch = TimeSpan.FromDays(2);

    /// <returns>The newest whole hour up to now that is due and that no entry has reached yet; null when there is none.</returns>
    public static DateTimeOffset? Due(CampaignListing campaign, DateTimeOffset now)
    {
        if (campaign.AwaitsFacts || campaign.Status != CampaignStatus.Live)
            return null;

        var hour = WholeHour(now);
        DateTimeOffset due;
        if (campaign.Horizon is { } end && campaign.Funding != FundingModel.Recurring)
        {
            var atEnd = WholeHour(end) == end ? end : WholeHour(end).AddHours(1);
            due = hour >= atEnd ? atEnd : hour > end - LastStretch ? hour : Daily(campaign.Campaign, hour);
        }
        else
        {
            due = Daily(campaign.Campaign, hour);
        }

        return due > campaign.AsOf ? due : null;
    }

    /// <summary>The campaign's own hour of the day, so that not all are scored at once.</summary>
    private static DateTimeOffset Daily(CampaignId campaign, DateTimeOffset hour)
    {
        var own = 0;
        foreach (var c in campaign.ToString())
            own = ((own * 31) + c) % 24;
        var today = new DateTimeOffset(hour.Year, hour.Month, hour.Day, own, 0, 0, TimeSpan.Zero);
        return today <= hour ? today : today.AddDays(-1);
    }

    private static DateTimeOffset WholeHour(DateTimeOffset instant) =>
        new(instant.UtcTicks - (instant.UtcTicks % TimeSpan.TicksPerHour), TimeSpan.Zero);
}

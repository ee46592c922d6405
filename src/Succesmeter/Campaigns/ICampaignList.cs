namespace Succesmeter.Campaigns;

/// <summary>All campaigns, by platform.</summary>
public interface ICampaignList
{
    /// <summary>Puts campaigns' rows in place, each unless a newer one stands there. When it fails some may stand and others not.</summary>
    Task PutAsync(IReadOnlyList<CampaignListing> listings, CancellationToken cancellation);

    Task<CampaignListing?> FindAsync(CampaignId campaign, CancellationToken cancellation);

    /// <summary>A platform's campaigns in order of their names, after one of them.</summary>
    IAsyncEnumerable<CampaignListing> ReadAsync(PlatformId platform, string? after, CancellationToken cancellation);

    /// <summary>The platforms that have campaigns, in order of their ids.</summary>
    Task<IReadOnlyList<PlatformId>> PlatformsAsync(CancellationToken cancellation);
}

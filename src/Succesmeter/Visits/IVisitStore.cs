using Succesmeter.Campaigns;

namespace Succesmeter.Visits;

/// <summary>What is kept of visits, a partition a platform.</summary>
public interface IVisitStore
{
    Task<StoredVisits?> FindAsync(CampaignId campaign, CancellationToken cancellation);

    /// <summary>In the order of their names.</summary>
    IAsyncEnumerable<StoredVisits> ReadAsync(PlatformId platform, CancellationToken cancellation);

    /// <param name="visits">To be kept.</param>
    /// <param name="replaced">The version that this follows; null: there must be none so far.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <returns>False when somebody else changed it meanwhile.</returns>
    Task<bool> TryPutAsync(CampaignVisits visits, string? replaced, CancellationToken cancellation);

    /// <returns>New for a platform that was never crawled.</returns>
    Task<PlatformCrawl> FindCrawlAsync(PlatformId platform, CancellationToken cancellation);

    /// <summary>Changes the newest, whoever else changes it at the same time; <paramref name="change"/> may be called more than once.</summary>
    /// <returns>As it is kept now.</returns>
    Task<PlatformCrawl> ChangeCrawlAsync(PlatformId platform, Func<PlatformCrawl, PlatformCrawl> change, CancellationToken cancellation);
}

/// <param name="Visits">As kept.</param>
/// <param name="Version">What the store compares when it is replaced.</param>
public sealed record StoredVisits(CampaignVisits Visits, string Version);

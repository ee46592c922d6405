using Succesmeter.Campaigns;

namespace Succesmeter.Networks;

/// <summary>What was found in a platform's network.</summary>
public interface INetworkStore
{
    /// <summary>Of all campaigns that have any, by name.</summary>
    Task<IReadOnlyDictionary<string, KeptTies>> ReadTiesAsync(PlatformId platform, CancellationToken cancellation);

    Task<KeptTies?> FindTiesAsync(CampaignId campaign, CancellationToken cancellation);

    Task PutTiesAsync(CampaignId campaign, KeptTies ties, CancellationToken cancellation);

    /// <returns>Null while nothing was ever kept.</returns>
    Task<StoredNetwork?> FindKeptAsync(PlatformId platform, CancellationToken cancellation);

    /// <param name="replaced">The version that was read; null where there was none.</param>
    /// <returns>False when someone else changed it meanwhile.</returns>
    Task<bool> TryPutKeptAsync(PlatformId platform, KeptNetwork kept, string? replaced, CancellationToken cancellation);

    /// <summary>What clients see: it holds nothing that may not be shown.</summary>
    Task<PlatformNetwork?> FindShownAsync(PlatformId platform, CancellationToken cancellation);

    Task PutShownAsync(PlatformId platform, PlatformNetwork shown, CancellationToken cancellation);
}

/// <param name="Version">Changes with each change.</param>
public sealed record StoredNetwork(KeptNetwork Kept, string Version);

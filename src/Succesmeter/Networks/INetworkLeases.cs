using Succesmeter.Campaigns;

namespace Succesmeter.Networks;

/// <summary>Keeps two hosts from doing the same work on a platform's network at once. Nothing goes wrong without; it would be done twice.</summary>
public interface INetworkLeases
{
    /// <returns>Null when another host is at it. Disposing lets it go; a killed host's lapses.</returns>
    Task<IAsyncDisposable?> TryTakeAsync(PlatformId platform, CancellationToken cancellation);
}

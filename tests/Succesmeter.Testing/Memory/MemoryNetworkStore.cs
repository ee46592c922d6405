using System.Collections.Concurrent;
using Succesmeter.Campaigns;
using Succesmeter.Networks;

namespace Succesmeter.Testing.Memory;

/// <summary>What was found in networks, in memory.</summary>
public sealed class MemoryNetworkStore : INetworkStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<CampaignId, KeptTies> _ties = [];
    private readonly Dictionary<PlatformId, StoredNetwork> _kept = [];
    private readonly ConcurrentDictionary<PlatformId, PlatformNetwork> _shown = new();

    /// <summary>Writes of any kind.</summary>
    public int Changes { get; private set; }

    /// <summary>Rows of ties that were asked for by key.</summary>
    public int TiesFound { get; private set; }

    public Task<IReadOnlyDictionary<string, KeptTies>> ReadTiesAsync(PlatformId platform, CancellationToken cancellation)
    {
        lock (_lock)
            return Task.FromResult<IReadOnlyDictionary<string, KeptTies>>(_ties.Where(row => row.Key.Platform == platform).ToDictionary(row => row.Key.Name, row => row.Value));
    }

    public Task<KeptTies?> FindTiesAsync(CampaignId campaign, CancellationToken cancellation)
    {
        lock (_lock)
        {
            TiesFound++;
            return Task.FromResult(_ties.GetValueOrDefault(campaign));
        }
    }

    public Task PutTiesAsync(CampaignId campaign, KeptTies ties, CancellationToken cancellation)
    {
        lock (_lock)
        {
            Changes++;
            _ties[campaign] = ties;
        }

        return Task.CompletedTask;
    }

    public Task<StoredNetwork?> FindKeptAsync(PlatformId platform, CancellationToken cancellation)
    {
        lock (_lock)
            return Task.FromResult(_kept.GetValueOrDefault(platform));
    }

    public Task<bool> TryPutKeptAsync(PlatformId platform, KeptNetwork kept, string? replaced, CancellationToken cancellation)
    {
        lock (_lock)
        {
            if (_kept.GetValueOrDefault(platform)?.Version != replaced)
                return Task.FromResult(false);
            _kept[platform] = new StoredNetwork(kept, $"{++Changes}");
            return Task.FromResult(true);
        }
    }

    public Task<PlatformNetwork?> FindShownAsync(PlatformId platform, CancellationToken cancellation) => Task.FromResult(_shown.GetValueOrDefault(platform));

    public Task PutShownAsync(PlatformId platform, PlatformNetwork shown, CancellationToken cancellation)
    {
        lock (_lock)
            Changes++;
        _shown[platform] = shown;
        return Task.CompletedTask;
    }
}

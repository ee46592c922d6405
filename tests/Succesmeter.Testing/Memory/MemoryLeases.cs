using System.Collections.Concurrent;
using Succesmeter.Campaigns;
using Succesmeter.Networks;

namespace Succesmeter.Testing.Memory;

/// <summary>Leases in memory; they can be switched off, since nothing may go wrong without.</summary>
public sealed class MemoryLeases : INetworkLeases
{
    private readonly ConcurrentDictionary<PlatformId, bool> _held = new();

    public bool AreOff { get; set; }

    public Task<IAsyncDisposable?> TryTakeAsync(PlatformId platform, CancellationToken cancellation) =>
        Task.FromResult<IAsyncDisposable?>(AreOff || _held.TryAdd(platform, true) ? new Held(this, platform) : null);

    private sealed class Held(MemoryLeases leases, PlatformId platform) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            leases._held.TryRemove(platform, out _);
            return ValueTask.CompletedTask;
        }
    }
}

using System.Collections.Concurrent;
using Succesmeter.Campaigns;
using Succesmeter.Networks;
using Succesmeter.Snapshots;

namespace Succesmeter.Testing.Memory;

/// <summary>Tombstones in memory.</summary>
public sealed class MemoryTombstones : ITombstones
{
    private readonly ConcurrentDictionary<(PlatformId, Pseudonym), bool> _erased = new();

    public int Reads { get; private set; }

    public Task<IReadOnlySet<Pseudonym>> ReadAsync(PlatformId platform, CancellationToken cancellation)
    {
        Reads++;
        return Task.FromResult<IReadOnlySet<Pseudonym>>(_erased.Keys.Where(key => key.Item1 == platform).Select(key => key.Item2).ToHashSet());
    }

    public Task AddAsync(PlatformId platform, Pseudonym donor, CancellationToken cancellation)
    {
        _erased[(platform, donor)] = true;
        return Task.CompletedTask;
    }
}

using System.Collections.Concurrent;
using Succesmeter.Campaigns;
using Succesmeter.Erasures;
using Succesmeter.Snapshots;

namespace Succesmeter.Testing.Memory;

/// <summary>Tombstones in memory.</summary>
public sealed class MemoryTombstones : ITombstones
{
    private readonly ConcurrentDictionary<(PlatformId Platform, Tombstone Mark), bool> _erased = new();

    public int Reads { get; private set; }

    public Task<ErasedDonors> ReadAsync(PlatformId platform, CancellationToken cancellation)
    {
        Reads++;
        return Task.FromResult(new ErasedDonors(_erased.Keys.Where(key => key.Platform == platform).Select(key => key.Mark)));
    }

    public Task<IReadOnlyDictionary<PlatformId, ErasedDonors>> ReadAllAsync(CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyDictionary<PlatformId, ErasedDonors>>(_erased.Keys.GroupBy(key => key.Platform).ToDictionary(group => group.Key, group => new ErasedDonors(group.Select(key => key.Mark))));

    public Task AddAsync(PlatformId platform, Tombstone tombstone, CancellationToken cancellation)
    {
        _erased[(platform, tombstone)] = true;
        return Task.CompletedTask;
    }

    public Task AddAsync(PlatformId platform, Pseudonym donor) => AddAsync(platform, Tombstone.Of(donor), CancellationToken.None);
}

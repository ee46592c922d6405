using System.Collections.Concurrent;
using Succesmeter.Erasures;

namespace Succesmeter.Testing.Memory;

/// <summary>Erasures in memory.</summary>
public sealed class MemoryErasureStore : IErasureStore
{
    private readonly ConcurrentDictionary<string, Erasure> _erasures = new(StringComparer.Ordinal);

    public Task<Erasure> AddAsync(Erasure erasure, CancellationToken cancellation) => Task.FromResult(_erasures.GetOrAdd(erasure.Id, erasure));

    public Task<Erasure?> FindAsync(string id, CancellationToken cancellation) => Task.FromResult(_erasures.GetValueOrDefault(id));

    public Task<IReadOnlyList<Erasure>> ReadOpenAsync(CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<Erasure>>([.. _erasures.Values.Where(erasure => erasure.FinishedAt is null).OrderBy(erasure => erasure.Id, StringComparer.Ordinal)]);

    public Task PutAsync(Erasure erasure, CancellationToken cancellation)
    {
        _erasures.AddOrUpdate(erasure.Id, erasure, (_, stored) => stored.FinishedAt is null ? erasure : stored);
        return Task.CompletedTask;
    }
}

namespace Succesmeter.Erasures;

/// <summary>Erasures that were asked for, the finished ones too: that they were done can be shown.</summary>
public interface IErasureStore
{
    /// <returns>The one that stands: what was asked for again stays as far as it is.</returns>
    Task<Erasure> AddAsync(Erasure erasure, CancellationToken cancellation);

    Task<Erasure?> FindAsync(string id, CancellationToken cancellation);

    /// <summary>Those that are not finished.</summary>
    Task<IReadOnlyList<Erasure>> ReadOpenAsync(CancellationToken cancellation);

    /// <summary>Says how far one is. Of two hosts that say so the later counts: both did what they say.</summary>
    Task PutAsync(Erasure erasure, CancellationToken cancellation);
}

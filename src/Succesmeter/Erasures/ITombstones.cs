using Succesmeter.Campaigns;
using Succesmeter.Snapshots;

namespace Succesmeter.Erasures;

/// <summary>Marks of donors who asked to be forgotten. Whoever reads a name, or an edge, leaves these out.</summary>
public interface ITombstones
{
    Task<ErasedDonors> ReadAsync(PlatformId platform, CancellationToken cancellation);

    /// <summary>Of all platforms where anybody was erased.</summary>
    Task<IReadOnlyDictionary<PlatformId, ErasedDonors>> ReadAllAsync(CancellationToken cancellation);

    /// <summary>Durable when it returns. Put again it is the same.</summary>
    Task AddAsync(PlatformId platform, Tombstone tombstone, CancellationToken cancellation);
}

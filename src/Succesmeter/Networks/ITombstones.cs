using Succesmeter.Campaigns;
using Succesmeter.Snapshots;

namespace Succesmeter.Networks;

/// <summary>Donors who asked to be forgotten. What stands here is left out wherever edges are read, and is gone from the files after the next sum.</summary>
public interface ITombstones
{
    Task<IReadOnlySet<Pseudonym>> ReadAsync(PlatformId platform, CancellationToken cancellation);

    Task AddAsync(PlatformId platform, Pseudonym donor, CancellationToken cancellation);
}

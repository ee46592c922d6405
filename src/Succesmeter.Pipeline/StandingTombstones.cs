using Succesmeter.Campaigns;
using Succesmeter.Erasures;
using Succesmeter.Snapshots;

namespace Succesmeter.Pipeline;

/// <summary>
/// The tombstones of the platforms that one file names, read once it is known which those are: after the file was dropped, so that one that stood by then is heeded,
/// and again after a minute, so that a long file heeds what comes meanwhile. One query a platform and file; as many sets as <see cref="MostPlatforms"/> are held.
/// </summary>
internal sealed class StandingTombstones(ITombstones tombstones, TimeProvider clock)
{
    private const int MostPlatforms = 64;

    private static readonly TimeSpan s_life = TimeSpan.FromMinutes(1);

    private readonly Dictionary<PlatformId, (ErasedDonors Erased, long ReadAt)> known = [];

    /// <returns>The snapshot as it may be kept: whoever was erased is anonymous in it.</returns>
    public async ValueTask<Snapshot> HeedAsync(Snapshot snapshot, CancellationToken cancellation) =>
        snapshot.Donors.Any() ? snapshot.Kept(await OfAsync(snapshot.Campaign.Platform, cancellation)) : snapshot;

    public async ValueTask<ErasedDonors> OfAsync(PlatformId platform, CancellationToken cancellation)
    {
        if (known.TryGetValue(platform, out var standing) && clock.GetElapsedTime(standing.ReadAt) < s_life)
            return standing.Erased;

        if (known.Count >= MostPlatforms)
            known.Clear();
        var asked = clock.GetTimestamp();
        var erased = await tombstones.ReadAsync(platform, cancellation);
        known[platform] = (erased, asked);
        return erased;
    }
}

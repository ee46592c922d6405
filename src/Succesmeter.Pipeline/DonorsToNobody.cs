using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Succesmeter.Campaigns;
using Succesmeter.Erasures;
using Succesmeter.Histories;
using Succesmeter.Networks;
using Succesmeter.Snapshots;

namespace Succesmeter.Pipeline;

/// <summary>
/// Makes donors who asked for it anonymous everywhere: in histories and all that follows from them, in the files of edges, in raw files. It goes through all of them twice, the second time when
/// every reader of before has ended. It may run twice and on two hosts, and what is broken off goes on where it was.
/// </summary>
public sealed partial class DonorsToNobody(
    IErasureStore erasures,
    ITombstones tombstones,
    ICampaignStore store,
    RewrittenHistories histories,
    IEdgeFiles edges,
    DonationsToNetwork network,
    IRawFiles files,
    CleanedFiles cleaned,
    IPseudonyms pseudonyms,
    TimeProvider time,
    IOptions<ErasureOptions> options,
    ILogger<DonorsToNobody> logger)
{
    /// <summary>How far it is is said after so many campaigns.</summary>
    private const int CampaignsATime = 200;

    /// <exception cref="AggregateException">Some platforms failed; the others are done.</exception>
    public async Task RunAsync(CancellationToken cancellation)
    {
        var open = await erasures.ReadOpenAsync(cancellation);
        var due = open.Where(erasure => erasure.IsDue(time.GetUtcNow(), options.Value.Settles)).GroupBy(static erasure => erasure.Platform);
        await due.RunForEachAsync(platform => RunAsync(platform.Key, [.. platform], cancellation), cancellation);
    }

    private async Task RunAsync(PlatformId platform, List<Erasure> due, CancellationToken cancellation)
    {
        // Whoever took the request may have died before they stood.
        foreach (var erasure in due)
            foreach (var tombstone in erasure.Tombstones)
                await tombstones.AddAsync(platform, tombstone, cancellation);
        due = await PutAsync(due.Select(erasure => erasure.Begun(time.GetUtcNow())), cancellation);

        // An erasure that is not as far as the others begins for all.
        var erased = await tombstones.ReadAsync(platform, cancellation);
        var after = due.Exists(static erasure => erasure.Through is null) ? null : due.Select(static erasure => erasure.Through).Min(StringComparer.Ordinal);
        var passed = 0;
        await foreach (var (campaign, names) in store.ReadHavingAsync(platform, after, snapshot => snapshot.Names(erased), cancellation))
        {
            if (names)
                await histories.RewriteAsync(campaign, snapshot => snapshot.Names(erased) ? snapshot.Kept(erased) : snapshot, cancellation);
            if (++passed % CampaignsATime == 0)
                due = await PutAsync(due.Select(erasure => erasure with { Through = campaign.Name }), cancellation);
        }

        await network.RunAsync(platform, cancellation);
        if (await StandsInEdgesAsync(platform, erased, cancellation))
        {
            // Another host is at the network, or a file grew while it was summed: the next run comes within a minute.
            LogWaits(platform);
            return;
        }

        await CleanAsync(cancellation);
        await PutAsync(due.Select(erasure => erasure.Swept(time.GetUtcNow(), options.Value.Settles)), cancellation);
        LogDone(platform, due.Count);
    }

    private async Task<List<Erasure>> PutAsync(IEnumerable<Erasure> changed, CancellationToken cancellation)
    {
        var all = changed.ToList();
        foreach (var erasure in all)
            await erasures.PutAsync(erasure, cancellation);
        return all;
    }

    private async Task<bool> StandsInEdgesAsync(PlatformId platform, ErasedDonors erased, CancellationToken cancellation)
    {
        var stands = false;
        foreach (var part in await edges.ListAsync(platform, cancellation))
            await edges.ReadAsync(platform, part, block => stands = stands || block.Names(erased), cancellation);
        return stands;
    }

    private async Task CleanAsync(CancellationToken cancellation)
    {
        var names = new ErasedNames(pseudonyms, await tombstones.ReadAllAsync(cancellation));
        var youngest = time.GetUtcNow() - options.Value.Settles;
        await foreach (var file in files.ReadAsync(cancellation))
        {
            // Who reads a file that waits leaves them out; another version of it would have another receipt than the one that was given for it. One that waits on cannot be read.
            if (!file.IsWaiting || file.CreatedAt < youngest)
                await cleaned.CleanAsync(file, names, cancellation);
        }
    }

    [LoggerMessage(LogLevel.Information, "{Platform}: {Erasures} erasures went through all that is kept")]
    private partial void LogDone(PlatformId platform, int erasures);

    [LoggerMessage(LogLevel.Information, "{Platform}: erasures wait for the files of edges")]
    private partial void LogWaits(PlatformId platform);
}

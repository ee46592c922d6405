using Microsoft.Extensions.Logging;
using Succesmeter.Campaigns;
using Succesmeter.Histories;
using Succesmeter.Scores;
using Succesmeter.Snapshots;

namespace Succesmeter.Pipeline;

/// <summary>
/// Says the snapshots of a campaign anew, as if they had come so, and has all that follows from them made again: state, checkpoints, segments, scores, edges. What was told stays told.
/// </summary>
/// <remarks>
/// Each batch of entries goes in one commit with a record that is empty and waits for its replay, under the version of the commit before. So whoever scores meanwhile loses and reads anew, and the
/// commit that says the last entry anew leaves nothing that was derived from what stood before. What is broken off is found again by the entries that were not reached.
/// </remarks>
public sealed partial class RewrittenHistories(ICampaignStore store, IScoreQueue queue, ILogger<RewrittenHistories> logger)
{
    private const int MostTries = 20;

    /// <param name="campaign">Whose.</param>
    /// <param name="kept">The snapshot as it is to be, or the very same where nothing changes.</param>
    /// <param name="cancellation">Ends it; what was said anew stays so.</param>
    /// <exception cref="InvalidOperationException">Others changed the campaign all the while.</exception>
    public async Task RewriteAsync(CampaignId campaign, Func<Snapshot, Snapshot> kept, CancellationToken cancellation)
    {
        for (var tries = 0; tries < MostTries; tries++)
        {
            // The record first: who folds one of the parcels after this loses at the first commit below.
            var loaded = await store.LoadAsync(campaign, [], cancellation);
            await foreach (var parcel in store.ReadParcelsAsync(campaign, cancellation))
                if (Anew(parcel, kept) is { } anew)
                    await store.AddParcelAsync(campaign, anew, cancellation);

            if (loaded.Version is not null && !await RewriteAsync(loaded with { Parcels = [] }, kept, cancellation))
                continue;

            await queue.SendAsync([new ScoreRequest(campaign)], TimeSpan.Zero, cancellation);
            LogRewritten(campaign);
            return;
        }

        throw new InvalidOperationException($"{campaign} was changed by others {MostTries} times while its history was to be said anew.");
    }

    /// <returns>False when somebody else changed the campaign.</returns>
    private async Task<bool> RewriteAsync(LoadedCampaign loaded, Func<Snapshot, Snapshot> kept, CancellationToken cancellation)
    {
        var campaign = loaded.Record.State.Campaign;
        var current = loaded;
        foreach (var portion in (await store.CheckpointsAfterAsync(campaign, after: null, cancellation)).Chunk(Work.MostRows))
            if (!await CommitAsync(new CampaignCommit { CheckpointsDone = portion }))
                return false;
        foreach (var portion in (await store.SegmentsAsync(campaign, cancellation)).Chunk(Work.MostRows))
            if (!await CommitAsync(new CampaignCommit { SegmentsDone = portion }))
                return false;

        var (entries, bytes) = (new List<HistoryEntry>(), 0);
        await foreach (var entry in store.ReadEntriesAsync(campaign, after: null, DateTimeOffset.MaxValue, cancellation))
        {
            if (entry.Snapshot is not { } received || kept(received.Snapshot) is not { } anew || ReferenceEquals(anew, received.Snapshot))
                continue;

            entries.Add(entry with { Snapshot = received with { Snapshot = anew } });
            bytes += Work.Weight(entry);
            if (entries.Count < Work.MostRows && bytes < Work.MostBytes)
                continue;
            if (!await CommitAsync(new CampaignCommit { Entries = [.. entries] }))
                return false;
            entries.Clear();
            bytes = 0;
        }

        return await CommitAsync(new CampaignCommit { Entries = entries });

        async Task<bool> CommitAsync(CampaignCommit commit)
        {
            if (await store.CommitAsync(current, commit with { Record = current.Record.ToReplay() }, cancellation) is not { } committed)
                return false;
            current = committed;
            return true;
        }
    }

    private static Parcel? Anew(Parcel parcel, Func<Snapshot, Snapshot> kept)
    {
        var anew = parcel.Snapshots.Select(received => kept(received.Snapshot) is var snapshot && ReferenceEquals(snapshot, received.Snapshot) ? received : received with { Snapshot = snapshot }).ToList();
        return anew.Zip(parcel.Snapshots).Any(static pair => !ReferenceEquals(pair.First, pair.Second)) ? parcel with { Snapshots = anew } : null;
    }

    [LoggerMessage(LogLevel.Information, "{Campaign}: its history is said anew and folded again")]
    private partial void LogRewritten(CampaignId campaign);
}

using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Succesmeter.Campaigns;
using Succesmeter.Erasures;
using Succesmeter.Events;
using Succesmeter.Histories;
using Succesmeter.Networks;
using Succesmeter.Scores;
using Succesmeter.Snapshots;
using Succesmeter.Watching;

namespace Succesmeter.Pipeline;

/// <summary>
/// Folds a campaign's waiting snapshots and notes into its record, in order of time, and scores every instant. What comes late or corrects replays from
/// the last checkpoint. May run twice on one message and on two hosts at once: the record is replaced only if nobody else did.
/// </summary>
public sealed partial class SnapshotsToScores(
    ICampaignStore store,
    ICampaignList list,
    IScoreQueue queue,
    IEventAnnouncements announcements,
    IScoringModels models,
    IEdgeFiles edges,
    INetworkStore network,
    IPlatformZones zones,
    IPseudonyms pseudonyms,
    ITombstones tombstones,
    IOptions<ScoreOptions> options,
    ILogger<SnapshotsToScores> logger)
{
    private const int MostTries = 5;
    private static readonly TimeSpan Later = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan UntilModel = TimeSpan.FromMinutes(1);

    /// <param name="requests">Of one message. One that fails does not hold up the others.</param>
    /// <param name="cancellation">Ends the run; the message comes again.</param>
    public async Task RunAsync(IReadOnlyList<ScoreRequest> requests, CancellationToken cancellation)
    {
        Spans.Tag("campaigns", string.Join(' ', requests.Select(static request => request.Campaign)));
        var scored = new List<LoadedCampaign>();
        foreach (var request in requests)
        {
            await AloneAsync(request.Campaign, request, async () =>
            {
                if (await ScoreAsync(request, cancellation) is { } campaign)
                    scored.Add(campaign);
            });
        }

        // What stands outside the campaigns' partitions is derived; after a crash the message comes again and so does this. Rows of one platform's list go together.
        await list.PutAsync([.. scored.Select(static campaign => Listings.Of(campaign.Record)).OfType<CampaignListing>()], cancellation);
        foreach (var campaign in scored.Where(static campaign => !campaign.Record.UnsentEvents.IsEmpty))
        {
            var name = campaign.Record.State.Campaign;
            await AloneAsync(name, new ScoreRequest(name), () => TellAsync(campaign, cancellation));
        }

        async Task AloneAsync(CampaignId campaign, ScoreRequest again, Func<Task> run)
        {
            try
            {
                await run();
            }
            catch (Exception failure) when (requests.Count > 1 && !cancellation.IsCancellationRequested)
            {
                // From here on it fails alone, so that its tries are its own.
                LogFailed(failure, campaign);
                await queue.SendAsync([again], TimeSpan.Zero, cancellation);
            }
        }
    }

    /// <returns>The campaign as it now is, or null when its message comes again later.</returns>
    private async Task<LoadedCampaign?> ScoreAsync(ScoreRequest request, CancellationToken cancellation)
    {
        if (await models.CurrentAsync(cancellation) is not { } model)
        {
            // A dependency that is missing delays a message and is no failure of it.
            LogNoModel(request.Campaign);
            await queue.SendAsync([request], UntilModel, cancellation);
            return null;
        }

        for (var tries = 0; tries < MostTries; tries++)
        {
            var loaded = await store.LoadAsync(request.Campaign, request.Parcels, cancellation);
            if (await AdvanceAsync(loaded, request.Tick, model, cancellation) is not { } advanced)
                continue;

            if (advanced.HasMoreParcels)
                await queue.SendAsync([request], TimeSpan.Zero, cancellation);
            return advanced;
        }

        LogContended(request.Campaign);
        await queue.SendAsync([request], Later, cancellation);
        return null;
    }

    /// <returns>The campaign as it now is, or null when someone else changed it meanwhile.</returns>
    private async Task<LoadedCampaign?> AdvanceAsync(LoadedCampaign loaded, DateTimeOffset? tick, ScoringModel model, CancellationToken cancellation)
    {
        var campaign = loaded.Record.State.Campaign;
        var arrivals = new Arrivals(loaded.Parcels);
        arrivals.DropRepeated(loaded.Record.Recent);
        if (arrivals is { First: { } oldest, Last: { } newest } && oldest <= loaded.Record.KnownThrough)
            await foreach (var entry in store.ReadEntriesAsync(campaign, after: oldest.AddMilliseconds(-1), through: newest, cancellation))
                arrivals.Drop(entry);

        var start = loaded.Record;
        if (arrivals.First is { } first && first <= start.FoldedThrough)
        {
            var checkpoint = await store.NewestCheckpointAsync(campaign, first, cancellation);
            start = start with { State = checkpoint?.State ?? CampaignState.Of(campaign), FoldedThrough = checkpoint?.At };
        }

        var work = new Work(loaded, start, model, await announcements.HasSubscribersAsync(campaign, cancellation));
        if (start.IsReplaying)
        {
            work.UntrueCheckpoints = await store.CheckpointsAfterAsync(campaign, start.FoldedThrough, cancellation);
            await foreach (var entry in store.ReadEntriesAsync(campaign, start.FoldedThrough, start.KnownThrough!.Value, cancellation))
            {
                foreach (var arrived in arrivals.TakeBefore(entry))
                    if (!await TakeAsync(work, arrived, model, cancellation))
                        return null;

                if (!await TakeAsync(work, arrivals.TakeCorrectionOf(entry) ?? entry, model, cancellation))
                    return null;
            }
        }

        foreach (var arrived in arrivals.TakeRest())
            if (!await TakeAsync(work, arrived, model, cancellation))
                return null;

        // A tick that a newer instant overtook has nothing left to say, and before the first snapshot there is no campaign.
        if (tick is { } silence && work.Record.FoldedThrough < silence)
        {
            var entry = new HistoryEntry { At = silence, Ties = await NewTiesAsync(work.Record.State, cancellation) };
            if (!await TakeAsync(work, entry, model, cancellation))
                return null;
        }

        return await CommitAsync(work, [.. loaded.Parcels.Select(parcel => parcel.Key)], cancellation) ? work.Loaded : null;
    }

    private async Task<bool> TakeAsync(Work work, HistoryEntry entry, ScoringModel model, CancellationToken cancellation)
    {
        if (work.IsFull && !await CommitAsync(work, [], cancellation))
            return false;

        work.Take(Step.Of(work.Record, entry, model, zones.Of(work.Record.State.Campaign.Platform), options.Value.PublicScores));
        return true;
    }

    /// <summary>Ties come into the state with a tick alone, and stand in its entry: a replay finds them there, whatever the network says by then.</summary>
    /// <returns>Null when there is nothing new, without asking where donors are too few for anything to be shown.</returns>
    private async Task<ShownTies?> NewTiesAsync(CampaignState state, CancellationToken cancellation)
    {
        if (state.Ties is null && !state.Gifts.MayHaveDonors(SmallNumbers.LeastIdentified))
            return null;

        return await network.FindTiesAsync(state.Campaign, cancellation) is { } kept && kept.Shown != state.Ties ? kept.Shown : null;
    }

    private async Task<bool> CommitAsync(Work work, IReadOnlyList<string> parcelsDone, CancellationToken cancellation)
    {
        if (work.Commit(parcelsDone) is not { } commit)
            return true;

        // Before the commit: what dies in between is said again by the next try, and what was said in vain the next sum puts right (DonationsToNetwork).
        if (work.Edges(pseudonyms) is { } block && await WithoutErasedAsync(work.Record.State.Campaign.Platform, block, cancellation) is { IsEmpty: false } left)
            await edges.AppendAsync(work.Record.State.Campaign.Platform, left, cancellation);
        if (await store.CommitAsync(work.Loaded, commit, cancellation) is not { } committed)
            return false;

        foreach (var entry in commit.Entries)
            if (entry.Score is { } said)
                Instruments.Scored(work.Record.State.Campaign.Platform, said.Model, said.Confidence);
        work.Committed(committed);
        return true;
    }

    /// <summary>A holder has a pseudonym only here, so here it is asked whether one who was a donor asked to be forgotten: once a campaign.</summary>
    private async Task<EdgeBlock> WithoutErasedAsync(PlatformId platform, EdgeBlock block, CancellationToken cancellation) =>
        block.Holder is { } holder && (await tombstones.ReadAsync(platform, cancellation)).Contains(holder.Donor) ? block with { Holder = null } : block;

    private async Task TellAsync(LoadedCampaign loaded, CancellationToken cancellation)
    {
        var record = loaded.Record;
        await announcements.AnnounceAsync(record.UnsentEvents, cancellation);

        // Lost to someone else's change, the events stay listed and are announced again under the same ids: by whoever changed it or, if that told nothing, by a message of its own.
        if (await store.CommitAsync(loaded, new CampaignCommit { Record = record with { UnsentEvents = [], Sequence = record.Sequence } }, cancellation) is null)
            await queue.SendAsync([new ScoreRequest(record.State.Campaign)], Later, cancellation);
    }

    [LoggerMessage(LogLevel.Warning, "{Campaign} waits: there is no model to score with")]
    private partial void LogNoModel(CampaignId campaign);

    [LoggerMessage(LogLevel.Warning, "{Campaign} failed among others and gets a message of its own")]
    private partial void LogFailed(Exception why, CampaignId campaign);

    [LoggerMessage(LogLevel.Information, "{Campaign} is being changed by others; its message comes again later")]
    private partial void LogContended(CampaignId campaign);
}

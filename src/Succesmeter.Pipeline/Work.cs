using Succesmeter.Campaigns;
using Succesmeter.Histories;
using Succesmeter.Networks;
using Succesmeter.Scores;
using Succesmeter.Snapshots;

namespace Succesmeter.Pipeline;

/// <summary>The steps that are taken but not committed, and where the record would then stand.</summary>
internal sealed class Work(LoadedCampaign loaded, CampaignRecord start, ScoringModel model, bool hasSubscribers)
{
    /// <summary>A batch holds 100 rows; the rest is for the record and for parcels that are put away.</summary>
    public const int MostRows = 60;

    /// <summary>A batch holds 4 MiB.</summary>
    public const int MostBytes = 2 * 1024 * 1024;

    private readonly List<Step> steps = [];

    /// <summary>What the network was told of last; null when a replay that was cut short has overwritten it.</summary>
    private CampaignState? told = loaded.Record.IsReplaying ? null : loaded.Record.State;

    private bool replays = start.IsReplaying;
    private int rows;
    private int bytes;

    public LoadedCampaign Loaded { get; private set; } = loaded;

    public CampaignRecord Record { get; private set; } = start;

    /// <summary>Checkpoints of before a replay, after the instant where it began.</summary>
    public IReadOnlyList<DateTimeOffset> UntrueCheckpoints { get; set; } = [];

    public bool IsFull => rows >= MostRows || bytes >= MostBytes;

    public void Take(Step step)
    {
        steps.Add(step);
        Record = step.Record;
        rows += 1 + step.Events.Count + (step.Checkpoint is null ? 0 : 1) + (step.Segment is null ? 0 : 1);
        bytes += Weight(step);
    }

    /// <returns>Null when there is nothing to write.</returns>
    public CampaignCommit? Commit(IReadOnlyList<string> parcelsDone)
    {
        if (steps.Count == 0)
            return parcelsDone.Count == 0 ? null : new CampaignCommit { ParcelsDone = parcelsDone };

        var checkpoints = steps.Select(step => step.Checkpoint).OfType<Checkpoint>().ToList();
        return new CampaignCommit
        {
            // Clients see the newest score only: while a replay is under way the one from before it stands.
            Record = Record with
            {
                Sequence = Loaded.Record.Sequence + 1,
                UnsentEvents = hasSubscribers ? Record.UnsentEvents : [],
                LatestScore = Record.IsReplaying ? Loaded.Record.LatestScore : NewestScore(),
                LatestSummary = Record.IsReplaying ? Loaded.Record.LatestSummary : Record.LatestSummary,
            },
            Entries = [.. steps.Select(step => step.Entry)],
            Checkpoints = checkpoints,
            CheckpointsDone = [.. UntrueCheckpoints.Where(at => at <= Record.FoldedThrough && checkpoints.TrueForAll(made => made.At != at))],
            Segments = [.. steps.Select(step => step.Segment).OfType<GiftSegment>()],
            Events = [.. steps.SelectMany(step => step.Events)],
            ParcelsDone = parcelsDone,
        };
    }

    /// <summary>What the commit changes about donors, to be appended before it. In the midst of a replay nothing: its states were never true.</summary>
    public EdgeBlock? Edges(IPseudonyms pseudonyms) =>
        steps.Count == 0 || Record.IsReplaying ? null : ChangedEdges.Of(told, Record.State, replays, EdgeClock.Before(Loaded.Record.Sequence + 1), pseudonyms);

    public void Committed(LoadedCampaign committed)
    {
        if (!committed.Record.IsReplaying)
            (told, replays) = (committed.Record.State, false);
        UntrueCheckpoints = [.. UntrueCheckpoints.Where(at => at > committed.Record.FoldedThrough)];
        Loaded = committed;
        Record = committed.Record;
        steps.Clear();
        rows = 0;
        bytes = 0;
    }

    /// <summary>Bytes that a step's rows take, estimated from above for ordinary lists.</summary>
    private static int Weight(Step step)
    {
        var gifts = 40 * step.Record.State.Gifts.Open.Length;
        return Weight(step.Entry) + (step.Checkpoint is null ? 0 : gifts) + (step.Segment is null ? 0 : gifts);
    }

    /// <summary>Of an entry's row alone, estimated likewise.</summary>
    public static int Weight(HistoryEntry entry) => 2_000 + (entry.Snapshot is { } received
        ? 80 * (received.Snapshot.Contributions.Count + (received.Snapshot.Supporters?.Count ?? 0) + (received.Snapshot.CommentList?.Count ?? 0))
            + (received.Snapshot.Description?.Length ?? 0)
        : 0);

    private ReadOnlyMemory<byte>? NewestScore()
    {
        // Said in two steps: as one conditional, "no score" would turn into a score of no bytes.
        if (steps[^1].Score is not { } score)
            return null;

        return ScoreJson.Write(score.Explained(Record.State, model));
    }
}

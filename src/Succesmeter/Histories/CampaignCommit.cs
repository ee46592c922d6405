using Succesmeter.Campaigns;
using Succesmeter.Events;

namespace Succesmeter.Histories;

/// <summary>One atomic change of a campaign's partition: everything in it happens, or nothing.</summary>
public sealed record CampaignCommit
{
    /// <summary>Null when the record itself stays as it is: parcels that brought nothing new are only put away.</summary>
    public CampaignRecord? Record { get; init; }

    public IReadOnlyList<HistoryEntry> Entries { get; init; } = [];

    public IReadOnlyList<Checkpoint> Checkpoints { get; init; } = [];

    /// <summary>Checkpoints that a replay has made untrue.</summary>
    public IReadOnlyList<DateTimeOffset> CheckpointsDone { get; init; } = [];

    public IReadOnlyList<CampaignEvent> Events { get; init; } = [];

    public IReadOnlyList<GiftSegment> Segments { get; init; } = [];

    /// <summary>Numbers of segments that are sealed anew.</summary>
    public IReadOnlyList<int> SegmentsDone { get; init; } = [];

    public IReadOnlyList<string> ParcelsDone { get; init; } = [];
}

/// <summary>The state as of a snapshot, kept so that a late snapshot need not replay from the beginning.</summary>
/// <param name="At">The instant of the newest snapshot folded in.</param>
/// <param name="State">The state after it.</param>
public sealed record Checkpoint(DateTimeOffset At, CampaignState State);

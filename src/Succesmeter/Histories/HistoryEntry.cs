using Succesmeter.Campaigns;
using Succesmeter.Networks;
using Succesmeter.Scores;
using Succesmeter.Snapshots;

namespace Succesmeter.Histories;

/// <summary>One instant of a campaign's history: a snapshot, a note of holder or coach, or a tick that scored the silence; and what the score said then.</summary>
public sealed record HistoryEntry
{
    public required DateTimeOffset At { get; init; }

    /// <summary>Null for a note and a tick.</summary>
    public ReceivedSnapshot? Snapshot { get; init; }

    /// <summary>What holder or coach said; null for a snapshot and a tick.</summary>
    public ReceivedNote? Note { get; init; }

    /// <summary>What a tick brought from the network; null where it brought nothing new. Part of the history, so that a replay scores the instant with what was known then.</summary>
    public ShownTies? Ties { get; init; }

    /// <summary>Null while facts are awaited.</summary>
    public ScoreSummary? Score { get; init; }

    /// <summary>Why the snapshot's money was left out, or null.</summary>
    public string? SetAside { get; init; }

    public bool IsTick => Snapshot is null && Note is null;

    /// <summary>Where the entry stands among those of its instant, ordinal: notes, then the snapshot, then the tick. One entry a place.</summary>
    public string Place => Note is { Note.Id: var id } ? $"n|{id}" : Snapshot is null ? "t" : "s";
}

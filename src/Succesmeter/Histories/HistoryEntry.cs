using Succesmeter.Scores;
using Succesmeter.Snapshots;

namespace Succesmeter.Histories;

/// <summary>One instant of a campaign's history: a snapshot, or a tick that scored the silence; and what the score said then.</summary>
public sealed record HistoryEntry
{
    public required DateTimeOffset At { get; init; }

    /// <summary>Null for a tick.</summary>
    public ReceivedSnapshot? Snapshot { get; init; }

    /// <summary>Null while facts are awaited.</summary>
    public ScoreSummary? Score { get; init; }

    /// <summary>Why the snapshot's money was left out, or null.</summary>
    public string? SetAside { get; init; }

    public bool IsTick => Snapshot is null;
}

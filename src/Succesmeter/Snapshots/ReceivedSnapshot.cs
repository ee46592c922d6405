namespace Succesmeter.Snapshots;

/// <summary>A snapshot with its place in the order of arrival.</summary>
public sealed record ReceivedSnapshot(Snapshot Snapshot, Received Received)
{
    /// <summary>
    /// Whether this replaces what is already known of the same instant. What says the same never does, so that a file dropped again changes no row
    /// (docs/decisions.md: <i>The later received wins</i>).
    /// </summary>
    public bool Corrects(ReceivedSnapshot known) => Received > known.Received && !Snapshot.Equals(known.Snapshot);
}

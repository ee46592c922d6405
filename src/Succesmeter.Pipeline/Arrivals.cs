using System.Collections.Immutable;
using Succesmeter.Histories;

namespace Succesmeter.Pipeline;

/// <summary>The snapshots and notes of some parcels in order of time, of each place in the history the one received last.</summary>
internal sealed class Arrivals
{
    private static readonly Comparer<(DateTimeOffset At, string Place)> InOrder = Comparer<(DateTimeOffset At, string Place)>.Create(
        static (one, other) => one.At.CompareTo(other.At) is not 0 and var byTime ? byTime : string.CompareOrdinal(one.Place, other.Place));

    private readonly SortedDictionary<(DateTimeOffset At, string Place), HistoryEntry> waiting = new(InOrder);

    public Arrivals(IReadOnlyList<Parcel> parcels)
    {
        foreach (var arrived in parcels.SelectMany(parcel => parcel.Snapshots))
        {
            var entry = new HistoryEntry { At = arrived.Snapshot.TakenAt, Snapshot = arrived };
            if (!waiting.TryGetValue(KeyOf(entry), out var other) || arrived.Received > other.Snapshot!.Received)
                waiting[KeyOf(entry)] = entry;
        }

        foreach (var said in parcels.SelectMany(parcel => parcel.Notes))
        {
            var entry = new HistoryEntry { At = said.Note.At, Note = said };
            if (!waiting.TryGetValue(KeyOf(entry), out var other) || said.Received > other.Note!.Received)
                waiting[KeyOf(entry)] = entry;
        }
    }

    /// <summary>The instant of the next to be taken; null when none is left.</summary>
    public DateTimeOffset? First => Next?.At;

    public DateTimeOffset? Last => waiting.Count == 0 ? null : waiting.Keys.Last().At;

    private HistoryEntry? Next
    {
        get
        {
            foreach (var entry in waiting.Values)
                return entry;
            return null;
        }
    }

    /// <summary>Leaves out what came before and says the same as then.</summary>
    public void DropRepeated(ImmutableArray<RecentSnapshot> recent)
    {
        foreach (var known in recent)
            if (waiting.TryGetValue((known.At, SnapshotPlace), out var arrived) && RecentSnapshot.Of(arrived.Snapshot!.Snapshot) == known)
                waiting.Remove((known.At, SnapshotPlace));
    }

    /// <summary>Leaves out the one of an entry's place, unless it corrects the entry.</summary>
    public void Drop(HistoryEntry entry)
    {
        if (!waiting.TryGetValue(KeyOf(entry), out var arrived))
            return;

        var corrects = arrived.Note is { } note ? note.Corrects(entry.Note!) : arrived.Snapshot!.Corrects(entry.Snapshot!);
        if (!corrects)
            waiting.Remove(KeyOf(entry));
    }

    /// <summary>Takes those that stand before an entry.</summary>
    public IEnumerable<HistoryEntry> TakeBefore(HistoryEntry entry)
    {
        while (Next is { } next && InOrder.Compare(KeyOf(next), KeyOf(entry)) < 0)
            yield return Take(next);
    }

    /// <summary>Takes what corrects an entry, if anything does.</summary>
    public HistoryEntry? TakeCorrectionOf(HistoryEntry entry) => Next is { } next && KeyOf(next) == KeyOf(entry) ? Take(next) : null;

    public IEnumerable<HistoryEntry> TakeRest()
    {
        while (Next is { } next)
            yield return Take(next);
    }

    private const string SnapshotPlace = "s";

    private static (DateTimeOffset At, string Place) KeyOf(HistoryEntry entry) => (entry.At, entry.Place);

    private HistoryEntry Take(HistoryEntry next)
    {
        waiting.Remove(KeyOf(next));
        return next;
    }
}

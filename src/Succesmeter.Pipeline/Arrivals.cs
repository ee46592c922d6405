using System.Collections.Immutable;
using Succesmeter.Histories;
using Succesmeter.Snapshots;

namespace Succesmeter.Pipeline;

/// <summary>The snapshots of some parcels in order of time, of each instant the one received last.</summary>
internal sealed class Arrivals
{
    private readonly SortedDictionary<DateTimeOffset, ReceivedSnapshot> waiting = [];

    public Arrivals(IReadOnlyList<Parcel> parcels)
    {
        foreach (var arrived in parcels.SelectMany(parcel => parcel.Snapshots))
            if (!waiting.TryGetValue(arrived.Snapshot.TakenAt, out var other) || arrived.Received > other.Received)
                waiting[arrived.Snapshot.TakenAt] = arrived;
    }

    /// <summary>The instant of the next to be taken; null when none is left.</summary>
    public DateTimeOffset? First
    {
        get
        {
            foreach (var instant in waiting.Keys)
                return instant;
            return null;
        }
    }

    public DateTimeOffset? Last => waiting.Count == 0 ? null : waiting.Keys.Last();

    /// <summary>Leaves out what came before and says the same as then.</summary>
    public void DropRepeated(ImmutableArray<RecentSnapshot> recent)
    {
        foreach (var known in recent)
            if (waiting.TryGetValue(known.At, out var arrived) && RecentSnapshot.Of(arrived.Snapshot) == known)
                waiting.Remove(known.At);
    }

    /// <summary>Leaves out the one of an entry's instant, unless it corrects the entry.</summary>
    public void Drop(HistoryEntry entry)
    {
        if (entry.Snapshot is { } known && waiting.TryGetValue(entry.At, out var arrived) && !arrived.Corrects(known))
            waiting.Remove(entry.At);
    }

    /// <summary>Takes those that stand before an entry; a snapshot of a tick's instant stands before the tick.</summary>
    public IEnumerable<HistoryEntry> TakeBefore(HistoryEntry entry)
    {
        while (First is { } first && (first < entry.At || (first == entry.At && entry.IsTick)))
            yield return Take(first);
    }

    /// <summary>Takes what corrects an entry, if anything does.</summary>
    public HistoryEntry? TakeCorrectionOf(HistoryEntry entry) => !entry.IsTick && First is { } first && first == entry.At ? Take(first) : null;

    public IEnumerable<HistoryEntry> TakeRest()
    {
        while (First is { } first)
            yield return Take(first);
    }

    private HistoryEntry Take(DateTimeOffset instant)
    {
        waiting.Remove(instant, out var arrived);
        return new HistoryEntry { At = instant, Snapshot = arrived };
    }
}

using System.Collections.Immutable;
using Succesmeter.Snapshots;

namespace Succesmeter.Histories;

/// <summary>What a recent entry of the history says, in short: enough to know a snapshot that comes again without reading the entry.</summary>
/// <param name="At">When it was taken.</param>
/// <param name="Content">The first 64 bits of its content's hash.</param>
public readonly record struct RecentSnapshot(DateTimeOffset At, ulong Content)
{
    /// <summary>A campaign is visited a few times a day, and what comes again is mostly of the last days.</summary>
    public const int Most = 64;

    public static RecentSnapshot Of(Snapshot snapshot) => new(snapshot.TakenAt, (ulong)(SnapshotJson.ContentHash(snapshot) >> 64));

    /// <summary>The newest <see cref="Most"/> with this one among them, in order of time, one an instant.</summary>
    public ImmutableArray<RecentSnapshot> AddTo(ImmutableArray<RecentSnapshot> recent)
    {
        var place = recent.Length;
        while (place > 0 && recent[place - 1].At > At)
            place--;

        if (place > 0 && recent[place - 1].At == At)
            return recent[place - 1] == this ? recent : recent.SetItem(place - 1, this);

        var grown = recent.Insert(place, this);
        return grown.Length > Most ? grown.RemoveAt(0) : grown;
    }
}

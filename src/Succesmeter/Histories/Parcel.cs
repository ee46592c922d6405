using System.Globalization;
using Succesmeter.Campaigns;
using Succesmeter.Snapshots;

namespace Succesmeter.Histories;

/// <summary>Snapshots and notes of one campaign that are durable but not yet folded in.</summary>
/// <param name="Key">Derived from the source and its first line, so that reading the source again replaces the parcel.</param>
/// <param name="Snapshots">As they stood in the source.</param>
public sealed record Parcel(string Key, IReadOnlyList<ReceivedSnapshot> Snapshots)
{
    /// <summary>What holder or coach said; it arrives one at a time.</summary>
    public IReadOnlyList<ReceivedNote> Notes { get; init; } = [];

    /// <summary>What the store compares when it is put away; null for one that does not come from there.</summary>
    public string? Version { get; init; }

    /// <summary>When it arrived and from where, the same for all that is in it but the line.</summary>
    public Received Received => Snapshots.Count > 0 ? Snapshots[0].Received : Notes[0].Received;

    public static Parcel Of(ReceivedNote note) => new(KeyOf(note.Received.At, note.Note.Id, note.Received.Line), []) { Notes = [note] };

    /// <summary>Sorts by arrival; what one file brought stands together.</summary>
    public static string KeyOf(DateTimeOffset receivedAt, string receiptId, long firstLine) =>
        string.Create(CultureInfo.InvariantCulture, $"{Prefix(receivedAt, receiptId)}{firstLine:D12}");

    /// <summary>What the keys of one file's parcels begin with.</summary>
    public static string Prefix(DateTimeOffset receivedAt, string receiptId) =>
        string.Create(CultureInfo.InvariantCulture, $"{receivedAt.ToUnixTimeMilliseconds():D15}-{receiptId}-");
}

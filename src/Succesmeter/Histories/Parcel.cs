using System.Globalization;
using Succesmeter.Snapshots;

namespace Succesmeter.Histories;

/// <summary>Snapshots of one campaign that are durable but not yet folded in.</summary>
/// <param name="Key">Derived from the source and its first line, so that reading the source again replaces the parcel.</param>
/// <param name="Snapshots">As they stood in the source.</param>
public sealed record Parcel(string Key, IReadOnlyList<ReceivedSnapshot> Snapshots)
{
    /// <summary>Sorts by arrival; what one file brought stands together.</summary>
    public static string KeyOf(DateTimeOffset receivedAt, string receiptId, long firstLine) =>
        string.Create(CultureInfo.InvariantCulture, $"{Prefix(receivedAt, receiptId)}{firstLine:D12}");

    /// <summary>What the keys of one file's parcels begin with.</summary>
    public static string Prefix(DateTimeOffset receivedAt, string receiptId) =>
        string.Create(CultureInfo.InvariantCulture, $"{receivedAt.ToUnixTimeMilliseconds():D15}-{receiptId}-");
}

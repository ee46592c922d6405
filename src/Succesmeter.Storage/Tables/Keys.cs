using System.Globalization;
using Succesmeter.Campaigns;
using Succesmeter.Events;
using Succesmeter.Histories;

namespace Succesmeter.Storage.Tables;

/// <summary>
/// The keys of a campaign's partition. The first letter groups rows so that the record and the waiting parcels are one range:
/// <c>a</c> record, <c>b</c> parcels, <c>c</c> checkpoints (newest first), <c>e</c> events (newest first), <c>g</c> gift segments, <c>h</c> history.
/// </summary>
internal static class Keys
{
    public const string Record = "a";
    public const string Parcels = "b|";
    public const string Checkpoints = "c|";
    public const string Events = "e|";
    public const string Segments = "g|";
    public const string History = "h|";

    private const int InstantDigits = 15;

    /// <summary>No key of a group is at or past this one.</summary>
    public static string EndOf(string group) => group[..^1] + (char)(group[^1] + 1);

    public static string Partition(CampaignId campaign) => $"{campaign.Platform}|{campaign.Name}";

    public static string Parcel(string key) => Parcels + key;

    public static string Checkpoint(DateTimeOffset at) => Checkpoints + NewestFirst(at);

    public static string Event(CampaignEvent told) => $"{Events}{NewestFirst(told.AsOf)}|{told.Type}|{told.Level}|{told.Episode.ToString(CultureInfo.InvariantCulture)}";

    public static string Segment(int number) => Segments + number.ToString("D6", CultureInfo.InvariantCulture);

    public static int SegmentOf(string segmentKey) => int.Parse(segmentKey.AsSpan(Segments.Length), NumberStyles.None, CultureInfo.InvariantCulture);

    public static string Entry(HistoryEntry entry) => $"{History}{OldestFirst(entry.At)}|{entry.Place}";

    /// <summary>The first letter of an entry's place: <c>n</c> note, <c>s</c> snapshot, <c>t</c> tick.</summary>
    public static char KindOf(string historyKey) => historyKey[History.Length + InstantDigits + 1];

    /// <summary>Every entry of the instant and of those before sorts before this.</summary>
    public static string HistoryAfter(DateTimeOffset at) => $"{History}{OldestFirst(at)}|~";

    public static DateTimeOffset InstantOf(string historyKey) =>
        DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(historyKey.AsSpan(History.Length, InstantDigits), NumberStyles.None, CultureInfo.InvariantCulture));

    private static string OldestFirst(DateTimeOffset at) => at.ToUnixTimeMilliseconds().ToString("D15", CultureInfo.InvariantCulture);

    public static string NewestFirst(DateTimeOffset at) => (999_999_999_999_999 - at.ToUnixTimeMilliseconds()).ToString("D15", CultureInfo.InvariantCulture);
}

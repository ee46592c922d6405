using System.IO.Compression;
using System.Text;
using Succesmeter.Campaigns;
using Succesmeter.Snapshots;

namespace Succesmeter.Tests.Snapshots;

/// <summary>Plain valid values; bend them with <c>with</c>.</summary>
internal static class Some
{
    /// <summary>DESIGN's example, with its gaps filled.</summary>
    public const string Example = """
        { "schema": "succesmeter/snapshot/1", "platform": "growfunding", "campaign": "kidical-mass", "takenAt": "2026-05-02T12:00:00Z", "state": "live",
          "title": "Kidical Mass", "holder": "Fietsers vzw", "url": "https://growfunding.be/nl/projects/kidical-mass", "languages": ["nl","fr"], "category": "mobility", "place": "Molenbeek", "latitude": 50.85, "longitude": 4.33,
          "currency": "EUR", "goal": 7500, "stretchGoal": 10000, "goalUnit": "money", "funding": "all-or-nothing", "launchedAt": "2026-04-20T08:00:00Z", "endsAt": "2026-05-30T22:00:00Z",
          "pledged": 2310.50, "backers": 64, "comments": 12, "updates": 3, "followers": 140, "shares": 55, "collaborators": 4, "sensitive": false, "description": "Veilig naar school.",
          "rewards": [ { "title": "Bel", "price": 25, "claimed": 10, "limit": 50 } ], "needs": { "asked": 5, "filled": 2 }, "members": { "active": 18, "started": 20, "stopped": 2 },
          "contributionsAre": "all", "contributions": [ { "id": "g1", "at": "2026-04-21T10:00:00Z", "amount": 25, "donor": "Jan Peeters", "identity": "full-name", "anonymous": false, "messageLength": 120, "place": "1080", "rewardWaived": false, "people": 1 } ],
          "supporters": [ { "donor": "u-7", "identity": "account", "anonymous": false, "firstSeen": "2026-04-22" } ],
          "commentList": [ { "id": "c1", "at": "2026-04-23T09:30:00+02:00", "by": "backer", "author": "u-7", "answers": "c0" } ],
          "actions": [ { "at": "2026-04-24", "kind": "mail" } ], "actionLogKept": true }
        """;

    public static readonly DateTimeOffset Received = new(2026, 5, 3, 0, 0, 0, TimeSpan.Zero);

    public static readonly TimeZoneInfo Brussels = TimeZoneInfo.FindSystemTimeZoneById("Europe/Brussels");

    public static readonly KeyedPseudonyms Pseudonyms = new("a key of at least sixteen bytes"u8, 1);

    public static readonly SnapshotReading Reading = new() { ReceivedAt = Received, ZoneOf = _ => Brussels, Pseudonyms = Pseudonyms };

    /// <summary>A row with no more than must be there, and the fields given.</summary>
    public static string Row(string fields = "", string campaign = "tuin") =>
        $$"""{"platform":"growfunding","campaign":"{{campaign}}","takenAt":"2026-05-02T12:00:00Z","pledged":100{{(fields.Length > 0 ? "," : "")}}{{fields}}}""";

    public static Task<List<ReadRow>> RowsOfAsync(string content, SnapshotReading? reading = null) => RowsOfAsync(Encoding.UTF8.GetBytes(content), reading);

    public static Task<List<ReadRow>> RowsOfAsync(byte[] content, SnapshotReading? reading = null) => RowsOfAsync(new MemoryStream(content), reading);

    public static async Task<List<ReadRow>> RowsOfAsync(Stream content, SnapshotReading? reading = null)
    {
        var rows = new List<ReadRow>();
        await foreach (var row in SnapshotFile.ReadAsync(content, reading ?? Reading, CancellationToken.None))
            rows.Add(row);

        return rows;
    }

    /// <summary>The one row of a file, which must have been taken.</summary>
    public static async Task<Snapshot> SnapshotOfAsync(string content, SnapshotReading? reading = null) =>
        Assert.IsType<ReadRow.Taken>(Assert.Single(await RowsOfAsync(content, reading))).Snapshot;

    /// <summary>The one row of a file, which must have been refused.</summary>
    public static async Task<Rejection> RejectionOfAsync(string content, SnapshotReading? reading = null) =>
        Assert.IsType<ReadRow.Refused>(Assert.Single(await RowsOfAsync(content, reading))).Why;

    /// <summary>What became of each row, short enough to compare: the campaign taken, or line, field and rule.</summary>
    public static string[] Told(IEnumerable<ReadRow> rows) => [.. rows.Select(row => row switch
    {
        ReadRow.Taken taken => $"{taken.Line} {taken.Snapshot.Campaign.Name}",
        ReadRow.Refused refused => $"{refused.Why.Line} {refused.Why.Field} {refused.Why.Rule}",
        _ => throw new InvalidOperationException("There is no third kind of row."),
    })];

    /// <summary>All of each row, so that equal texts mean equal rows.</summary>
    public static string[] Whole(IEnumerable<ReadRow> rows) => [.. rows.Select(row => row switch
    {
        ReadRow.Taken taken => $"{taken.Line} {taken.Bytes} {taken.UnknownFields} {Encoding.UTF8.GetString(SnapshotJson.Write(taken.Snapshot))}",
        ReadRow.Refused refused => $"{refused.Why} {Convert.ToHexString(refused.Raw.Span)}",
        _ => throw new InvalidOperationException("There is no third kind of row."),
    })];

    public static byte[] Gzipped(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            gzip.Write(content);

        return packed.ToArray();
    }

    public static byte[] Gzipped(string content) => Gzipped(Encoding.UTF8.GetBytes(content));

    public static Moment At(string text) => MomentText.TryParse(text, Brussels, out var moment) ? moment : throw new FormatException(text);
}

using System.IO.Compression;
using System.Text;
using Succesmeter.Snapshots;

namespace Succesmeter.Hostile.Tests;

/// <summary>Files of snapshots: what is said of every row whatever the file, and valid ones to begin with.</summary>
internal static class Files
{
    public const string Header = "platform,campaign,takenAt,pledged,backers,title,goal,languages,needs.asked,members.active,sensitive,latitude";

    /// <summary>A row of broken JSON costs the exception that the JSON reader tells it by, some 4 KiB, however short it is: two bytes at least.</summary>
    public const int RowBytesPerByte = 2_500;

    public const long RowFreeBytes = 4 << 20;

    /// <summary>The same exception takes some 14 µs, and 512 such rows stand in a kilobyte.</summary>
    public const double RowMillisecondsPerKilobyte = 10;

    /// <summary>Every field, once.</summary>
    public const string Whole = """
        {"schema":"succesmeter/snapshot/1","platform":"growfunding","campaign":"kidical-mass","takenAt":"2026-05-02T12:00:00Z","state":"live","title":"Kidical Mass","holder":"Fietsers vzw","url":"https://growfunding.be/nl/projects/kidical-mass","languages":["nl","fr"],"category":"mobility","place":"Molenbeek","latitude":50.85,"longitude":4.33,"currency":"EUR","goal":7500,"stretchGoal":10000,"goalUnit":"money","funding":"all-or-nothing","launchedAt":"2026-04-20T08:00:00Z","endsAt":"2026-05-30T22:00:00Z","pledged":2310.50,"backers":64,"comments":12,"updates":3,"followers":140,"shares":55,"collaborators":4,"sensitive":false,"description":"Veilig naar school.","rewards":[{"title":"Bel","price":25,"claimed":10,"limit":50}],"needs":{"asked":5,"filled":2},"members":{"active":18,"started":20,"stopped":2},"contributionsAre":"all","contributions":[{"id":"g1","at":"2026-04-21T10:00:00Z","amount":25,"donor":"Jan Peeters","identity":"full-name","anonymous":false,"messageLength":120,"place":"1080","rewardWaived":false,"people":1}],"supporters":[{"donor":"u-7","identity":"account","anonymous":false,"firstSeen":"2026-04-22"}],"commentList":[{"id":"c1","at":"2026-04-23T09:30:00+02:00","by":"backer","author":"u-7","answers":"c0"}],"actions":[{"at":"2026-04-24","kind":"mail"}],"actionLogKept":true}
        """;

    private static readonly TimeZoneInfo Brussels = TimeZoneInfo.FindSystemTimeZoneById("Europe/Brussels");

    public static readonly KeyedPseudonyms Pseudonyms = new("a key of at least sixteen bytes"u8, 1);

    public static readonly SnapshotReading Reading = new()
    {
        ReceivedAt = new(2026, 5, 3, 0, 0, 0, TimeSpan.Zero),
        ZoneOf = static _ => Brussels,
        Pseudonyms = Pseudonyms,
    };

    public static readonly byte[][] Words = Mutator.Utf8(
        "\"platform\":", "\"campaign\":", "\"takenAt\":", "\"pledged\":", "\"contributions\":[", "\"supporters\":[", "\"commentList\":[", "\"actions\":[", "\"rewards\":[", "\"needs\":{", "\"members\":{", "\"languages\":[", "\"donor\":",
        "\"amount\":", "\"at\":", "\"identity\":", "\"people\":", "null", "true", "{}", "[]", "{\"a\":", "[[", "}", "]", ",", ":", "\"", "\\", "\"live\"", "\"LIVE\"", "\"recurring\"", "\"all\"", "\"new\"", "\"recent\"", "\"account\"",
        "\"first-name\"", "\"2026-05-02\"", "\"2026-05-02T12:00\"", "\"0001-01-01T00:00:00+14:00\"", "\"9999-12-31T23:59:59-14:00\"", "\"2026-03-29T02:30:00\"", "\"2026-02-30\"", "\"EUR\"", "\"JPY\"", "\"eur\"", "\"KWD\"", "\"javascript:alert(1)\"",
        "{\"platform\":\"p\",\"campaign\":\"c\",\"takenAt\":\"2026-05-02\",\"pledged\":1}", "\n{", "\n  {", "/*", "//");

    /// <summary>A row that breaks no rule, however its neighbours look.</summary>
    public static string Good(string campaign) => $$"""{"platform":"growfunding","campaign":"{{campaign}}","takenAt":"2026-05-02T12:00:00Z","pledged":100}""";

    public static List<ReadRow> Rows(byte[] file, SnapshotReading? reading = null)
    {
        return RowsAsync().GetAwaiter().GetResult();

        // Of a stream in memory nothing waits, so that all is allocated on this thread.
        async Task<List<ReadRow>> RowsAsync()
        {
            var rows = new List<ReadRow>();
            await foreach (var row in SnapshotFile.ReadAsync(new MemoryStream(file, writable: false), reading ?? Reading, CancellationToken.None))
                rows.Add(row);
            return rows;
        }
    }

    /// <summary>Of every file: it comes to something, what is refused has a line, a field and a rule, and what is taken is the same once it was stored.</summary>
    public static string Judged(List<ReadRow> rows, SnapshotReading? reading = null)
    {
        Law.Holds(rows.Count > 0, "a file comes to at least one row");
        var outcome = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var row in rows)
        {
            switch (row)
            {
                case ReadRow.Refused refused:
                    Law.Holds(refused.Why is { Line: > 0, Field.Length: > 0, Rule.Length: > 0 }, "what is refused names line, field and rule");
                    Law.Holds(refused.Raw.Length <= (reading ?? Reading).Limits.MaxRawBytes, "no more of a refused row is kept than its limit");
                    outcome.Add(Law.Shape(refused.Why.Field) + Law.Shape(refused.Why.Rule));
                    break;
                case ReadRow.Taken taken:
                    var written = SnapshotJson.Write(taken.Snapshot);
                    Law.Holds(SnapshotJson.Write(SnapshotJson.Read(written)).AsSpan().SequenceEqual(written), "a snapshot is the same once it was stored");
                    Law.Holds(taken.Snapshot.Pledged is null or (>= 0 and <= SnapshotLimits.MostAmount), "an amount lies in its range");
                    Law.Holds(taken.Snapshot.TakenAt <= (reading ?? Reading).ReceivedAt.AddDays(1), "nothing is taken from the future");
                    outcome.Add($"taken {taken.UnknownFields > 0} {taken.Snapshot.Contributions.Count > 0} {taken.Snapshot.Members is null}");
                    break;
            }
        }

        return $"{Math.Min(rows.Count, 4)} {string.Join(' ', outcome)}";
    }

    public static bool Has(List<ReadRow> rows, string campaign) => rows.Exists(row => row is ReadRow.Taken { Snapshot.Campaign.Name: var name } && name == campaign);

    public static byte[] Gzipped(ReadOnlySpan<byte> content)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(content);
        return packed.ToArray();
    }

    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}

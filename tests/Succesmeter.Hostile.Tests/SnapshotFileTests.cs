using Succesmeter.Snapshots;
using Xunit.Abstractions;

namespace Succesmeter.Hostile.Tests;

/// <summary>Snapshots as JSON and NDJSON.</summary>
public sealed class JsonFileTests(ITestOutputHelper output)
{
    [Fact]
    public void JSON() => Fuzzing.Run(
        new Reader(
            "JSON",
            [.. Regressions.Rows, Files.Utf8(Files.Whole), Files.Utf8($"[{Files.Good("a")},\n{Files.Good("b")}]"), Files.Utf8($"[\n  {Files.Good("a")},\n  {Files.Whole}\n]"), Files.Utf8("{\n  \"platform\": \"p\",\n  \"campaign\": \"c\"\n}\n{\n}\n")],
            Files.Words,
            static file => Files.Judged(Files.Rows(file)))
        {
            FreeBytes = Files.RowFreeBytes,
            BytesPerByte = Files.RowBytesPerByte,
        },
        output);

    /// <summary>A line is a row, so no line harms another.</summary>
    [Fact]
    public void NDJSON() => Fuzzing.Run(
        new Reader(
            "NDJSON",
            [Files.Utf8(Files.Whole), Files.Utf8($"{Files.Good("a")}\n\n{Files.Good("b")}\r\n{{}}\n")],
            Files.Words,
            static middle =>
            {
                var rows = Files.Rows([.. Files.Utf8(Files.Good("first-of-all") + "\n"), .. middle, .. Files.Utf8("\n" + Files.Good("last-of-all") + "\n")]);
                Law.Holds(Files.Has(rows, "first-of-all"), "the row before bad ones is taken");
                Law.Holds(Files.Has(rows, "last-of-all"), "the row after bad ones is taken");
                return Files.Judged(rows);
            })
        {
            FreeBytes = Files.RowFreeBytes,
            BytesPerByte = Files.RowBytesPerByte,
        },
        output);
}

/// <summary>Snapshots as CSV, and gzipped.</summary>
public sealed class PackedFileTests(ITestOutputHelper output)
{
    private static readonly SnapshotReading s_small = Files.Reading with { Limits = new SnapshotLimits { MaxExpandedBytes = 256 << 10, FreeExpandedBytes = 16 << 10, MaxExpansion = 20, MaxRowBytes = 64 << 10 } };

    [Fact]
    public void CSV() => Fuzzing.Run(
        new Reader(
            "CSV",
            [
                Files.Utf8("growfunding,tuin,2026-05-02,100,5,\"Tuin, \"\"groen\"\"\",7500,nl fr,2,3,true,50.8\n"), Files.Utf8("growfunding;tuin;2026-05-02;1.000,50;5;\"Een\ntitel\";7500;nl|fr;;;0;\r\n"),
                Files.Utf8($"{Files.Header}\nsep=;\n\"\"\n\"a\"b\",\n"),
            ],
            Mutator.Utf8(",", ";", "\t", "\"", "\"\"", "\"\"\"", "\n", "\r", "\r\n", "sep=;\n", "sep=\t\n", Files.Header, "growfunding,c,2026-05-02,1,,,,,,,,\n", "1.234,50", "1 234", "1,234.50", "'1", "€ 5", "true", "TRUE", "nl fr", "=1+1", "2026-05-02"),
            static middle =>
            {
                var rows = Files.Rows([.. Files.Utf8($"{Files.Header}\ngrowfunding,first-of-all,2026-05-02,100,,,,,,,,\n"), .. middle, .. Files.Utf8("\ngrowfunding,last-of-all,2026-05-02,100,,,,,,,,\n")]);
                Law.Holds(Files.Has(rows, "first-of-all"), "the row before bad ones is taken");
                Law.Holds(Files.Has(rows, "last-of-all"), "the row after bad ones is taken");
                return Files.Judged(rows);
            })
        {
            FreeBytes = Files.RowFreeBytes,
            BytesPerByte = Files.RowBytesPerByte,
        },
        output);

    /// <summary>With a header that is bent too.</summary>
    [Fact]
    public void CSV_headers() => Fuzzing.Run(
        new Reader(
            "CSV headers",
            [Files.Utf8($"{Files.Header}\ngrowfunding,a,2026-05-02,100,,,,,,,,\n"), Files.Utf8($"sep=;\r\n{Files.Header.Replace(',', ';')}\r\n"), Files.Utf8($"\uFEFF{Files.Header.Replace(',', '\t')}\n")],
            Mutator.Utf8(",", ";", "\t", "\"", "\n", "\r\n", "sep=;\n", "sep=\"\n", "campaign", "takenAt", "pledged", "needs.filled", "members.active", "\uFEFF", "ampaign", "\n{"),
            static file => Files.Judged(Files.Rows(file)))
        {
            Once = Regressions.Headers,
            FreeBytes = Files.RowFreeBytes,
            BytesPerByte = Files.RowBytesPerByte,
        },
        output);

    /// <summary>
    /// Bytes that begin like gzip are read as they are: bombs, cut-off and joined members among them. All others are packed here, once as a whole and once as two members, and read as the plain
    /// bytes are, or as breaking off.
    /// </summary>
    [Fact]
    public void Gzip() => Fuzzing.Run(
        new Reader(
            "gzip",
            [
                Files.Utf8(Files.Good("a") + "\n" + Files.Good("b") + "\n"), Files.Gzipped(Files.Utf8(Files.Whole)), Files.Gzipped(new byte[2 << 20]), Files.Gzipped(Files.Gzipped(new byte[1 << 20])),
                [.. Files.Gzipped(Files.Utf8(Files.Good("a") + "\n")), .. Files.Gzipped(Files.Utf8(Files.Good("b")))], Files.Gzipped([]), [0x1F, 0x8B], [0x1F, 0x8B, 8, 0x1C, 0, 0, 0, 0, 0, 3, 255, 255],
                Files.Gzipped(Files.Utf8("{\"title\":\"" + new string(' ', 300_000) + "\"}")),
            ],
            [.. Files.Words, [0x1F, 0x8B], [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3], [3, 0, 0, 0, 0, 0, 0, 0, 0, 0], [0, 0, 255, 255]],
            static bytes =>
            {
                if (bytes is [0x1F, 0x8B, ..])
                    return Files.Judged(Files.Rows(bytes, s_small), s_small);

                var cut = bytes.Length / 2;
                var plain = Files.Rows(bytes, s_small);
                foreach (var packed in (byte[][])[Files.Gzipped(bytes), [.. Files.Gzipped(bytes.AsSpan(0, cut)), .. Files.Gzipped(bytes.AsSpan(cut))]])
                {
                    var rows = Files.Rows(packed, s_small);
                    Files.Judged(rows, s_small);
                    Law.Holds(Told(rows).SequenceEqual(Told(plain)) || rows[^1] is ReadRow.Refused { Why.Rule: var rule } && rule.Contains("expand", StringComparison.Ordinal), "gzip is read as what it holds");
                }

                return Files.Judged(plain, s_small);
            })
        {
            MostBytes = 2 << 10,

            // The buffers for packing, and what a bomb may become before it is stopped. All is read three times: plain, packed and packed as two.
            FreeBytes = 6 << 20,
            BytesPerByte = 3 * Files.RowBytesPerByte,
            MillisecondsPerKilobyte = 3 * Files.RowMillisecondsPerKilobyte,
        },
        output);

    private static IEnumerable<string> Told(List<ReadRow> rows) => rows.Select(static row => row switch
    {
        ReadRow.Taken taken => $"{taken.Line} {taken.Snapshot.Campaign}",
        ReadRow.Refused refused => refused.Why.ToString(),
        _ => "",
    });
}

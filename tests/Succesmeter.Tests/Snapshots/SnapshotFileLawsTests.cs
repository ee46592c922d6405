using System.Text;
using Succesmeter.Snapshots;

namespace Succesmeter.Tests.Snapshots;

public sealed class SnapshotFileLawsTests
{
    private static readonly SnapshotReading s_small = Some.Reading with { Limits = new SnapshotLimits { MaxRowBytes = 2_048 } };

    private static readonly Gen<byte[]> s_bytes = Gen.Byte.Array[0, 400];

    [Fact]
    public void Random_bytes_are_read_without_an_exception_and_never_to_nothing() =>
        s_bytes.Sample(bytes => Rows(bytes).Count > 0);

    [Fact]
    public void Random_bytes_in_gzip_are_too() =>
        s_bytes.Sample(bytes => Rows(Some.Gzipped(bytes)).Count > 0);

    [Fact]
    public void Bytes_that_look_like_gzip_are_too() =>
        s_bytes.Sample(bytes => Rows([0x1F, 0x8B, .. bytes]).Count > 0);

    [Fact]
    public void Bent_files_are_too() => Mutated.Files.Sample(bytes => Rows(bytes).Count > 0, iter: 3_000);

    [Fact]
    public void Bent_gzip_gives_true_rows_until_it_tells_of_the_break() =>
        Gen.Select(Mutated.Rows.Array[1, 6], Gen.Int[0, 100_000], Gen.Byte).Sample((rows, at, value) =>
        {
            var packed = Some.Gzipped(string.Join('\n', rows) + "\n");
            var whole = Some.Whole(Rows(packed));
            packed[at % packed.Length] = value;
            var bent = Rows(packed);

            // Past the two magic bytes every change is found by the checksum at the latest; the rows before stay refusable, never lost silently.
            return at % packed.Length < 2
                || Some.Whole(bent).SequenceEqual(whole)
                || bent[^1] is ReadRow.Refused { Why.Rule: "is gzip data that breaks off or is corrupt here; the rows before were taken" };
        });

    [Fact]
    public void Every_line_that_is_not_blank_is_told_once() =>
        Gen.Select(Mutated.Rows, Gen.OneOf("", "  ", "\r", "rubbish", "{", "}", "[]", "5", "{}", "\"x\"", "{\"a\":[")).Array[1, 12].Sample(pairs =>
        {
            var lines = pairs.SelectMany(pair => new[] { pair.Item1, pair.Item2 }).ToArray();
            var expected = lines.Select((line, i) => (line, i)).Where(x => x.line.Trim().Length > 0).Select(x => x.i + 1L);

            return Rows(Encoding.UTF8.GetBytes(string.Join('\n', lines))).Select(LineOf).SequenceEqual(expected);
        });

    [Fact]
    public void How_the_bytes_come_in_changes_nothing() =>
        Gen.Select(Gen.OneOf(Mutated.Files, s_bytes), Gen.Int[1, 700].Array[1, 8], Gen.Bool).Sample(
            (bytes, sizes, isGzipped) =>
            {
                var file = isGzipped ? Some.Gzipped(bytes) : bytes;
                var joined = Some.RowsOfAsync(new Joined([new MemoryStream(file)], sizes), s_small).GetAwaiter().GetResult();
                Assert.Equal(Some.Whole(Some.RowsOfAsync(file, s_small).GetAwaiter().GetResult()), Some.Whole(joined));
            },
            iter: 2_000);

    [Fact]
    public void Gzip_is_read_as_what_it_holds() =>
        Gen.OneOf(Mutated.Files, s_bytes).Sample(
            bytes => bytes is [0x1F, 0x8B, ..] || Some.Whole(Rows(bytes)).SequenceEqual(Some.Whole(Rows(Some.Gzipped(bytes)))),
            iter: 2_000);

    [Fact]
    public void A_row_says_the_same_in_every_form() =>
        Mutated.Rows.Array[1, 5].Sample(rows =>
        {
            var lines = Told(string.Join('\n', rows));

            return lines.SequenceEqual(Told($"[{string.Join(" , ", rows)}]"))
                && lines.SequenceEqual(Told($"[\r\n{string.Join(",\r\n", rows.Select(r => System.Text.Json.Nodes.JsonNode.Parse(r)!.ToString()))}\r\n]"))
                && lines.SequenceEqual(Told(string.Join("\n", rows.Select(r => System.Text.Json.Nodes.JsonNode.Parse(r)!.ToString()))));

            static string[] Told(string content) => [.. Rows(Encoding.UTF8.GetBytes(content)).Select(row => row switch
            {
                ReadRow.Taken taken => Encoding.UTF8.GetString(SnapshotJson.Write(taken.Snapshot)),
                ReadRow.Refused refused => $"{refused.Why.Field} {refused.Why.Rule}",
                _ => "",
            })];
        });

    private static List<ReadRow> Rows(byte[] bytes) => Some.RowsOfAsync(bytes).GetAwaiter().GetResult();

    private static long LineOf(ReadRow row) => row switch
    {
        ReadRow.Taken taken => taken.Line,
        ReadRow.Refused refused => refused.Why.Line,
        _ => -1,
    };
}

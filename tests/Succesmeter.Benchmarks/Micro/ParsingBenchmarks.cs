using System.Text.Json;
using BenchmarkDotNet.Attributes;
using Succesmeter.Snapshots;

namespace Succesmeter.Benchmarks.Micro;

/// <summary>Bytes of a file to checked snapshots, beside System.Text.Json on the same bytes, which checks nothing but the grammar.</summary>
public class ParsingBenchmarks
{
    private static readonly byte[] Lines = MadeSnapshots.Lines(4);
    private static readonly byte[] Table = MadeSnapshots.Table(40);

    [Benchmark(Description = "snapshots of NDJSON")]
    public Task<int> Snapshots() => CountAsync(Lines);

    [Benchmark(Description = "snapshots of CSV")]
    public Task<int> SnapshotsOfCsv() => CountAsync(Table);

    /// <summary>Every token, none of them looked at: no reader on top of it can be faster.</summary>
    [Benchmark(Description = "Utf8JsonReader, tokens alone")]
    public int Tokens()
    {
        var tokens = 0;
        foreach (var line in LinesOf(Lines))
        {
            var json = new Utf8JsonReader(Lines.AsSpan(line));
            while (json.Read())
                tokens++;
        }

        return tokens;
    }

    [Benchmark(Description = "JsonDocument")]
    public decimal Documents()
    {
        var pledged = 0m;
        foreach (var line in LinesOf(Lines))
        {
            using var json = JsonDocument.Parse(Lines.AsMemory(line));
            pledged += json.RootElement.GetProperty("pledged").GetDecimal();
        }

        return pledged;
    }

    /// <summary>What one call of a benchmark reads.</summary>
    internal static int BytesOf(string method) => method == nameof(SnapshotsOfCsv) ? Table.Length : Lines.Length;

    private static async Task<int> CountAsync(byte[] file)
    {
        var taken = 0;
        await foreach (var row in SnapshotFile.ReadAsync(new MemoryStream(file), MadeSnapshots.Reading, CancellationToken.None))
            taken += row is ReadRow.Taken ? 1 : throw new InvalidOperationException("A row was refused.");
        return taken;
    }

    private static IEnumerable<Range> LinesOf(byte[] file)
    {
        for (var start = 0; start < file.Length;)
        {
            var end = start + file.AsSpan(start).IndexOf((byte)'\n');
            yield return start..end;
            start = end + 1;
        }
    }
}

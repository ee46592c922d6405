using System.Globalization;
using Succesmeter.Snapshots;

namespace Succesmeter.Benchmarks.Duels;

/// <summary>Files of snapshots: ours to checked values with pseudonyms, Python's to dictionaries of what stands there.</summary>
internal static class ParsingDuels
{
    public static IEnumerable<IDuel> In(PeerProcess peer)
    {
        foreach (var (name, library, file) in ((string, string, byte[])[])[("snapshots.ndjson", "json", MadeSnapshots.Lines(4)), ("snapshots.csv", "csv", MadeSnapshots.Table(40))])
        {
            File.WriteAllBytes(peer.PathOf(name), file);
            var size = string.Create(CultureInfo.InvariantCulture, $"{file.Length / 1e6:0.0} MB");
            yield return new Duel<(int Rows, decimal Pledged)>($"reading {name}, {size}", $"Python's {library}", name, () => ReadAsync(file).GetAwaiter().GetResult(), static (ours, theirs) =>
            {
                PeerException.ThrowIfApart("The number of rows", ours.Rows, theirs.GetProperty("rows").GetInt32(), 0);
                PeerException.ThrowIfApart("The sum pledged", (double)ours.Pledged, theirs.GetProperty("pledged").GetDouble(), 1e-6);
                return string.Create(CultureInfo.InvariantCulture, $"{ours.Rows:#,0} rows and what they sum to");
            });
        }
    }

    private static async Task<(int Rows, decimal Pledged)> ReadAsync(byte[] file)
    {
        var (rows, pledged) = (0, 0m);
        await foreach (var row in SnapshotFile.ReadAsync(new MemoryStream(file), MadeSnapshots.Reading, CancellationToken.None))
        {
            rows++;
            pledged += ((ReadRow.Taken)row).Snapshot.Pledged ?? 0;
        }

        return (rows, pledged);
    }
}

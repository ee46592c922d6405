using System.Buffers;
using System.Globalization;
using System.IO.Compression;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Succesmeter.Learning.Replay;

/// <summary>NDJSON in gzip, in files of so many rows, the same bytes for the same rows. A file has its name only once it is whole.</summary>
internal sealed class ReplayFiles(string directory, string name, int? rowsPerFile) : IDisposable
{
    private readonly ArrayBufferWriter<byte> _row = new(64 << 10);
    private readonly Utf8JsonWriter _json = new(Stream.Null, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    private Stream? _file;
    private string _path = "";
    private int _rowsInFile;

    public int Files { get; private set; }

    /// <summary>Bytes of JSON, before gzip.</summary>
    public long Bytes { get; private set; }

    /// <summary>Bytes of the files that are whole.</summary>
    public long PackedBytes { get; private set; }

    public void Add(ReplayedSnapshot snapshot)
    {
        _row.ResetWrittenCount();
        _json.Reset(_row);
        ReplayedSnapshotJson.Write(_json, snapshot);
        _json.Flush();
        _row.Write("\n"u8);

        _file ??= Open();
        _file.Write(_row.WrittenSpan);
        Bytes += _row.WrittenCount;
        if (++_rowsInFile == rowsPerFile)
            Complete();
    }

    /// <summary>Ends the last file.</summary>
    public void Complete()
    {
        if (_file is null)
            return;

        _file.Dispose();
        _file = null;
        File.Move(Unfinished(_path), _path, overwrite: true);
        PackedBytes += new FileInfo(_path).Length;
    }

    public void Dispose()
    {
        _file?.Dispose();
        _json.Dispose();
    }

    private GZipStream Open()
    {
        var number = rowsPerFile is null ? "" : (Files + 1).ToString("'-'00000", CultureInfo.InvariantCulture);
        _path = Path.Combine(directory, $"{name}{number}.ndjson.gz");
        _rowsInFile = 0;
        Files++;

        // GZipStream leaves the time in the header zero, and no name.
        return new GZipStream(new FileStream(Unfinished(_path), FileMode.Create, FileAccess.Write, FileShare.None, 64 << 10), CompressionLevel.Optimal);
    }

    private static string Unfinished(string path) => path + ".unfinished";
}

namespace Succesmeter.Snapshots;

/// <summary>Tells the forms of a file apart by its first bytes; hints count only where those do not tell.</summary>
internal static class FileForm
{
    private static readonly string[] s_csv = ["csv", ".tsv", "tab-separated-values"];
    private static readonly string[] s_json = ["json", "jsonl", "json-lines"];

    /// <returns>The rule that this content breaks as a whole, or null.</returns>
    public static string? Unreadable(ReadOnlySpan<byte> head, bool isExpanded) => head switch
    {
        _ when isExpanded && ContentBytes.IsGzip(head) => "must be gzipped once at most",
        [0xFE, 0xFF, ..] or [0xFF, 0xFE, ..] or [0, _, ..] or [_, 0, ..] => "must be UTF-8, not UTF-16 or UTF-32",
        [(byte)'P', (byte)'K', 3, 4, ..] => "must be text or gzip, not a zip archive or a workbook",
        _ => null,
    };

    public static async ValueTask<RowSource> OpenAsync(ByteWindow window, SnapshotReading reading, CancellationToken cancellation)
    {
        if (window.Unread.StartsWith(new byte[] { 0xEF, 0xBB, 0xBF }))
            window.Skip(3);

        var rows = new RowReader(reading);
        var limits = reading.Limits;
        switch (FirstByte(window.Unread))
        {
            case (byte)'[':
                return new JsonArray(window, rows, limits);

            case (byte)'{':
                return await JsonValues.FitAsync(window, limits, cancellation)
                    ? new JsonValues(window, rows, limits)
                    : new JsonLines(window, rows, limits);

            default:
                return IsCsv(window.Unread, reading) ? new CsvRows(window, rows, reading) : new JsonLines(window, rows, limits);
        }
    }

    private static byte FirstByte(ReadOnlySpan<byte> bytes)
    {
        var first = bytes.IndexOfAnyExcept(" \t\r\n"u8);
        return first < 0 ? (byte)0 : bytes[first];
    }

    /// <summary>Neither brace nor bracket comes first: a header, or a bad first line of NDJSON.</summary>
    private static bool IsCsv(ReadOnlySpan<byte> bytes, SnapshotReading reading)
    {
        if (Hint(reading) is { } isCsv)
            return isCsv;

        var feed = bytes.TrimStart("\r\n"u8).IndexOfAny((byte)'\n', (byte)'\r');
        var header = feed < 0 ? bytes : bytes[..feed];
        return header.IndexOf("ampaign"u8) >= 0 || bytes.IndexOf("\n{"u8) < 0;
    }

    private static bool? Hint(SnapshotReading reading)
    {
        foreach (var hint in (ReadOnlySpan<string?>)[reading.ContentType?.Split(';')[0], reading.FileName])
        {
            if (hint is null)
                continue;

            var name = hint.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? hint[..^3] : hint;
            if (s_csv.Any(end => name.EndsWith(end, StringComparison.OrdinalIgnoreCase)))
                return true;

            if (s_json.Any(end => name.EndsWith(end, StringComparison.OrdinalIgnoreCase)))
                return false;
        }

        return null;
    }
}

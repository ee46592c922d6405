using System.Runtime.CompilerServices;

namespace Succesmeter.Snapshots;

/// <summary>
/// A file of snapshots in any of its forms: one JSON object, an array, one object a line (NDJSON), or CSV with the scalar fields as columns; plain or gzipped, told apart
/// by its content. Read as it streams: memory holds one row.
/// </summary>
public static class SnapshotFile
{
    /// <summary>
    /// Every row that is not blank comes out once, in the order of the file, as taken or refused. A refused row stops nothing behind it, unless the file as a whole
    /// breaks there: gzip that is cut off or expands beyond its limits, a form that cannot be read. Then one refusal says so, after the rows before it.
    /// </summary>
    /// <param name="content">Read once, forward; left open.</param>
    public static async IAsyncEnumerable<ReadRow> ReadAsync(
        Stream content, SnapshotReading reading, [EnumeratorCancellation] CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(reading);

        await using var bytes = await ContentBytes.OpenAsync(content, reading.Limits, cancellation);
        using var window = new ByteWindow(bytes);
        await window.FillAsync(cancellation);

        if (FileForm.Unreadable(window.Unread, bytes.IsGzipped) is { } rule)
        {
            yield return Refused(1, rule, window, reading);
            yield break;
        }

        using var rows = await FileForm.OpenAsync(window, reading, cancellation);
        var isEmpty = true;
        while (await rows.NextAsync(cancellation) is { } row)
        {
            isEmpty = false;
            yield return row;
        }

        if (bytes.Break is { } broken)
            yield return Refused(rows.Line, broken, window, reading);
        else if (isEmpty)
            yield return Refused(1, "holds no rows", window, reading);
    }

    private static ReadRow.Refused Refused(long line, string rule, ByteWindow window, SnapshotReading reading) =>
        new(new Rejection(line, "$", rule), RowSource.Cut(window.Unread, reading.Limits));
}

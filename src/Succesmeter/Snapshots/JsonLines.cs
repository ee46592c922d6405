namespace Succesmeter.Snapshots;

/// <summary>NDJSON: a row is a line, so a bad one harms no other.</summary>
internal sealed class JsonLines(ByteWindow window, RowReader reader, SnapshotLimits limits) : RowSource(window, reader, limits)
{
    public override async ValueTask<ReadRow?> NextAsync(CancellationToken cancellation)
    {
        var scanned = 0;
        while (true)
        {
            var feed = Window.Unread[scanned..].IndexOf((byte)'\n');
            if (feed >= 0)
            {
                var row = ReadLine(scanned + feed, scanned + feed + 1);
                scanned = 0;
                if (row is not null)
                    return row;

                continue;
            }

            scanned = Window.Unread.Length;
            if (scanned > Limits.MaxRowBytes)
            {
                var tooLong = RefuseTooLong(Window.Unread);
                await SkipLineAsync(cancellation);
                return tooLong;
            }

            if (!await Window.FillAsync(cancellation))
                return Window.IsBroken ? null : ReadLine(scanned, scanned);
        }
    }

    private ReadRow? ReadLine(int length, int withFeed)
    {
        var line = Window.Unread[..length];

        // Files that were joined may carry a mark at each seam.
        if (line.StartsWith(ByteOrderMark))
            line = line[ByteOrderMark.Length..];

        ReadRow? row = line.IndexOfAnyExcept(Blanks) < 0 ? null
            : line.Length > Limits.MaxRowBytes ? RefuseTooLong(line)
            : Reader.Read(line, Line, line, unknownFields: 0);
        Window.Skip(withFeed);
        Line += withFeed > length ? 1 : 0;
        return row;
    }
}

namespace Succesmeter.Snapshots;

/// <summary>Finds the rows of one form of file in its bytes. Each way of writing rows is a derived class.</summary>
internal abstract class RowSource(ByteWindow window, RowReader reader, SnapshotLimits limits) : IDisposable
{
    private long _reread;

    protected static ReadOnlySpan<byte> Blanks => " \t\r\n"u8;

    protected static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>Where the next row begins, from 1.</summary>
    public long Line { get; protected set; } = 1;

    /// <summary>How many blanks stand before what <see cref="SkipBlanksAsync"/> stopped at; -1 when it is not the first on its line.</summary>
    protected int Indent { get; private set; }

    /// <summary>Nothing of the line that comes next was read yet.</summary>
    protected bool IsAtLineStart { get; set; } = true;

    protected ByteWindow Window => window;

    protected RowReader Reader => reader;

    protected SnapshotLimits Limits => limits;

    /// <returns>Null when no whole row is left. What remains unread then was cut off by a break in the content.</returns>
    public abstract ValueTask<ReadRow?> NextAsync(CancellationToken cancellation);

    public virtual void Dispose()
    {
    }

    protected ReadRow.Refused Refuse(string rule, ReadOnlySpan<byte> raw, string field = "$") => Refuse(Line, rule, raw, field);

    protected ReadRow.Refused Refuse(long line, string rule, ReadOnlySpan<byte> raw, string field = "$") =>
        new(new Rejection(line, field, rule), Cut(raw, limits));

    protected ReadRow.Refused RefuseTooLong(ReadOnlySpan<byte> raw) => Refuse($"must be at most {limits.MaxRowBytes} bytes long", raw);

    /// <summary>
    /// A row that was left open swallows those behind it, and looking for where they begin means reading them again. True while the file has not used up the patience
    /// for that, which keeps the work linear in its length.
    /// </summary>
    protected bool MayReread(int bytes) => (_reread += bytes) <= 64L * limits.MaxRowBytes;

    internal static byte[] Cut(ReadOnlySpan<byte> raw, SnapshotLimits limits) => raw[..Math.Min(raw.Length, limits.MaxRawBytes)].ToArray();

    /// <summary>Goes past the next line feed without holding what lies before it.</summary>
    protected async ValueTask SkipLineAsync(CancellationToken cancellation)
    {
        while (true)
        {
            var feed = Window.Unread.IndexOf((byte)'\n');
            if (feed >= 0)
            {
                Window.Skip(feed + 1);
                Line++;
                return;
            }

            Window.SkipAll();
            if (!await Window.FillAsync(cancellation))
                return;
        }
    }

    /// <summary>Goes past blanks, counting lines.</summary>
    /// <returns>False when nothing else is left.</returns>
    protected async ValueTask<bool> SkipBlanksAsync(bool countLines, CancellationToken cancellation)
    {
        Indent = IsAtLineStart ? 0 : -1;
        IsAtLineStart = false;
        while (true)
        {
            var unread = Window.Unread;
            var blanks = unread.IndexOfAnyExcept(Blanks);
            var skipped = blanks < 0 ? unread.Length : blanks;
            if (countLines)
                Line += unread[..skipped].Count((byte)'\n');

            var feed = unread[..skipped].LastIndexOf((byte)'\n');
            Indent = feed >= 0 ? skipped - feed - 1 : Indent >= 0 ? Indent + skipped : -1;

            Window.Skip(skipped);
            if (blanks >= 0)
                return true;

            if (!await Window.FillAsync(cancellation))
                return false;
        }
    }
}

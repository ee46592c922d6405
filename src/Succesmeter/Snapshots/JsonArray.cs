using System.Buffers;

namespace Succesmeter.Snapshots;

/// <summary>Objects in a JSON array, found one by one, so that the array is never in memory as a whole. Lines are counted as elements.</summary>
internal sealed class JsonArray(ByteWindow window, RowReader reader, SnapshotLimits limits) : RowSource(window, reader, limits)
{
    private static readonly SearchValues<byte> s_outsideText = SearchValues.Create("\"{}[],"u8);
    private static readonly SearchValues<byte> s_insideText = SearchValues.Create("\"\\\n"u8);

    private Place _place = Place.BeforeArray;

    public override async ValueTask<ReadRow?> NextAsync(CancellationToken cancellation)
    {
        while (_place != Place.Ended)
        {
            if (!await SkipBlanksAsync(countLines: false, cancellation))
                return AtEnd();

            switch (Window.Unread[0])
            {
                case (byte)'[' when _place == Place.BeforeArray:
                    _place = Place.BeforeElement;
                    Window.Skip(1);
                    break;

                case var _ when _place == Place.BeforeArray:
                    _place = Place.Ended;
                    var rest = Refuse("must not follow an array", Window.Unread);
                    Window.SkipAll();
                    return rest;

                case (byte)']':
                    _place = Place.BeforeArray;
                    Window.Skip(1);
                    break;

                case (byte)',':
                    var isMissing = _place == Place.BeforeElement;
                    _place = Place.BeforeElement;
                    Window.Skip(1);
                    if (isMissing)
                        return Counted(Refuse("must be a JSON object, and nothing stands before this comma", default));

                    break;

                default:
                    _place = Place.AfterElement;
                    return await ElementAsync(cancellation);
            }
        }

        return null;
    }

    private ReadRow.Refused? AtEnd()
    {
        var isOpen = _place != Place.BeforeArray && !Window.IsBroken;
        _place = Place.Ended;
        return isOpen ? Refuse("breaks off before the array ends", Window.Unread) : null;
    }

    private async ValueTask<ReadRow?> ElementAsync(CancellationToken cancellation)
    {
        var scan = new ElementScan();
        var scanned = 0;
        while (true)
        {
            var end = scan.End(Window.Unread[scanned..]);
            if (end >= 0)
                return Element(scanned + end);

            scanned = Window.Unread.Length;
            if (scanned > Limits.MaxRowBytes)
            {
                if (NextSibling(Window.Unread) is not (> 0 and var sibling))
                    return await SkipElementAsync(scan, cancellation);

                var refused = RefuseTooLong(Window.Unread[..sibling]);
                Window.Skip(sibling);
                return Counted(refused);
            }

            if (await Window.FillAsync(cancellation))
                continue;

            if (Window.IsBroken)
                return null;

            // The last element may be whole but for the broken text inside it; what follows it on lines of its own is not lost with it.
            return Element(scanned);
        }
    }

    private ReadRow Element(int length)
    {
        var element = Window.Unread[..length];
        ReadRow row = length > Limits.MaxRowBytes ? RefuseTooLong(element) : Reader.Read(element, Line, element, unknownFields: 0);
        if (row is ReadRow.Refused refused && NextSibling(element) is > 0 and var sibling)
        {
            length = sibling;
            row = refused with { Raw = Cut(element[..sibling], Limits) };
        }

        Window.Skip(length);
        return Counted(row);
    }

    /// <summary>Drops the rest of an element that is too long to hold.</summary>
    private async ValueTask<ReadRow> SkipElementAsync(ElementScan scan, CancellationToken cancellation)
    {
        var refused = RefuseTooLong(Window.Unread);
        int end;
        do
        {
            Window.SkipAll();
            if (!await Window.FillAsync(cancellation))
                return Counted(refused);

            end = scan.End(Window.Unread);
        }
        while (end < 0);

        Window.Skip(end);
        return Counted(refused);
    }

    private ReadRow Counted(ReadRow row)
    {
        Line++;
        return row;
    }

    /// <summary>
    /// An element whose braces do not balance swallows those behind it. Where elements begin on lines of their own, the next one begins after a comma on a line that is
    /// indented no deeper than the first: the nested are.
    /// </summary>
    /// <returns>Where the next element begins, or -1.</returns>
    private int NextSibling(ReadOnlySpan<byte> element)
    {
        if (Indent < 0 || !MayReread(element.Length))
            return -1;

        for (var at = element.IndexOf((byte)'\n'); at >= 0;)
        {
            var line = element[(at + 1)..];
            var blanks = line.IndexOfAnyExcept(Blanks);
            if (blanks >= 0 && blanks <= Indent && line[blanks] == '{' && element[..at].TrimEnd(Blanks).EndsWith(","u8))
                return at + 1 + blanks;

            var next = line.IndexOf((byte)'\n');
            at = next < 0 ? -1 : at + 1 + next;
        }

        return -1;
    }

    private enum Place
    {
        BeforeArray,
        BeforeElement,
        AfterElement,
        Ended,
    }

    /// <summary>Follows braces and texts only, and can be asked again with the bytes that follow.</summary>
    private struct ElementScan
    {
        private int _depth;
        private bool _inText;
        private bool _escaped;

        /// <returns>How many of the bytes belong to the element when it ends among them; otherwise -1.</returns>
        public int End(ReadOnlySpan<byte> bytes)
        {
            var at = 0;
            while (at < bytes.Length)
            {
                if (_escaped)
                {
                    _escaped = false;
                    at++;
                    continue;
                }

                var next = bytes[at..].IndexOfAny(_inText ? s_insideText : s_outsideText);
                if (next < 0)
                    return -1;

                at += next;
                switch (bytes[at])
                {
                    case (byte)'\\':
                        _escaped = true;
                        break;

                    // JSON has no line feed inside a text: one that stands there was left open.
                    case (byte)'"' or (byte)'\n':
                        _inText = !_inText;
                        break;

                    case (byte)'{' or (byte)'[':
                        _depth++;
                        break;

                    case (byte)']' or (byte)',' when _depth == 0:
                        return at;

                    case (byte)'}' or (byte)']':
                        _depth--;
                        if (_depth <= 0)
                            return at + 1;

                        break;
                }

                at++;
            }

            return -1;
        }
    }
}

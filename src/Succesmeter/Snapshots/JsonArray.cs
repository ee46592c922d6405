using System.Buffers;
using System.Text.Json;

namespace Succesmeter.Snapshots;

/// <summary>Objects in a JSON array, found one by one, so that the array is never in memory as a whole. Lines are counted as elements.</summary>
internal sealed class JsonArray(ByteWindow window, RowReader reader, SnapshotLimits limits) : RowSource(window, reader, limits)
{
    private static readonly SearchValues<byte> s_outsideText = SearchValues.Create("\"{}[],"u8);
    private static readonly SearchValues<byte> s_insideText = SearchValues.Create("\"\\\n"u8);

    /// <summary>How often one element is read up to a line that may be another's; nested objects that are not indented look the same.</summary>
    private const int MostDoubts = 2;

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
        var doubts = 0;
        while (true)
        {
            // Line by line, because an element that was left open shows where the next one begins.
            var feed = Window.Unread[scanned..].IndexOf((byte)'\n');
            var stop = feed < 0 ? Window.Unread.Length : scanned + feed + 1;
            var end = scan.End(Window.Unread[scanned..stop]);
            if (end >= 0)
                return Element(scanned + end);

            scanned = stop;
            if (scanned > Limits.MaxRowBytes)
                return NextSibling(Window.Unread) is > 0 and var sibling ? RefuseTo(sibling) : await SkipElementAsync(scan, cancellation);

            if (scanned == Window.Unread.Length && !await Window.FillAsync(cancellation))
                return Window.IsBroken ? null : Element(scanned);

            if (feed >= 0 && doubts < MostDoubts && IsSibling(Window.Unread, scanned, out var begin))
            {
                doubts++;
                if (IsBroken(Window.Unread[..begin]))
                    return RefuseTo(scanned);
            }
        }
    }

    private ReadRow Element(int length)
    {
        var element = Window.Unread[..length];
        ReadRow row = length > Limits.MaxRowBytes ? RefuseTooLong(element) : Reader.Read(element, Line, element, unknownFields: 0);
        if (row is ReadRow.Refused && NextSibling(element) is > 0 and var sibling)
            return RefuseTo(sibling);

        Window.Skip(length);
        return Counted(row);
    }

    /// <summary>The element was left open and ends with the line before this one.</summary>
    private ReadRow RefuseTo(int nextLine)
    {
        var refused = Refuse(RowReader.NotJson, Window.Unread[..nextLine]);
        Window.Skip(nextLine);
        IsAtLineStart = true;
        _place = Place.BeforeElement;
        return Counted(refused);
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

    /// <summary>Where an element ends that turned out to be none: before the first line that looks like the next.</summary>
    /// <returns>The start of that line, or -1.</returns>
    private int NextSibling(ReadOnlySpan<byte> element)
    {
        if (Indent < 0 || !MayReread(element.Length))
            return -1;

        for (var feed = element.IndexOf((byte)'\n'); feed >= 0;)
        {
            if (IsSibling(element, feed + 1, out _))
                return feed + 1;

            var next = element[(feed + 1)..].IndexOf((byte)'\n');
            feed = next < 0 ? -1 : feed + 1 + next;
        }

        return -1;
    }

    /// <summary>
    /// An element that was left open swallows those behind it. Where elements begin on lines of their own, the next one begins after a comma on a line that is
    /// indented no deeper than the first: what is nested mostly is.
    /// </summary>
    /// <param name="begin">Behind the brace of that line.</param>
    private bool IsSibling(ReadOnlySpan<byte> element, int line, out int begin)
    {
        var blanks = element[line..].IndexOfAnyExcept(Blanks);
        begin = line + blanks + 1;
        return Indent >= 0 && blanks >= 0 && blanks <= Indent && element[line + blanks] == '{' && element[..line].TrimEnd(Blanks).EndsWith(","u8);
    }

    /// <summary>Whatever follows, this cannot be the beginning of JSON.</summary>
    private static bool IsBroken(ReadOnlySpan<byte> begun)
    {
        var json = new Utf8JsonReader(begun, isFinalBlock: false, new JsonReaderState(new JsonReaderOptions { MaxDepth = 4_096 }));
        try
        {
            while (json.Read())
            {
            }

            return false;
        }
        catch (JsonException)
        {
            return true;
        }
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

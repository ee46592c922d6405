using System.Text.Json;

namespace Succesmeter.Snapshots;

/// <summary>JSON objects written over several lines each, one or more behind each other.</summary>
internal sealed class JsonValues(ByteWindow window, RowReader reader, SnapshotLimits limits) : RowSource(window, reader, limits)
{
    /// <summary>Only to find where an object ends; the reader of the row asks for less.</summary>
    private static readonly JsonReaderOptions s_framing = new() { MaxDepth = 4_096 };

    /// <summary>Whether the first object goes on after its first line. A first line of NDJSON that was cut off does not: the next line contradicts it.</summary>
    public static async ValueTask<bool> FitAsync(ByteWindow window, SnapshotLimits limits, CancellationToken cancellation)
    {
        while (true)
        {
            var unread = window.Unread;
            var begin = unread.IndexOfAnyExcept(Blanks);
            var value = begin < 0 ? default : unread[begin..];
            switch (Measure(value, out var length))
            {
                case Extent.Whole:
                    return value[..length].Contains((byte)'\n');
                case Extent.Broken:
                    return false;
                default:
                    // One line without an end is a matter for NDJSON, which can skip it.
                    if (unread.Length > limits.MaxRowBytes || !await window.FillAsync(cancellation))
                        return window.Unread.TrimEnd(Blanks).Contains((byte)'\n') && begin >= 0;
                    break;
            }
        }
    }

    private long _last;

    public override async ValueTask<ReadRow?> NextAsync(CancellationToken cancellation)
    {
        if (!await SkipBlanksAsync(countLines: true, cancellation))
            return null;

        while (true)
        {
            var extent = Measure(Window.Unread, out var length);
            if (extent == Extent.Whole)
            {
                var value = Window.Unread[..length];

                // Several may begin on one line, and a row is known by its number.
                _last = Math.Max(Line, _last + 1);
                ReadRow row = length > Limits.MaxRowBytes ? RefuseTooLong(value) : Reader.Read(value, _last, value, unknownFields: 0);
                Line += value.Count((byte)'\n');
                Window.Skip(length);
                return row;
            }

            if (extent == Extent.Broken)
            {
                var broken = Refuse(RowReader.NotJson, Window.Unread);
                if (!MayReread(length))
                    Window.Skip(length);

                return await RefuseToNextAsync(broken, cancellation);
            }

            if (Window.Unread.Length > Limits.MaxRowBytes)
                return await RefuseToNextAsync(RefuseTooLong(Window.Unread), cancellation);

            if (await Window.FillAsync(cancellation))
                continue;

            if (Window.IsBroken)
                return null;

            var cutOff = Refuse("breaks off before its object ends", Window.Unread);
            Window.SkipAll();
            return cutOff;
        }
    }

    /// <summary>Goes to the next line that begins with a brace: what is nested is indented.</summary>
    private async ValueTask<ReadRow> RefuseToNextAsync(ReadRow.Refused refused, CancellationToken cancellation)
    {
        do
        {
            await SkipLineAsync(cancellation);
            if (Window.Unread.IsEmpty && !await Window.FillAsync(cancellation))
                break;
        }
        while (Window.Unread[0] != '{');

        return refused;
    }

    private static Extent Measure(ReadOnlySpan<byte> bytes, out int length)
    {
        length = 0;
        if (bytes.IsEmpty)
            return Extent.Open;

        if (bytes[0] != '{')
            return Extent.Broken;

        var json = new Utf8JsonReader(bytes, isFinalBlock: false, new JsonReaderState(s_framing));
        try
        {
            while (json.Read())
            {
                if (json.CurrentDepth == 0 && json.TokenType == JsonTokenType.EndObject)
                {
                    length = (int)json.BytesConsumed;
                    return Extent.Whole;
                }
            }

            return Extent.Open;
        }
        catch (JsonException)
        {
            length = (int)json.BytesConsumed;
            return Extent.Broken;
        }
    }

    private enum Extent
    {
        Open,
        Whole,
        Broken,
    }
}

using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace Succesmeter.Snapshots;

/// <summary>
/// CSV as spreadsheets and databases write it: comma, semicolon or tab, quoted cells with line feeds in them, a byte order mark, <c>sep=;</c>. The columns are the
/// schema's scalar fields, <c>languages</c> (<c>nl fr</c>), and <c>needs.asked</c>, <c>members.active</c> and their like. Each record becomes the JSON that it stands
/// for, so that one set of rules reads both.
/// </summary>
internal sealed class CsvRows(ByteWindow window, RowReader reader, SnapshotReading reading) : RowSource(window, reader, reading.Limits)
{
    private static readonly string[] s_texts =
        ["schema", "platform", "campaign", "takenAt", "state", "title", "holder", "url", "category", "place", "currency", "goalUnit", "funding", "launchedAt", "endsAt", "description"];

    private static readonly string[] s_amounts = ["goal", "stretchGoal", "pledged"];

    private static readonly string[] s_counts =
    [
        "backers", "comments", "updates", "followers", "shares", "collaborators",
        "needs.asked", "needs.filled", "members.active", "members.started", "members.stopped",
    ];

    /// <summary>The schema has some thirty. Cells past these are not even noted, so that a row of nothing but commas costs no more than its bytes.</summary>
    private const int MostColumns = 1_000;

    private readonly List<Cell> _cells = [];
    private readonly ArrayBufferWriter<byte> _json = new(1_024);
    private readonly Utf8JsonWriter _writer = new(Stream.Null, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });

    private Column[] _columns = [];
    private byte[] _header = [];
    private int _headerCells;
    private int _unknownColumns;
    private byte _delimiter;
    private bool _isOpen;
    private bool _isRefused;

    public override async ValueTask<ReadRow?> NextAsync(CancellationToken cancellation)
    {
        while (!_isRefused)
        {
            if (Window.Unread.IsEmpty && !await Window.FillAsync(cancellation))
                return null;

            if (!_isOpen && _delimiter == 0)
            {
                await GuessDelimiterAsync(cancellation);
                continue;
            }

            var extent = Scan(Window.Unread, isFinal: false, out var length);
            if (extent == Extent.Open)
            {
                if (Window.Unread.Length > Limits.MaxRowBytes)
                {
                    var tooLong = RefuseTooLong(Window.Unread);
                    await SkipLineAsync(cancellation);
                    return Unless(tooLong);
                }

                if (await Window.FillAsync(cancellation))
                    continue;

                // Of a record that a break cut off, the last cell may be cut too.
                if (Window.IsBroken)
                    return null;

                extent = Scan(Window.Unread, isFinal: true, out length);
            }

            if (extent == Extent.Broken)
            {
                var broken = Refuse("must close its quotes before the next cell", FirstLine(Window.Unread));
                await SkipLineAsync(cancellation);
                return Unless(broken);
            }

            if (Record(length) is { } row)
                return row;
        }

        return null;
    }

    public override void Dispose()
    {
        base.Dispose();
        _writer.Dispose();
    }

    /// <summary>Without a header no record can be read.</summary>
    private ReadRow Unless(ReadRow refused)
    {
        if (!_isOpen)
            Close();

        return refused;
    }

    private void Close()
    {
        _isRefused = true;
        Window.SkipAll();
    }

    private ReadRow? Record(int length)
    {
        var record = Window.Unread[..length];
        var line = Line;
        var row = IsBlank(record) ? null
            : length > Limits.MaxRowBytes ? RefuseTooLong(record)
            : !_isOpen ? Open(record)
            : Read(record, line);

        Line += Math.Max(1, record.Count((byte)'\n'));
        if (!_isRefused)
            Window.Skip(length);

        return row;
    }

    private bool IsBlank(ReadOnlySpan<byte> record)
    {
        if (_cells.Count > MostColumns)
            return false;

        foreach (var cell in _cells)
            if (!record.Slice(cell.Start, cell.Length).Trim(Blanks).IsEmpty)
                return false;

        return true;
    }

    private async ValueTask GuessDelimiterAsync(CancellationToken cancellation)
    {
        // What a spreadsheet says of itself: sep=;
        var head = Window.Unread;
        if (head.Length > 5 && Ascii.EqualsIgnoreCase(head[..4], "sep="u8) && head[5] is (byte)'\r' or (byte)'\n')
        {
            _delimiter = head[4];
            await SkipLineAsync(cancellation);
            return;
        }

        var header = FirstLine(head.TrimStart("\r\n"u8));
        var best = 0;
        _delimiter = (byte)',';
        foreach (var delimiter in ",;\t"u8)
        {
            var count = header.Count(delimiter);
            if (count > best)
                (best, _delimiter) = (count, delimiter);
        }
    }

    private ReadRow.Refused? Open(ReadOnlySpan<byte> record)
    {
        var refused = ReadHeader(record);
        if (refused is not null)
            Close();

        _isOpen = true;
        return refused;
    }

    private ReadRow.Refused? ReadHeader(ReadOnlySpan<byte> record)
    {
        if (!Utf8.IsValid(record))
            return Refuse(RowReader.MustBeUtf8, record);
        if (_cells.Count > MostColumns)
            return Refuse($"must have at most {MostColumns} columns", record);

        var columns = new List<Column>();
        for (var i = 0; i < _cells.Count; i++)
        {
            var name = Encoding.UTF8.GetString(Text(record, _cells[i])).Trim();
            if (Column.Named(name, i) is not { } column)
                _unknownColumns++;
            else if (columns.Exists(other => other.Name == column.Name))
                return Refuse("must stand only once in the header", record, column.Name);
            else
                columns.Add(column);
        }

        string? missing = null;
        if (!columns.Exists(c => c.Name == "campaign"))
            missing = "campaign";
        else if (!columns.Exists(c => c.Name == "takenAt"))
            missing = "takenAt";
        else if (!columns.Exists(c => c.Name is "pledged" or "members.active"))
            missing = "pledged";
        else if (reading.Platform is null && !columns.Exists(c => c.Name == "platform"))
            missing = "platform";

        if (missing is not null)
            return Refuse("must be a column of the header", record, missing);

        // What belongs to one inner object stands together.
        _columns = [.. columns.OrderBy(c => c.Group, StringComparer.Ordinal).ThenBy(c => c.Index)];
        _header = record.Trim(Blanks).ToArray();
        _headerCells = _cells.Count;
        return null;
    }

    private ReadRow Read(ReadOnlySpan<byte> record, long line)
    {
        if (record.Trim(Blanks).SequenceEqual(_header))
            return Refuse(line, "repeats the header", record);

        if (_cells.Count != _headerCells)
            return Refuse(line, $"must have {_headerCells} cells as the header has", record);

        if (!Utf8.IsValid(record))
            return Refuse(line, RowReader.MustBeUtf8, record);

        _json.ResetWrittenCount();
        _writer.Reset(_json);
        _writer.WriteStartObject();
        var group = "";
        foreach (var column in _columns)
        {
            if (column.Group != group)
            {
                if (group.Length > 0)
                    _writer.WriteEndObject();

                _writer.WriteStartObject(column.Group);
                group = column.Group;
            }

            var text = Text(record, _cells[column.Index]).Trim(" \t\r\n"u8);
            if (!text.IsEmpty && Write(column, text) is { } rule)
                return Refuse(line, rule, record, column.Name);
        }

        if (group.Length > 0)
            _writer.WriteEndObject();

        _writer.WriteEndObject();
        _writer.Flush();
        return Reader.Read(_json.WrittenSpan, line, record, _unknownColumns);
    }

    private string? Write(Column column, ReadOnlySpan<byte> text)
    {
        switch (column.Kind)
        {
            case ColumnKind.Text:
                _writer.WriteString(column.Field, text);
                return null;

            case ColumnKind.Flag when text.Length == 1 && text[0] is (byte)'0' or (byte)'1':
                _writer.WriteBoolean(column.Field, text[0] == '1');
                return null;

            case ColumnKind.Flag when Ascii.EqualsIgnoreCase(text, "true"u8) || Ascii.EqualsIgnoreCase(text, "false"u8):
                _writer.WriteBoolean(column.Field, text.Length == 4);
                return null;

            case ColumnKind.Flag:
                return "must be true or false";

            case ColumnKind.Languages:
                _writer.WriteStartArray(column.Field);
                while (!text.IsEmpty)
                {
                    var end = text.IndexOfAny(" ,;|"u8);
                    var one = end < 0 ? text : text[..end];
                    if (!one.IsEmpty)
                        _writer.WriteStringValue(one);

                    text = end < 0 ? default : text[(end + 1)..];
                }

                _writer.WriteEndArray();
                return null;

            default:
                Span<byte> number = stackalloc byte[CsvNumber.MostBytes];
                if (!CsvNumber.TryRead(text, isContinental: _delimiter == ';', mayGroup: column.Kind == ColumnKind.Number, number, out var length))
                    return "must be a number";

                _writer.WritePropertyName(column.Field);
                _writer.WriteRawValue(number[..length], skipInputValidation: true);
                return null;
        }
    }

    private static ReadOnlySpan<byte> FirstLine(ReadOnlySpan<byte> bytes)
    {
        var feed = bytes.IndexOf((byte)'\n');
        return feed < 0 ? bytes : bytes[..feed];
    }

    private static ReadOnlySpan<byte> Text(ReadOnlySpan<byte> record, Cell cell)
    {
        var text = record.Slice(cell.Start, cell.Length);
        if (!cell.HasDoubledQuotes)
            return text;

        var single = new byte[text.Length];
        var length = 0;
        for (var i = 0; i < text.Length; i++)
        {
            single[length++] = text[i];
            if (text[i] == '"')
                i++;
        }

        return single.AsSpan(0, length);
    }

    /// <summary>Finds the cells of the record that the bytes begin with.</summary>
    /// <param name="isFinal">Nothing follows the bytes.</param>
    private Extent Scan(ReadOnlySpan<byte> bytes, bool isFinal, out int length)
    {
        _cells.Clear();
        length = 0;
        var at = 0;
        while (true)
        {
            if (at < bytes.Length && bytes[at] == '"')
            {
                var extent = ScanQuoted(bytes, isFinal, ref at);
                if (extent != Extent.Whole)
                    return extent;
            }
            else
            {
                var end = bytes[at..].IndexOfAny(_delimiter, (byte)'\n', (byte)'\r');
                if (end < 0 && !isFinal)
                    return Extent.Open;

                end = end < 0 ? bytes.Length : at + end;
                Note(new Cell(at, end - at, HasDoubledQuotes: false));
                at = end;
            }

            if (at == bytes.Length)
            {
                length = at;
                return isFinal ? Extent.Whole : Extent.Open;
            }

            if (bytes[at] == _delimiter)
            {
                at++;
                continue;
            }

            if (bytes[at] == '\n')
            {
                length = at + 1;
                return Extent.Whole;
            }

            if (bytes[at] != '\r')
                return Extent.Broken;

            if (at + 1 == bytes.Length && !isFinal)
                return Extent.Open;

            length = at + 1 < bytes.Length && bytes[at + 1] == '\n' ? at + 2 : at + 1;
            return Extent.Whole;
        }
    }

    private Extent ScanQuoted(ReadOnlySpan<byte> bytes, bool isFinal, ref int at)
    {
        var start = at + 1;
        var hasDoubled = false;
        for (at = start; ;)
        {
            var quote = bytes[at..].IndexOf((byte)'"');
            if (quote < 0)
                return isFinal ? Extent.Broken : Extent.Open;

            at += quote + 1;
            if (at == bytes.Length && !isFinal)
                return Extent.Open;

            if (at == bytes.Length || bytes[at] != '"')
                break;

            hasDoubled = true;
            at++;
        }

        Note(new Cell(start, at - 1 - start, hasDoubled));
        return Extent.Whole;
    }

    /// <summary>One too many is noted as well: so many no header has.</summary>
    private void Note(Cell cell)
    {
        if (_cells.Count <= MostColumns)
            _cells.Add(cell);
    }

    private enum Extent
    {
        Open,
        Whole,
        Broken,
    }

    private enum ColumnKind
    {
        Text,
        Number,
        Degrees,
        Flag,
        Languages,
    }

    private readonly record struct Cell(int Start, int Length, bool HasDoubledQuotes);

    private sealed record Column(string Name, int Index, ColumnKind Kind, string Group, string Field)
    {
        public static Column? Named(string name, int index)
        {
            return Of(s_texts, ColumnKind.Text)
                ?? Of(s_amounts, ColumnKind.Number)
                ?? Of(s_counts, ColumnKind.Number)
                ?? Of(["latitude", "longitude"], ColumnKind.Degrees)
                ?? Of(["sensitive", "actionLogKept"], ColumnKind.Flag)
                ?? Of(["languages"], ColumnKind.Languages);

            Column? Of(string[] names, ColumnKind kind)
            {
                var known = Array.Find(names, n => string.Equals(n, name, StringComparison.OrdinalIgnoreCase));
                if (known is null)
                    return null;

                var dot = known.IndexOf('.', StringComparison.Ordinal);
                return new Column(known, index, kind, dot < 0 ? "" : known[..dot], known[(dot + 1)..]);
            }
        }
    }
}

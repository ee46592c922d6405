using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Succesmeter.Campaigns;
using Succesmeter.Snapshots;

namespace Succesmeter.Platforms.Apis;

/// <summary>Writes a snapshot, version 1, as a file would hold it; what is null is left out.</summary>
internal sealed class SnapshotDraft : IDisposable
{
    private readonly ArrayBufferWriter<byte> _bytes = new(4_096);
    private readonly Utf8JsonWriter _json;

    public SnapshotDraft(CampaignId campaign, DateTimeOffset takenAt)
    {
        _json = new Utf8JsonWriter(_bytes, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        _json.WriteStartObject();
        Text("schema", "succesmeter/snapshot/1");
        Text("platform", campaign.Platform.Value);
        Text("campaign", campaign.Name);
        Text("takenAt", TextOf(takenAt));
    }

    public void Text(string name, string? text)
    {
        if (text is not null)
            _json.WriteString(name, text);
    }

    public void Number(string name, decimal? number)
    {
        if (number is { } value)
            _json.WriteNumber(name, value);
    }

    public void Degrees(string name, double? degrees)
    {
        if (degrees is { } value)
            _json.WriteNumber(name, value);
    }

    public void Flag(string name, bool? flag)
    {
        if (flag is { } value)
            _json.WriteBoolean(name, value);
    }

    /// <summary>A day stays a day, in the zone that it will be read in.</summary>
    public void When(string name, Moment? moment, TimeZoneInfo zone)
    {
        if (moment is { } known && known.At.Year is >= MomentText.FirstYear and <= MomentText.LastYear)
            Text(name, known.IsWholeDay ? TimeZoneInfo.ConvertTime(known.At, zone).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : TextOf(known.At));
    }

    public void Texts(string name, IReadOnlyCollection<string> texts)
    {
        if (texts.Count == 0)
            return;

        _json.WriteStartArray(name);
        foreach (var text in texts)
            _json.WriteStringValue(text);

        _json.WriteEndArray();
    }

    public void Part(string name, Action<SnapshotDraft> write)
    {
        _json.WriteStartObject(name);
        write(this);
        _json.WriteEndObject();
    }

    /// <param name="name">Of the list.</param>
    /// <param name="items">Null leaves it out; an empty one says that there are none.</param>
    /// <param name="write">Writes the fields of one item.</param>
    public void Items<T>(string name, IReadOnlyCollection<T>? items, Action<SnapshotDraft, T> write)
    {
        if (items is null)
            return;

        _json.WriteStartArray(name);
        foreach (var item in items)
        {
            _json.WriteStartObject();
            write(this, item);
            _json.WriteEndObject();
        }

        _json.WriteEndArray();
    }

    /// <summary>Nothing can be written after it.</summary>
    public ReadOnlyMemory<byte> Finished()
    {
        _json.WriteEndObject();
        _json.Flush();
        return _bytes.WrittenMemory;
    }

    public void Dispose() => _json.Dispose();

    internal static string TextOf(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}

using System.Text.Json;
using System.Text.Json.Serialization;

namespace Succesmeter.Storage.Queues;

/// <summary>What every message of ours carries beside what it says, for those who watch: nothing is decided by it.</summary>
/// <param name="Traceparent">Of the span that sent it; null where nobody listened.</param>
/// <param name="VisibleAt">From when on it could be taken up; null in messages of before this was kept.</param>
public sealed record QueueEnvelope(string? Traceparent, DateTimeOffset? VisibleAt)
{
    /// <summary>Of a text that is no message there is none; its reader will say so.</summary>
    public static QueueEnvelope Of(string text)
    {
        try
        {
            return JsonSerializer.Deserialize(text, QueueEnvelopeJson.Default.QueueEnvelope) ?? new QueueEnvelope(null, null);
        }
        catch (JsonException)
        {
            return new QueueEnvelope(null, null);
        }
    }
}

/// <summary>Its place in a message that is written.</summary>
internal abstract record StoredInQueue
{
    public string? Traceparent { get; init; } = Watching.Spans.Current;

    public DateTimeOffset? VisibleAt { get; init; }
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(QueueEnvelope))]
internal sealed partial class QueueEnvelopeJson : JsonSerializerContext;

using System.Text.Json;
using System.Text.Json.Serialization;

namespace Succesmeter.Storage.Tables;

/// <summary>The parts of a record row that are small enough to be read by eye.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(StoredTold))]
[JsonSerializable(typeof(StoredEvent[]))]
[JsonSerializable(typeof(StoredPlatformEvent))]
internal sealed partial class RecordJson : JsonSerializerContext;

internal sealed record StoredTold(long? Through, bool Discovered, bool Ended, int[] Milestones, string? Status, SortedDictionary<string, int> Episodes, bool Ignited, int Ignitions)
{
    public int Count { get; init; }

    public bool Behind { get; init; }

    public int TimesBehind { get; init; }

    public bool Stalled { get; init; }

    public int Stalls { get; init; }
}

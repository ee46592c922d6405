using System.Text.Json;
using System.Text.Json.Serialization;

namespace Succesmeter.LocalHost.Azurite;

/// <summary>What a long-lived Azurite writes about itself (npm/run.cjs): at once its process, and its ports when it listens.</summary>
/// <remarks>The instance stands on its command line too, so that a process id used again is not taken for it.</remarks>
internal sealed record AzuriteRecord(int ProcessId, string Instance, DateTimeOffset StartedAt, int? Blob, int? Queue, int? Table)
{
    [JsonIgnore]
    public AzuritePorts? Ports => (Blob, Queue, Table) is (int blob, int queue, int table) ? new(blob, queue, table) : null;

    /// <returns>Null where there is none, or it cannot be read (then it was not written by us).</returns>
    public static async Task<AzuriteRecord?> ReadAsync(string file, CancellationToken cancellation)
    {
        if (!File.Exists(file))
            return null;

        try
        {
            var json = await File.ReadAllTextAsync(file, cancellation);
            return JsonSerializer.Deserialize(json, AzuriteJson.Default.AzuriteRecord);
        }
        catch (Exception e) when (e is JsonException or FileNotFoundException)
        {
            return null;
        }
    }
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(AzuriteRecord))]
[JsonSerializable(typeof(AzuritePorts))]
internal sealed partial class AzuriteJson : JsonSerializerContext;

using System.Text.Json;
using System.Text.Json.Serialization;

namespace Succesmeter.LocalHost.Blobs;

/// <summary>What is told of a blob that no try could process, in the real host's words.</summary>
internal sealed record PoisonBlobMessage(string FunctionId, string BlobType, string ContainerName, string BlobName, string ETag)
{
    public const string QueueName = "webjobs-blobtrigger-poison";

    public string Type { get; } = "BlobTrigger";

    public string ToJson() => JsonSerializer.Serialize(this, BlobJson.Default.PoisonBlobMessage);
}

[JsonSerializable(typeof(PoisonBlobMessage))]
internal sealed partial class BlobJson : JsonSerializerContext;

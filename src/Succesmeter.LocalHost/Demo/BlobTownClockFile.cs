using System.Text.Json;
using System.Text.Json.Serialization;
using Azure;
using Succesmeter.LocalHost.Storage;

namespace Succesmeter.LocalHost.Demo;

internal sealed class BlobTownClockFile(HostStorage storage) : ITownClockFile
{
    private const string Name = "demo/town-clock.json";

    public async Task<TownTime?> ReadAsync(CancellationToken cancellation)
    {
        try
        {
            var content = await storage.Blob(Name).DownloadContentAsync(cancellation);
            return content.Value.Content.ToObjectFromJson(TownJson.Default.TownTime);
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return null;
        }
    }

    public async Task WriteAsync(TownTime time, CancellationToken cancellation)
    {
        var content = BinaryData.FromBytes(JsonSerializer.SerializeToUtf8Bytes(time, TownJson.Default.TownTime));
        try
        {
            await storage.Blob(Name).UploadAsync(content, overwrite: true, cancellation);
        }
        catch (RequestFailedException e) when (e.ErrorCode == "ContainerNotFound")
        {
            await storage.Container.CreateIfNotExistsAsync(cancellationToken: cancellation);
            await storage.Blob(Name).UploadAsync(content, overwrite: true, cancellation);
        }
    }
}

[JsonSerializable(typeof(TownTime))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
internal sealed partial class TownJson : JsonSerializerContext;

using System.Text.Json;
using System.Text.Json.Serialization;
using Azure;
using Azure.Storage.Blobs;
using Microsoft.Azure.Functions.Worker;

namespace Succesmeter.LocalHost.Timers;

/// <summary>When a timer ran last and runs next, kept where the real host keeps it.</summary>
internal sealed class TimerStatusBlob(BlobClient blob)
{
    public async Task<ScheduleStatus?> ReadAsync(CancellationToken cancellation)
    {
        try
        {
            var content = await blob.DownloadContentAsync(cancellation);
            return content.Value.Content.ToObjectFromJson(TimerJson.Default.ScheduleStatus);
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return null;
        }
        catch (JsonException)
        {
            return null; // Not ours; it is written anew.
        }
    }

    public Task WriteAsync(ScheduleStatus status, CancellationToken cancellation) =>
        blob.UploadAsync(BinaryData.FromBytes(JsonSerializer.SerializeToUtf8Bytes(status, TimerJson.Default.ScheduleStatus)), overwrite: true, cancellation);
}

[JsonSerializable(typeof(ScheduleStatus))]
internal sealed partial class TimerJson : JsonSerializerContext;

using System.Text.Json;
using System.Text.Json.Serialization;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Succesmeter.Campaigns;
using Succesmeter.Reports;

namespace Succesmeter.Storage.Blobs;

/// <summary>Container <c>reports</c>: <c>{platform}.json.gz</c>, replaced with If-Match.</summary>
public sealed class BlobReportStore(StorageAccount account) : IReportStore
{
    private readonly BlobContainerClient container = account.Blobs.GetBlobContainerClient(ContainerNames.Reports);

    public async Task<StoredReport?> FindAsync(PlatformId platform, CancellationToken cancellation)
    {
        try
        {
            var read = (await BlobOf(platform).DownloadContentAsync(cancellation)).Value;
            return new StoredReport(PackedJson.Unpack(read.Content, ReportJson.Default.KeptReport), read.Details.ETag.ToString());
        }
        catch (RequestFailedException missing) when (missing.Status == 404)
        {
            return null;
        }
    }

    public async Task<bool> TryPutAsync(KeptReport report, string? replaced, CancellationToken cancellation)
    {
        try
        {
            var content = PackedJson.Pack(report, ReportJson.Default.KeptReport);
            await BlobOf(report.Shown.Platform).UploadAsync(content, new BlobUploadOptions { Conditions = BlobVersions.Only(replaced) }, cancellation);
            return true;
        }
        catch (RequestFailedException changed) when (changed.Status is 409 or 412)
        {
            return false;
        }
    }

    private BlobClient BlobOf(PlatformId platform) => container.GetBlobClient($"{platform}.json.gz");
}

/// <summary>What container <c>reports</c> holds.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, Converters = [typeof(PlatformIdConverter)])]
[JsonSerializable(typeof(KeptReport))]
internal sealed partial class ReportJson : JsonSerializerContext;

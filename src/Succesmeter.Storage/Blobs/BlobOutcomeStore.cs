using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Succesmeter.Campaigns;
using Succesmeter.Outcomes;

namespace Succesmeter.Storage.Blobs;

/// <summary>Container <c>models</c>: <c>outcomes/{platform}.json.gz</c>, read and written as a whole; two thousand campaigns take about a megabyte.</summary>
public sealed class BlobOutcomeStore(StorageAccount account) : IOutcomeStore
{
    private readonly BlobContainerClient container = account.Blobs.GetBlobContainerClient(ContainerNames.Models);

    public async Task<StoredOutcomes> LoadAsync(PlatformId platform, CancellationToken cancellation)
    {
        try
        {
            var read = (await BlobOf(platform).DownloadContentAsync(cancellation)).Value;
            var kept = PackedJson.Unpack(read.Content, ModelJson.Default.KeptOutcomes);
            return new StoredOutcomes(
                new PlatformOutcomes(platform, kept.Features == KeptOutcomes.Now ? kept.Campaigns : kept.Outlived()), read.Details.ETag.ToString());
        }
        catch (RequestFailedException missing) when (missing.Status == 404)
        {
            return new StoredOutcomes(PlatformOutcomes.None(platform), null);
        }
    }

    public async Task<StoredOutcomes?> PutAsync(PlatformOutcomes outcomes, string? replaced, CancellationToken cancellation)
    {
        var content = PackedJson.Pack(new KeptOutcomes(KeptOutcomes.Now, outcomes.Campaigns), ModelJson.Default.KeptOutcomes);
        try
        {
            var put = await BlobOf(outcomes.Platform).UploadAsync(content, new BlobUploadOptions { Conditions = BlobVersions.Only(replaced) }, cancellation);
            return new StoredOutcomes(outcomes, put.Value.ETag.ToString());
        }
        catch (RequestFailedException changed) when (changed.Status is 409 or 412)
        {
            return null;
        }
    }

    private BlobClient BlobOf(PlatformId platform) => container.GetBlobClient($"outcomes/{platform}.json.gz");
}

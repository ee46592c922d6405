using System.Runtime.CompilerServices;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Succesmeter.Erasures;

namespace Succesmeter.Storage.Blobs;

/// <summary>Containers <c>incoming</c>, <c>archive</c> and <c>quarantine</c> as one.</summary>
public sealed class BlobRawFiles(StorageAccount account) : IRawFiles
{
    /// <summary>A file on its way goes from the first to the second, so in this order none is passed over.</summary>
    private static readonly string[] Containers = [ContainerNames.Incoming, ContainerNames.Archive, ContainerNames.Quarantine];

    public async IAsyncEnumerable<RawFile> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var container in Containers)
            await foreach (var blob in account.Blobs.GetBlobContainerClient(container).GetBlobsAsync(BlobTraits.None, BlobStates.None, prefix: null, cancellation))
                yield return new RawFile(
                    container, blob.Name, blob.Properties.ETag.ToString()!.Trim('"'), blob.Properties.CreatedOn ?? blob.Properties.LastModified!.Value, container == ContainerNames.Incoming);
    }

    public async Task<Stream?> OpenAsync(RawFile file, CancellationToken cancellation)
    {
        try
        {
            return await ClientOf(file).OpenReadAsync(new BlobOpenReadOptions(allowModifications: false) { Conditions = Unchanged(file) }, cancellation);
        }
        catch (RequestFailedException changed) when (changed.Status is 404 or 412)
        {
            return null;
        }
    }

    public async Task ReplaceAsync(RawFile file, Func<Stream, Stream, Task> write, CancellationToken cancellation)
    {
        var blob = ClientOf(file);
        try
        {
            var properties = (await blob.GetPropertiesAsync(Unchanged(file), cancellation)).Value;
            var options = new BlobUploadOptions
            {
                Conditions = Unchanged(file),
                Metadata = properties.Metadata,
                HttpHeaders = new BlobHttpHeaders { ContentType = properties.ContentType, ContentEncoding = properties.ContentEncoding },
            };
            await using var content = await blob.OpenReadAsync(new BlobOpenReadOptions(allowModifications: false) { Conditions = Unchanged(file) }, cancellation);
            await WrittenUpload.UploadAsync(blob, options, target => write(content, target), cancellation);
        }
        catch (RequestFailedException changed) when (changed.Status is 404 or 412)
        {
            // It was read, archived or tidied away meanwhile; whoever did so heeded the tombstones, or the next look does.
        }
    }

    public async Task DeleteAsync(RawFile file, CancellationToken cancellation)
    {
        try
        {
            await ClientOf(file).DeleteIfExistsAsync(conditions: Unchanged(file), cancellationToken: cancellation);
        }
        catch (RequestFailedException changed) when (changed.Status == 412)
        {
            // Another one stands there now.
        }
    }

    private BlobClient ClientOf(RawFile file) => account.Blobs.GetBlobContainerClient(file.Container).GetBlobClient(file.Name);

    private static BlobRequestConditions Unchanged(RawFile file) => new() { IfMatch = new ETag($"\"{file.Version}\"") };
}

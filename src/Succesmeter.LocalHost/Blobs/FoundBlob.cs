using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace Succesmeter.LocalHost.Blobs;

/// <summary>A blob as it was listed; other content under its name is another one.</summary>
internal sealed record FoundBlob(BlobClient Client, ETag ETag, BlobType? Type, IReadOnlyDictionary<string, string> Placeholders)
{
    /// <remarks>A listing shows it without the quotes that a header has, and the two would not be equal.</remarks>
    public static ETag Quoted(ETag etag) => new($"\"{etag.ToString().Trim('"')}\"");

    /// <summary>It is still there with the content that was listed.</summary>
    public async Task<bool> IsCurrentAsync(CancellationToken cancellation)
    {
        try
        {
            var now = await Client.GetPropertiesAsync(cancellationToken: cancellation);
            return Quoted(now.Value.ETag) == ETag;
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return false;
        }
    }

    public async ValueTask<object?> OpenAsync(CancellationToken cancellation) =>
        await Client.OpenReadAsync(new BlobOpenReadOptions(allowModifications: false) { Conditions = new() { IfMatch = ETag } }, cancellation);

    public async Task<BinaryData> DownloadAsync(CancellationToken cancellation)
    {
        var content = await Client.DownloadContentAsync(new BlobDownloadOptions { Conditions = new() { IfMatch = ETag } }, cancellation);
        return content.Value.Content;
    }
}

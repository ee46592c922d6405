using Azure;
using Azure.Storage.Blobs.Models;

namespace Succesmeter.Storage.Blobs;

/// <summary>Conditions under which a blob may be written.</summary>
internal static class BlobVersions
{
    /// <param name="replaced">The version that was read; null where there was none, and there must be none still.</param>
    public static BlobRequestConditions Only(string? replaced) =>
        replaced is null ? new BlobRequestConditions { IfNoneMatch = ETag.All } : new BlobRequestConditions { IfMatch = new ETag(replaced) };
}

using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace Succesmeter.LocalHost.Storage;

/// <summary>A blob held for this process alone, renewed until it is let go; a killed host's lapses by itself.</summary>
internal sealed class HeldBlob : IAsyncDisposable
{
    private readonly BlobLeaseClient _lease;
    private readonly CancellationTokenSource _lost = new();
    private readonly CancellationTokenSource _released = new();
    private readonly Task _renewing;

    private HeldBlob(BlobLeaseClient lease, TimeSpan duration, long acquired)
    {
        _lease = lease;
        _renewing = Renewal.KeepAsync(duration, acquired, TimeProvider.System, RenewAsync, _lost, _released.Token);
    }

    public string Id => _lease.LeaseId;

    /// <summary>Cancelled when another may hold it.</summary>
    public CancellationToken Lost => _lost.Token;

    /// <summary>Makes the blob and holds it, in two requests, because it is usually missing.</summary>
    /// <returns>Null when it is there already, or another was faster.</returns>
    public static async Task<HeldBlob?> TryMakeAsync(
        BlobClient blob, IDictionary<string, string> metadata, TimeSpan duration, CancellationToken cancellation)
    {
        try
        {
            var onlyNew = new BlobUploadOptions { Metadata = metadata, Conditions = new() { IfNoneMatch = ETag.All } };
            var made = await blob.UploadAsync(BinaryData.Empty, onlyNew, cancellation);
            var lease = blob.GetBlobLeaseClient();
            var acquired = TimeProvider.System.GetTimestamp();
            await lease.AcquireAsync(duration, new RequestConditions { IfMatch = made.Value.ETag }, cancellation);
            return new(lease, duration, acquired);
        }
        catch (RequestFailedException e) when (e.Status is 409 or 412)
        {
            return null;
        }
    }

    /// <summary>Makes the blob where it is missing, and holds it.</summary>
    /// <returns>Null when another holds it.</returns>
    public static async Task<HeldBlob?> TryHoldAsync(BlobClient blob, TimeSpan duration, CancellationToken cancellation)
    {
        var lease = blob.GetBlobLeaseClient();

        while (true)
        {
            var acquired = TimeProvider.System.GetTimestamp();

            try
            {
                await lease.AcquireAsync(duration, cancellationToken: cancellation);
                return new(lease, duration, acquired);
            }
            catch (RequestFailedException e) when (e.ErrorCode == BlobErrorCode.LeaseAlreadyPresent)
            {
                return null;
            }
            catch (RequestFailedException e) when (e.ErrorCode == BlobErrorCode.ContainerNotFound)
            {
                await blob.GetParentBlobContainerClient().CreateIfNotExistsAsync(cancellationToken: cancellation);
            }
            catch (RequestFailedException e) when (e.ErrorCode == BlobErrorCode.BlobNotFound)
            {
                await CreateAsync(blob, cancellation);
            }
        }
    }

    /// <summary>Nobody needs it soon: it need not be let go, which saves a request, but may lapse.</summary>
    public bool MayLapse { get; set; }

    /// <summary>Lets it go, so that the next can have it at once.</summary>
    public async ValueTask DisposeAsync()
    {
        await _released.CancelAsync();
        await _renewing;

        if (!MayLapse)
            await ReleaseAsync();

        _released.Dispose();
        _lost.Dispose();
    }

    private async Task ReleaseAsync()
    {
        try
        {
            await _lease.ReleaseAsync();
        }
        catch (Exception e) when (e is RequestFailedException or AggregateException)
        {
            // Lost, or the storage is away: it lapses.
        }
    }

    private static async Task CreateAsync(BlobClient blob, CancellationToken cancellation)
    {
        try
        {
            var onlyNew = new BlobUploadOptions { Conditions = new() { IfNoneMatch = ETag.All } };
            await blob.UploadAsync(BinaryData.Empty, onlyNew, cancellation);
        }
        catch (RequestFailedException e) when (e.Status is 409 or 412)
        {
            // Another host was faster; then it may even hold it already.
        }
    }

    private async Task<bool> RenewAsync(CancellationToken patience)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience, _released.Token);
        try
        {
            await _lease.RenewAsync(cancellationToken: either.Token);
            return true;
        }
        catch (RequestFailedException e) when (e.Status is 404 or 409 or 412)
        {
            return false;
        }
    }
}

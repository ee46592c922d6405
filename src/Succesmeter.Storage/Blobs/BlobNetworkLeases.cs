using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Succesmeter.Campaigns;
using Succesmeter.Networks;

namespace Succesmeter.Storage.Blobs;

/// <summary>Leases on <c>{platform}/lease</c> in container <c>graph</c>, renewed while they are held.</summary>
public sealed class BlobNetworkLeases(StorageAccount account) : INetworkLeases
{
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(60);

    private readonly BlobContainerClient container = account.Blobs.GetBlobContainerClient(ContainerNames.Graph);

    public async Task<IAsyncDisposable?> TryTakeAsync(PlatformId platform, CancellationToken cancellation)
    {
        var blob = container.GetBlobClient($"{platform}/lease");
        var lease = blob.GetBlobLeaseClient();
        while (true)
        {
            try
            {
                await lease.AcquireAsync(Duration, cancellationToken: cancellation);
                return new Held(lease);
            }
            catch (RequestFailedException held) when (held.Status == 409)
            {
                return null;
            }
            catch (RequestFailedException missing) when (missing.Status == 404)
            {
                await MakeAsync(blob, cancellation);
            }
        }
    }

    private static async Task MakeAsync(BlobClient blob, CancellationToken cancellation)
    {
        try
        {
            await blob.UploadAsync(BinaryData.Empty, new BlobUploadOptions { Conditions = BlobVersions.Only(replaced: null) }, cancellation);
        }
        catch (RequestFailedException made) when (made.Status is 409 or 412)
        {
            // Another host was faster.
        }
    }

    /// <remarks>A lease lives by the storage's clock, so it waits on the machine's. One that is lost is not renewed and nobody is told: the work under it may be done twice.</remarks>
    private sealed class Held : IAsyncDisposable
    {
        private readonly BlobLeaseClient lease;
        private readonly CancellationTokenSource released = new();
        private readonly Task renewing;

        public Held(BlobLeaseClient lease)
        {
            this.lease = lease;
            renewing = RenewAsync();
        }

        public async ValueTask DisposeAsync()
        {
            await released.CancelAsync();
            await renewing;
            released.Dispose();
            try
            {
                await lease.ReleaseAsync();
            }
            catch (Exception lost) when (lost is RequestFailedException or AggregateException)
            {
                // Lost, or the storage is away: it lapses.
            }
        }

        private async Task RenewAsync()
        {
            try
            {
                while (true)
                {
                    await Task.Delay(Duration / 3, released.Token);
                    await lease.RenewAsync(cancellationToken: released.Token);
                }
            }
            catch (Exception over) when (over is OperationCanceledException or RequestFailedException or AggregateException)
            {
                // Let go, or lost.
            }
        }
    }
}

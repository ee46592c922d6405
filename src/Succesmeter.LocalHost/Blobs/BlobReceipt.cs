using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Succesmeter.LocalHost.Functions;
using Succesmeter.LocalHost.Storage;

namespace Succesmeter.LocalHost.Blobs;

/// <summary>
/// What became of one blob name and ETag in one function, and while it is held, the right to run it: a blob in the place where the real host
/// keeps its receipts, under a lease.
/// </summary>
internal sealed class BlobReceipt : IAsyncDisposable
{
    private const string Done = "done";
    private const string Starts = "starts";
    private const string FailedRuns = "failures";

    private readonly BlobClient _blob;
    private readonly HeldBlob _lease;
    private int _starts;
    private bool _isBegun;

    private BlobReceipt(BlobClient blob, HeldBlob lease, IDictionary<string, string> kept)
    {
        _blob = blob;
        _lease = lease;
        IsDone = SaysDone(kept);
        _starts = Number(kept, Starts);
        Failures = Number(kept, FailedRuns);
    }

    public bool IsDone { get; private set; }

    public int Failures { get; private set; }

    /// <summary>How often a host died, or lost its lease, while it ran this.</summary>
    public int Interruptions => _starts - Failures - (_isBegun ? 1 : 0);

    /// <summary>Cancelled when another host may run it now.</summary>
    public CancellationToken Lost => _lease.Lost;

    /// <remarks>The ETag stands before the name, because the name may hold slashes. A blob's name has at most 1,024 characters, and here is more
    /// than the name, so a long one is hashed.</remarks>
    public static string NameOf(HostStorage storage, FunctionMethod function, string container, string blob, ETag etag)
    {
        var short_ = blob.Length <= 700 ? blob : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(blob)));
        return $"{FolderOf(storage, function)}{etag}/{container}/{short_}";
    }

    /// <returns>The names of all receipts of blobs that need no more look.</returns>
    public static async IAsyncEnumerable<string> DoneAsync(
        HostStorage storage, FunctionMethod function, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        var all = storage.Container.GetBlobsAsync(
            new GetBlobsOptions { Traits = BlobTraits.Metadata, Prefix = FolderOf(storage, function) }, cancellation);

        await foreach (var receipt in all)
        {
            if (SaysDone(receipt.Metadata))
                yield return receipt.Name;
        }
    }

    /// <returns>Null when another host holds it.</returns>
    public static async Task<BlobReceipt?> TryHoldAsync(BlobClient blob, TimeSpan leaseDuration, CancellationToken cancellation)
    {
        // A new one begins with its first start already counted, so that it need not be written again.
        var begun = new Dictionary<string, string> { [Starts] = "1" };

        if (await HeldBlob.TryMakeAsync(blob, begun, leaseDuration, cancellation) is { } made)
            return new(blob, made, new Dictionary<string, string>()) { _starts = 1, _isBegun = true };

        if (await HeldBlob.TryHoldAsync(blob, leaseDuration, cancellation) is not { } lease)
            return null;

        try
        {
            var properties = await blob.GetPropertiesAsync(new BlobRequestConditions { LeaseId = lease.Id }, cancellation);
            return new(blob, lease, properties.Value.Metadata);
        }
        catch
        {
            await lease.DisposeAsync();
            throw;
        }
    }

    public Task BeginAsync(CancellationToken cancellation)
    {
        if (_isBegun)
            return Task.CompletedTask;

        _isBegun = true;
        _starts++;
        return KeepAsync(cancellation);
    }

    /// <summary>The start does not count: the host stopped it.</summary>
    public Task TakeBackAsync(CancellationToken cancellation)
    {
        _starts--;
        return KeepAsync(cancellation);
    }

    public Task FailAsync(CancellationToken cancellation)
    {
        Failures++;
        return KeepAsync(cancellation);
    }

    public async Task CompleteAsync(CancellationToken cancellation)
    {
        IsDone = true;
        await KeepAsync(cancellation);
        _lease.MayLapse = true;
    }

    public ValueTask DisposeAsync() => _lease.DisposeAsync();

    private async Task KeepAsync(CancellationToken cancellation)
    {
        var kept = new Dictionary<string, string>
        {
            [Starts] = _starts.ToString(CultureInfo.InvariantCulture),
            [FailedRuns] = Failures.ToString(CultureInfo.InvariantCulture),
        };

        if (IsDone)
            kept[Done] = "true";

        await _blob.SetMetadataAsync(kept, new BlobRequestConditions { LeaseId = _lease.Id }, cancellation);
    }

    private static string FolderOf(HostStorage storage, FunctionMethod function) => $"blobreceipts/{storage.HostId}/{function.Id}/";

    private static bool SaysDone(IDictionary<string, string> kept) => kept.ContainsKey(Done);

    private static int Number(IDictionary<string, string> kept, string key) =>
        kept.TryGetValue(key, out var text) ? int.Parse(text, CultureInfo.InvariantCulture) : 0;
}

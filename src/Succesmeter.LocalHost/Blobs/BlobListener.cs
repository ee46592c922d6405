using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Microsoft.Extensions.Logging;
using Succesmeter.LocalHost.Functions;
using Succesmeter.LocalHost.Queues;
using Succesmeter.LocalHost.Settings;
using Succesmeter.LocalHost.Storage;

namespace Succesmeter.LocalHost.Blobs;

/// <summary>Scans one container again and again and runs its function once for each name and ETag.</summary>
internal sealed partial class BlobListener(
    FunctionMethod function,
    Binding<FoundBlob>[] bindings,
    BlobPath path,
    BlobContainerClient lookOut,
    BlobContainerClient container,
    BlobPacing pacing,
    FunctionRunner runner,
    HostStorage storage,
    HostJsonFile hostJson,
    Drain drain,
    ILogger logger)
{
    /// <summary>A host that dies is not the blob's fault; one that dies this often over the same blob may be.</summary>
    private const int MostInterruptions = 20;

    /// <summary>So many times as long as the listing took is waited until the next, so that a full container does not keep storage busy.</summary>
    private const int RestPerScan = 4;

    private readonly ILogger _logger = logger;
    private readonly SeenBlobs _seen = new(TimeProvider.System);
    private readonly Outage _outage = new($"The container {container.Name}", logger);

    public async Task RunAsync()
    {
        using var slots = new SemaphoreSlim(hostJson.Blobs.MaxDegreeOfParallelism);
        var tidying = Task.CompletedTask;
        var recalled = false;

        while (!drain.NoNewWork.IsCancellationRequested)
        {
            var rest = pacing.ScanInterval;

            try
            {
                if (!recalled)
                    await RecallAsync();

                var fair = await ScanAsync(slots) * RestPerScan;
                rest = fair > rest ? fair : rest;
                var gone = _seen.ForgetUnseen();

                if (!recalled)
                    tidying = TidyAsync(gone);

                recalled = true;
                _outage.End();
            }
            catch (OperationCanceledException)
            {
                // The host stops.
            }
            catch (RequestFailedException e) when (e.ErrorCode == BlobErrorCode.ContainerNotFound)
            {
                // It may yet be made.
            }
            catch (Exception e) when (e is RequestFailedException or AggregateException)
            {
                _outage.Begin(e);
            }

            await drain.PauseAsync(rest);
        }

        await tidying;

        // Whoever has all slots knows that nothing runs.
        for (var slot = 0; slot < hostJson.Blobs.MaxDegreeOfParallelism; slot++)
            await slots.WaitAsync();
    }

    /// <summary>Lists the receipts rather than asking for each, which a restart over a full container would take minutes for.</summary>
    private async Task RecallAsync()
    {
        await storage.Container.CreateIfNotExistsAsync(cancellationToken: drain.NoNewWork);

        await foreach (var receipt in BlobReceipt.DoneAsync(storage, function, drain.NoNewWork))
            _seen.AddDone(receipt);
    }

    /// <summary>A receipt of content that is gone is never asked for again, because an upload under the same name has a new ETag.</summary>
    /// <remarks>Once per start is enough to keep the past from growing; by then the last leases of an earlier run have lapsed.</remarks>
    private async Task TidyAsync(IReadOnlyList<string> receipts)
    {
        await drain.PauseAsync(storage.LeaseDuration);

        foreach (var receipt in receipts.TakeWhile(_ => !drain.NoNewWork.IsCancellationRequested))
        {
            try
            {
                await storage.Blob(receipt).DeleteIfExistsAsync(cancellationToken: drain.NoNewWork);
            }
            catch (Exception e) when (e is RequestFailedException or AggregateException or OperationCanceledException)
            {
                // Another host holds it, or the storage is away, or the host stops: the next start will see to it.
            }
        }
    }

    /// <returns>How long the listing took, without what was waited for blobs that were being read: that is work, after which nobody needs a rest.</returns>
    private async Task<TimeSpan> ScanAsync(SemaphoreSlim slots)
    {
        var (began, waited) = (TimeProvider.System.GetTimestamp(), TimeSpan.Zero);
        _seen.BeginScan();

        await foreach (var item in lookOut.GetBlobsAsync(new GetBlobsOptions { Prefix = path.Prefix }, drain.NoNewWork))
        {
            if (item.Properties.ETag is not { } listed || path.Match(item.Name) is not { } placeholders)
                continue;

            var etag = FoundBlob.Quoted(listed);
            var receipt = BlobReceipt.NameOf(storage, function, container.Name, item.Name, etag);

            if (!_seen.TryBegin(receipt))
                continue;

            var full = TimeProvider.System.GetTimestamp();
            try
            {
                await slots.WaitAsync(drain.NoNewWork);
                waited += TimeProvider.System.GetElapsedTime(full);
            }
            catch (OperationCanceledException)
            {
                _seen.Tried(receipt, TimeSpan.Zero);
                throw;
            }

            _ = TryAsync(slots, receipt, new(container.GetBlobClient(item.Name), etag, item.Properties.BlobType, placeholders));
        }

        return TimeProvider.System.GetElapsedTime(began) - waited;
    }

    private async Task TryAsync(SemaphoreSlim slots, string receipt, FoundBlob blob)
    {
        TimeSpan? again = pacing.RetryPause;

        try
        {
            again = await ProcessAsync(receipt, blob);
        }
        catch (Exception e)
        {
            // Not the function, whose failures are counted, but the storage.
            LogUnkept(e, function.Name, blob.Client.Name);
        }
        finally
        {
            _seen.Tried(receipt, again);
            slots.Release();
        }
    }

    /// <returns>After how long to try again; null when it is done.</returns>
    private async Task<TimeSpan?> ProcessAsync(string receiptName, FoundBlob blob)
    {
        await using var receipt = await BlobReceipt.TryHoldAsync(storage.Blob(receiptName), storage.LeaseDuration, drain.Hurry);

        if (receipt is null)
            return storage.LeaseDuration / 6;

        if (receipt.IsDone)
            return null;

        if (receipt.Interruptions >= MostInterruptions)
            return await GiveUpAsync(receipt, blob);

        if (!await blob.IsCurrentAsync(receipt.Lost))
            return await CompleteAsync(receipt);

        await receipt.BeginAsync(receipt.Lost);

        try
        {
            await runner.RunAsync(function, bindings, blob, receipt.Lost);
        }
        catch (DrainedException)
        {
            await receipt.TakeBackAsync(receipt.Lost);
            return TimeSpan.Zero;
        }
        catch (Exception e) when (receipt.Lost.IsCancellationRequested)
        {
            LogLost(e, function.Name, blob.Client.Name);
            return TimeSpan.Zero;
        }
        catch (Exception e)
        {
            return await FailAsync(receipt, blob, e);
        }

        return await CompleteAsync(receipt);
    }

    private async Task<TimeSpan?> FailAsync(BlobReceipt receipt, FoundBlob blob, Exception why)
    {
        // Overwritten or deleted while it was read: the newer content gets its own turn.
        if (!await blob.IsCurrentAsync(receipt.Lost))
            return await CompleteAsync(receipt);

        await receipt.FailAsync(receipt.Lost);
        LogFailed(why, function.Name, blob.Client.Name, receipt.Failures, hostJson.Blobs.PoisonBlobThreshold);

        return receipt.Failures >= hostJson.Blobs.PoisonBlobThreshold
            ? await GiveUpAsync(receipt, blob)
            : pacing.RetryPause * Math.Pow(2, receipt.Failures - 1);
    }

    /// <remarks>The message goes first: it may come twice, but it cannot be missing.</remarks>
    private async Task<TimeSpan?> GiveUpAsync(BlobReceipt receipt, FoundBlob blob)
    {
        var message = new PoisonBlobMessage(
            function.Id, $"{blob.Type ?? BlobType.Block}Blob", container.Name, blob.Client.Name, blob.ETag.ToString());
        var text = MessageText.Encode(message.ToJson(), hostJson.Queues.MessagesAreBase64);
        await storage.Queue(PoisonBlobMessage.QueueName).SendToNewOrOldAsync(text, receipt.Lost);
        LogGivenUp(function.Name, blob.Client.Name, PoisonBlobMessage.QueueName);
        return await CompleteAsync(receipt);
    }

    private static async Task<TimeSpan?> CompleteAsync(BlobReceipt receipt)
    {
        await receipt.CompleteAsync(receipt.Lost);
        return null;
    }

    [LoggerMessage(LogLevel.Error, "{Function} failed on {Blob}, try {Try} of {Tries}")]
    private partial void LogFailed(Exception exception, string function, string blob, int @try, int tries);

    [LoggerMessage(LogLevel.Error, "{Function} gave up {Blob}; a message about it is in {Queue}")]
    private partial void LogGivenUp(string function, string blob, string queue);

    [LoggerMessage(LogLevel.Warning, "{Function} lost its hold of {Blob} and was stopped; it is tried again")]
    private partial void LogLost(Exception exception, string function, string blob);

    [LoggerMessage(LogLevel.Warning, "What became of {Blob} in {Function} could not be written down; it is tried again")]
    private partial void LogUnkept(Exception exception, string function, string blob);
}

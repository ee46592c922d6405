using System.Text.Json;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Microsoft.Extensions.Logging;
using Succesmeter.Campaigns;
using Succesmeter.Forecasts;
using Succesmeter.Models;

namespace Succesmeter.Storage.Blobs;

/// <summary>
/// Container <c>models</c>: <c>ledger.json</c>, replaced with If-Match, and what it names: <c>forecasts/{version}.model</c> and <c>platforms/{version}-{platform}.json.gz</c>,
/// which are named after their content and never change.
/// </summary>
public sealed partial class BlobModelShelf(StorageAccount account, ILogger<BlobModelShelf> logger) : IModelShelf
{
    private const string Forecasts = "forecasts/";
    private const string Platforms = "platforms/";

    private readonly BlobContainerClient container = account.Blobs.GetBlobContainerClient(ContainerNames.Models);

    public Task<StoredLedger?> FindLedgerAsync(CancellationToken cancellation) => AskAsync(
        async () =>
        {
            var read = (await container.GetBlobClient("ledger.json").DownloadContentAsync(cancellation)).Value;
            try
            {
                var ledger = JsonSerializer.Deserialize(read.Content.ToMemory().Span, ModelJson.Default.ModelLedger);
                return ledger is null ? null : new StoredLedger(ledger, read.Details.ETag.ToString());
            }
            catch (JsonException broken)
            {
                LogDamaged(broken, "ledger.json");
                await SetAsideAsync(read, cancellation);
                return null;
            }
        },
        cancellation);

    public async Task<bool> TryPutLedgerAsync(ModelLedger ledger, string? replaced, CancellationToken cancellation)
    {
        var content = new BinaryData(JsonSerializer.SerializeToUtf8Bytes(ledger, ModelJson.Default.ModelLedger));
        var options = new BlobUploadOptions
        {
            Conditions = BlobVersions.Only(replaced),
            HttpHeaders = new BlobHttpHeaders { ContentType = "application/json" },
        };
        try
        {
            await container.GetBlobClient("ledger.json").UploadAsync(content, options, cancellation);
            return true;
        }
        catch (RequestFailedException changed) when (changed.Status is 409 or 412)
        {
            return false;
        }
        catch (Exception failure) when (IsOutage(failure, cancellation))
        {
            throw Unreachable(failure);
        }
    }

    public async Task PutModelAsync(ForecastModel model, CancellationToken cancellation)
    {
        using var stream = new MemoryStream();
        model.Write(stream);
        await PutAsync(ForecastBlob(model.Version), new BinaryData(stream.ToArray()), cancellation);
    }

    public Task<ForecastModel?> FindModelAsync(string version, CancellationToken cancellation) => AskAsync(
        async () => (ForecastModel?)ForecastModel.Read((await container.GetBlobClient(ForecastBlob(version)).DownloadContentAsync(cancellation)).Value.Content.ToStream()),
        cancellation);

    public Task PutPlatformAsync(PlatformId platform, PlatformModel model, CancellationToken cancellation) =>
        PutAsync(PlatformBlob(platform, model.Version), PackedJson.Pack(KeptPlatform.Of(model), ModelJson.Default.KeptPlatform), cancellation);

    public Task<PlatformModel?> FindPlatformAsync(PlatformId platform, string version, CancellationToken cancellation) => AskAsync(
        async () =>
        {
            var name = PlatformBlob(platform, version);
            var content = (await container.GetBlobClient(name).DownloadContentAsync(cancellation)).Value.Content;
            try
            {
                return (PlatformModel?)PackedJson.Unpack(content, ModelJson.Default.KeptPlatform).Model();
            }
            catch (Exception broken) when (broken is InvalidDataException or JsonException)
            {
                LogDamaged(broken, name);
                return null;
            }
        },
        cancellation);

    public async Task TidyAsync(ModelLedger ledger, DateTimeOffset putBefore, CancellationToken cancellation)
    {
        HashSet<string> named = [.. ledger.Kept.Select(static kept => ForecastBlob(kept.Version)), .. ledger.Platforms.Select(static on => PlatformBlob(on.Platform, on.Version))];
        foreach (var prefix in (string[])[Forecasts, Platforms])
            await foreach (var blob in container.GetBlobsAsync(BlobTraits.None, BlobStates.None, prefix, cancellation))
                if (!named.Contains(blob.Name) && blob.Properties.LastModified < putBefore)
                    await container.DeleteBlobIfExistsAsync(blob.Name, cancellationToken: cancellation);
    }

    /// <summary>A damaged ledger makes room for one that is begun anew from the shipped model, and stays beside it for who wants to look.</summary>
    private async Task SetAsideAsync(BlobDownloadResult damaged, CancellationToken cancellation)
    {
        await container.GetBlobClient("ledger-damaged.json").UploadAsync(damaged.Content, overwrite: true, cancellation);
        try
        {
            await container.GetBlobClient("ledger.json").DeleteIfExistsAsync(conditions: new BlobRequestConditions { IfMatch = damaged.Details.ETag }, cancellationToken: cancellation);
        }
        catch (RequestFailedException changed) when (changed.Status == 412)
        {
            // Somebody has put another one meanwhile.
        }
    }

    private async Task PutAsync(string name, BinaryData content, CancellationToken cancellation)
    {
        try
        {
            await container.GetBlobClient(name).UploadAsync(content, overwrite: true, cancellation);
        }
        catch (Exception failure) when (IsOutage(failure, cancellation))
        {
            throw Unreachable(failure);
        }
    }

    private static async Task<T?> AskAsync<T>(Func<Task<T?>> ask, CancellationToken cancellation)
        where T : class
    {
        try
        {
            return await ask();
        }
        catch (RequestFailedException missing) when (missing.Status == 404)
        {
            return null;
        }
        catch (Exception failure) when (IsOutage(failure, cancellation))
        {
            throw Unreachable(failure);
        }
    }

    /// <summary>After its retries the SDK gives up with one of these; a cancellation that nobody asked for is its own time limit.</summary>
    private static bool IsOutage(Exception failure, CancellationToken cancellation) =>
        failure is RequestFailedException or AggregateException || (failure is OperationCanceledException && !cancellation.IsCancellationRequested);

    private static ModelsUnreachableException Unreachable(Exception failure) => new("The container of models does not answer.", failure);

    private static string ForecastBlob(string version) => $"{Forecasts}{version}.model";

    private static string PlatformBlob(PlatformId platform, string version) => $"{Platforms}{version}-{platform}.json.gz";

    [LoggerMessage(LogLevel.Error, "{Blob} in the container of models is damaged and counts as missing")]
    private partial void LogDamaged(Exception broken, string blob);
}

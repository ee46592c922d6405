using Azure;
using Azure.Core;
using Azure.Data.Tables;
using Azure.Identity;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Microsoft.Extensions.Options;

namespace Succesmeter.Storage;

/// <summary>The three clients of one account, made once, and the names of all that is in it.</summary>
public sealed class StorageAccount
{
    public StorageAccount(IOptions<StorageOptions> options)
    {
        // The host reads queue messages as Base64 (host.json), so they are sent so.
        var queueOptions = CountedAnswers.In(new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 }, "queue");
        var blobOptions = CountedAnswers.In(new BlobClientOptions(), "blob");
        var tableOptions = CountedAnswers.In(new TableClientOptions(), "table");
        var settings = options.Value;
        if (settings.ConnectionString is { Length: > 0 } connection)
        {
            Tables = new TableServiceClient(connection, tableOptions);
            Blobs = new BlobServiceClient(connection, blobOptions);
            Queues = new QueueServiceClient(connection, queueOptions);
            return;
        }

        TokenCredential credential = settings.ClientId is { Length: > 0 } client
            ? new ManagedIdentityCredential(ManagedIdentityId.FromUserAssignedClientId(client))
            : new DefaultAzureCredential();
        Tables = new TableServiceClient(settings.TableServiceUri ?? Endpoint("table"), credential, tableOptions);
        Blobs = new BlobServiceClient(settings.BlobServiceUri ?? Endpoint("blob"), credential, blobOptions);
        Queues = new QueueServiceClient(settings.QueueServiceUri ?? Endpoint("queue"), credential, queueOptions);

        Uri Endpoint(string service) => new($"https://{settings.AccountName}.{service}.core.windows.net");
    }

    internal TableServiceClient Tables { get; }

    internal BlobServiceClient Blobs { get; }

    internal QueueServiceClient Queues { get; }

    /// <summary>Makes what does not exist yet; safe to run on every start and on many hosts at once.</summary>
    public async Task PrepareAsync(CancellationToken cancellation)
    {
        var made = new List<Task>();
        foreach (var table in TableNames.All)
            made.Add(Tables.CreateTableIfNotExistsAsync(table, cancellation));
        foreach (var container in ContainerNames.All)
            made.Add(Blobs.GetBlobContainerClient(container).CreateIfNotExistsAsync(cancellationToken: cancellation));
        foreach (var queue in QueueNames.All)
            made.Add(Queues.GetQueueClient(queue).CreateIfNotExistsAsync(cancellationToken: cancellation));
        await Task.WhenAll(made);
    }

    /// <returns>For each of the three services <c>ok</c>, or what it answered.</returns>
    public async Task<IReadOnlyDictionary<string, string>> CheckAsync(CancellationToken cancellation)
    {
        var checks = new Dictionary<string, Task>(StringComparer.Ordinal)
        {
            ["tables"] = Tables.GetTableClient(TableNames.Platforms).GetEntityIfExistsAsync<TableEntity>("health", "check", cancellationToken: cancellation),
            ["blobs"] = Blobs.GetBlobContainerClient(ContainerNames.Incoming).ExistsAsync(cancellation),
            ["queues"] = Queues.GetQueueClient(QueueNames.CampaignsToScore).ExistsAsync(cancellation),
        };
        var answers = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (service, check) in checks)
        {
            try
            {
                await check;
                answers[service] = "ok";
            }
            catch (Exception failure) when (failure is RequestFailedException or AggregateException)
            {
                answers[service] = "does not answer";
            }
        }

        return answers;
    }
}

using System.Globalization;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;

namespace Succesmeter.EndToEnd.Tests;

/// <summary>All that an account holds but the host's own notes, as lines that compare: rows and blobs by their ETags, messages by their number.</summary>
internal static class Storages
{
    public static async Task<IReadOnlyList<string>> OfAsync(string storage)
    {
        var all = new List<string>();
        await foreach (var table in new TableServiceClient(storage).QueryAsync())
            await foreach (var row in new TableClient(storage, table.Name).QueryAsync<TableEntity>(select: ["PartitionKey", "RowKey", "Timestamp"]))
                all.Add($"{table.Name} {row.PartitionKey} {row.RowKey} {row.ETag}");

        var blobs = new BlobServiceClient(storage);
        await foreach (var container in blobs.GetBlobContainersAsync())
            if (!container.Name.StartsWith("azure-webjobs-", StringComparison.Ordinal))
                await foreach (var blob in blobs.GetBlobContainerClient(container.Name).GetBlobsAsync())
                    all.Add($"{container.Name} {blob.Name} {blob.Properties.ETag}");

        var queues = new QueueServiceClient(storage);
        await foreach (var queue in queues.GetQueuesAsync())
            all.Add($"{queue.Name}: {await CountAsync(queues.GetQueueClient(queue.Name))} messages");
        return all;
    }

    private static async Task<string> CountAsync(QueueClient queue) => (await queue.GetPropertiesAsync()).Value.ApproximateMessagesCount.ToString(CultureInfo.InvariantCulture);
}

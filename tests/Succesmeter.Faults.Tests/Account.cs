using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Azure.Storage.Queues;

namespace Succesmeter.Faults.Tests;

/// <summary>What a test looks at, and puts, in a storage account past the host.</summary>
internal static class Account
{
    /// <summary>What of a ledger is the machine's time, and so another in every run.</summary>
    private static readonly HashSet<string> Times = ["at", "promotedAt", "promotions", "refitAt"];

    public static Task DropAsync(string storage, string name, string content) =>
        new BlobContainerClient(storage, "incoming").GetBlobClient(name).UploadAsync(BinaryData.FromString(content), overwrite: true);

    public static async Task<bool> HasFilesAsync(string storage)
    {
        await foreach (var _ in new BlobContainerClient(storage, "incoming").GetBlobsAsync())
            return true;
        return false;
    }

    /// <returns>Messages that wait, hidden ones included.</returns>
    public static async Task<int> MessagesAsync(string storage, string queue)
    {
        var client = new QueueClient(storage, queue);
        return await client.ExistsAsync() ? (await client.GetPropertiesAsync()).Value.ApproximateMessagesCount : 0;
    }

    /// <summary>No file and no message to score or to deliver is left, three looks in a row.</summary>
    public static async Task QuietAsync(string storage, TimeSpan? patience = null)
    {
        var began = TimeProvider.System.GetTimestamp();
        for (var quiet = 0; quiet < 3; quiet = await IsQuietAsync(storage) ? quiet + 1 : 0)
        {
            if (TimeProvider.System.GetElapsedTime(began) > (patience ?? TimeSpan.FromMinutes(4)))
                throw new TimeoutException($"Left are {(await HasFilesAsync(storage) ? "files" : "no files")}, {await MessagesAsync(storage, "campaigns-to-score")} messages to score and {await MessagesAsync(storage, "webhooks-to-deliver")} to deliver.");
            await Task.Delay(100);
        }
    }

    public static async Task<bool> IsQuietAsync(string storage) =>
        !await HasFilesAsync(storage) && await MessagesAsync(storage, "campaigns-to-score") == 0 && await MessagesAsync(storage, "webhooks-to-deliver") == 0;

    /// <summary>What a killed host held lapses by itself within half a minute; as nobody else wants it, that may as well be now.</summary>
    public static async Task LetLapseAsync(string storage)
    {
        foreach (var name in (string[])["azure-webjobs-hosts", "graph"])
        {
            var container = new BlobContainerClient(storage, name);
            if (!await container.ExistsAsync())
                continue;
            await foreach (var blob in container.GetBlobsAsync())
                if (blob.Properties.LeaseState == LeaseState.Leased)
                    await container.GetBlobClient(blob.Name).GetBlobLeaseClient().BreakAsync(TimeSpan.Zero);
        }
    }

    /// <summary>Has a schedule's last occurrence missed, so that the next host makes up for it when it starts.</summary>
    public static async Task MissAsync(string storage, string function, TimeSpan period, Func<DateTime, DateTime> lastBefore)
    {
        var last = lastBefore(TimeProvider.System.GetUtcNow().UtcDateTime) - period;
        var status = JsonSerializer.Serialize(new { Last = last, Next = last + period, LastUpdated = last });
        await new BlobContainerClient(storage, "azure-webjobs-hosts").GetBlobClient(StatusOf(function)).UploadAsync(BinaryData.FromString(status), overwrite: true);
    }

    /// <returns>The function ran since its occurrence was missed.</returns>
    public static async Task<bool> RanAsync(string storage, string function)
    {
        var status = (await new BlobContainerClient(storage, "azure-webjobs-hosts").GetBlobClient(StatusOf(function)).DownloadContentAsync()).Value.Content;
        return JsonNode.Parse(status)!["Next"]!.GetValue<DateTimeOffset>() > TimeProvider.System.GetUtcNow();
    }

    public static async Task<IReadOnlyList<string>> RowsAsync(string storage, string table, params string[] without)
    {
        var rows = new List<string>();
        await foreach (var row in new TableClient(storage, table).QueryAsync<TableEntity>())
            rows.Add(string.Create(CultureInfo.InvariantCulture, $"{table} {row.PartitionKey} {row.RowKey} ") + string.Join(' ', row
                .Where(column => column.Key is not ("odata.etag" or "Timestamp" or "PartitionKey" or "RowKey") && !without.Contains(column.Key))
                .OrderBy(static column => column.Key, StringComparer.Ordinal)
                .Select(static column => string.Create(CultureInfo.InvariantCulture, $"{column.Key}={(column.Value is byte[] bytes ? Convert.ToHexString(bytes) : column.Value)}"))));
        return rows;
    }

    /// <summary>The ledger of models, without the machine's times.</summary>
    public static async Task<string> LedgerAsync(string storage)
    {
        var ledger = JsonNode.Parse((await new BlobContainerClient(storage, "models").GetBlobClient("ledger.json").DownloadContentAsync()).Value.Content)!;
        Strip(ledger);
        return ledger.ToJsonString();

        static void Strip(JsonNode? node)
        {
            if (node is JsonArray array)
                foreach (var item in array)
                    Strip(item);
            if (node is not JsonObject one)
                return;
            foreach (var (name, value) in one.ToList())
                if (Times.Contains(name))
                    one.Remove(name);
                else
                    Strip(value);
        }
    }

    public static async Task EmptyAsync(string storage, string container, string prefix = "")
    {
        var client = new BlobContainerClient(storage, container);
        await foreach (var blob in client.GetBlobsAsync(BlobTraits.None, BlobStates.None, prefix, default))
            await client.DeleteBlobAsync(blob.Name);
    }

    private static string StatusOf(string function) => $"timers/succesmeter/Host.Functions.{function}/status";
}

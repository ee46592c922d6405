using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Succesmeter.Testing;

namespace Succesmeter.LocalHost.Tests.Blobs;

/// <summary>The container that the tests' functions watch, and what the host keeps about it.</summary>
internal static class SomeBlobs
{
    private const string Receipts = "blobreceipts/succesmeter/Host.Functions.Incoming/";

    public static BlobContainerClient Container(LocalHostOptions options) => new(options.Storage, "incoming");

    public static async Task UploadAsync(LocalHostOptions options, string name, string content)
    {
        await Container(options).CreateIfNotExistsAsync();
        await Container(options).GetBlobClient(name).UploadAsync(BinaryData.FromString(content), overwrite: true);
    }

    public static async Task<QueueMessage> PoisonAsync(LocalHostOptions options)
    {
        var client = new QueueClient(
            options.Storage, "webjobs-blobtrigger-poison", new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 });
        QueueMessage? message = null;
        await Eventually.IsAsync(async () => await client.ExistsAsync() && (message = await client.ReceiveMessageAsync()) is not null);
        return message!;
    }

    public static async Task<BlobClient> ReceiptAsync(LocalHostOptions options, string name, int starts)
    {
        var container = new BlobContainerClient(options.Storage, "azure-webjobs-hosts");
        await container.CreateIfNotExistsAsync();
        var receipt = container.GetBlobClient(Receipts + name);
        var metadata = new Dictionary<string, string> { ["starts"] = $"{starts}" };
        await receipt.UploadAsync(BinaryData.Empty, new BlobUploadOptions { Metadata = metadata });
        return receipt;
    }

    public static async Task<BlobClient> OnlyReceiptAsync(LocalHostOptions options, string function)
    {
        var container = new BlobContainerClient(options.Storage, "azure-webjobs-hosts");
        return container.GetBlobClient((await ReceiptsOf(container, function).SingleAsync()).Name);
    }

    public static async Task<bool> IsDoneAsync(LocalHostOptions options, string function) =>
        (await (await OnlyReceiptAsync(options, function)).GetPropertiesAsync()).Value.Metadata.ContainsKey("done");

    public static async Task<int> CountReceiptsAsync(LocalHostOptions options, string function) =>
        await ReceiptsOf(new BlobContainerClient(options.Storage, "azure-webjobs-hosts"), function).CountAsync();

    private static AsyncPageable<BlobItem> ReceiptsOf(BlobContainerClient container, string function) =>
        container.GetBlobsAsync(new GetBlobsOptions { Prefix = $"blobreceipts/succesmeter/Host.Functions.{function}/" });
}

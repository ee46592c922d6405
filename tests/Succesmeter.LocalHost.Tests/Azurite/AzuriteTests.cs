using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Succesmeter.Testing;

namespace Succesmeter.LocalHost.Tests.Azurite;

public sealed class AzuriteTests
{
    [Fact]
    public async Task Each_account_starts_empty_and_keeps_its_things_to_itself()
    {
        var mine = await AzuriteAccounts.NextAsync();
        var theirs = await AzuriteAccounts.NextAsync();

        await new BlobContainerClient(mine, "incoming").CreateAsync();
        await new QueueClient(mine, "pages").CreateAsync();
        await new TableClient(mine, "Campaigns").CreateAsync();

        Assert.True(await new BlobContainerClient(mine, "incoming").ExistsAsync());
        Assert.Empty(new BlobServiceClient(theirs).GetBlobContainers());
        Assert.Empty(new QueueServiceClient(theirs).GetQueues());
        Assert.Empty(new TableServiceClient(theirs).Query());
    }
}

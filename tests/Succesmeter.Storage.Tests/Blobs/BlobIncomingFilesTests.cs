using Azure;
using Azure.Storage.Blobs.Specialized;
using Microsoft.Extensions.Time.Testing;
using Succesmeter.Campaigns;
using Succesmeter.Erasures;
using Succesmeter.Snapshots;
using Succesmeter.Storage.Blobs;
using Succesmeter.Testing;
using Succesmeter.Testing.Memory;

namespace Succesmeter.Storage.Tests.Blobs;

public sealed class BlobIncomingFilesTests
{
    private static readonly ErasedNames Nobody = new(new MemoryTown().Pseudonyms, new Dictionary<PlatformId, ErasedDonors>());

    /// <summary>Whoever holds a lease of it has storage refuse what the version allows.</summary>
    [Fact]
    public async Task A_file_that_cannot_be_taken_away_though_it_did_not_change_is_tried_again()
    {
        var account = await TestStorage.NewAccountAsync();
        var (incoming, archive) = (account.Blobs.GetBlobContainerClient("incoming"), account.Blobs.GetBlobContainerClient("archive"));
        await incoming.UploadBlobAsync("a.ndjson", BinaryData.FromString("{}"));
        var files = new BlobIncomingFiles(account, new FakeTimeProvider());
        var file = (await files.FindAsync("a.ndjson", default))!;
        var lease = incoming.GetBlobClient("a.ndjson").GetBlobLeaseClient();
        await lease.AcquireAsync(TimeSpan.FromSeconds(60));

        Assert.Equal(412, (await Assert.ThrowsAsync<RequestFailedException>(() => files.ArchiveAsync(file, Nobody, default))).Status);
        await lease.ReleaseAsync();
        await files.ArchiveAsync(file, Nobody, default);

        Assert.False(await incoming.GetBlobClient("a.ndjson").ExistsAsync());
        Assert.True(await archive.GetBlobClient(BlobArchivedFiles.NameOf(file)).ExistsAsync());
    }

    [Fact]
    public async Task Another_version_that_was_dropped_meanwhile_is_left_to_its_own_turn()
    {
        var account = await TestStorage.NewAccountAsync();
        var incoming = account.Blobs.GetBlobContainerClient("incoming");
        await incoming.UploadBlobAsync("a.ndjson", BinaryData.FromString("{}"));
        var files = new BlobIncomingFiles(account, new FakeTimeProvider());
        var file = (await files.FindAsync("a.ndjson", default))!;
        await incoming.GetBlobClient("a.ndjson").UploadAsync(BinaryData.FromString("[]"), overwrite: true);

        await files.ArchiveAsync(file, Nobody, default);

        Assert.True(await incoming.GetBlobClient("a.ndjson").ExistsAsync());
    }
}

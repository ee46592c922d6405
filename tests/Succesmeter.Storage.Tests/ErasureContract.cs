using System.Text;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Microsoft.Extensions.Options;
using Succesmeter.Campaigns;
using Succesmeter.Erasures;
using Succesmeter.Snapshots;
using Succesmeter.Storage.Blobs;
using Succesmeter.Storage.Tables;
using Succesmeter.Testing;
using Succesmeter.Testing.Memory;

namespace Succesmeter.Storage.Tests;

/// <summary>What is promised of erasures that were asked for.</summary>
public abstract class ErasureStoreContract
{
    private static readonly PlatformId Platform = new("growfunding");

    private protected abstract Task<IErasureStore> StoreAsync();

    [Fact]
    public async Task What_is_asked_for_again_stays_as_far_as_it_is()
    {
        var store = await StoreAsync();
        var asked = Asked(1);
        Same(asked, await store.AddAsync(asked, default));
        var begun = asked.Begun(Some.Launch) with { Through = "kidical-mass" };
        await store.PutAsync(begun, default);

        Same(begun, await store.AddAsync(Asked(1) with { RequestedAt = Some.End }, default));
        Same(begun, Assert.Single(await store.ReadOpenAsync(default)));
        Assert.Null(await store.FindAsync(Asked(2).Id, default));
    }

    [Fact]
    public async Task A_finished_one_is_found_and_not_open_and_never_opens_again()
    {
        var store = await StoreAsync();
        var begun = (await store.AddAsync(Asked(1), default)).Begun(Some.Launch);
        await store.AddAsync(Asked(2), default);
        await store.PutAsync(begun, default);
        var finished = begun.Swept(Some.End, TimeSpan.Zero);
        Assert.NotNull(finished.FinishedAt);

        await store.PutAsync(finished, default);
        await store.PutAsync(finished, default);
        await store.PutAsync(begun with { Through = "another-host" }, default);

        Same(finished, (await store.FindAsync(begun.Id, default))!);
        Same(finished, await store.AddAsync(Asked(1), default));
        Assert.Equal([Asked(2).Id], (await store.ReadOpenAsync(default)).Select(static one => one.Id));
    }

    private static Erasure Asked(ulong donor) => Erasure.Of(Platform, [new Pseudonym(donor, donor, 1), new Pseudonym(donor, donor, 2)], Some.Launch);

    private static void Same(Erasure one, Erasure other) => Assert.Equal(Dump.Of(one), Dump.Of(other));
}

public sealed class MemoryErasureStoreTests : ErasureStoreContract
{
    private protected override Task<IErasureStore> StoreAsync() => Task.FromResult<IErasureStore>(new MemoryErasureStore());
}

public sealed class TableErasureStoreTests : ErasureStoreContract
{
    private protected override async Task<IErasureStore> StoreAsync() => new TableErasureStore(await TestStorage.NewAccountAsync());
}

public sealed class BlobRawFilesTests
{
    [Fact]
    public async Task A_file_is_replaced_whole_with_all_else_as_it_was()
    {
        var (files, blobs) = await NewAsync();
        var blob = blobs.GetBlobContainerClient("incoming").GetBlobClient("pushed/a.ndjson");
        await blob.UploadAsync(BinaryData.FromString("before"), new BlobUploadOptions { Metadata = new Dictionary<string, string> { ["platform"] = "buurt" }, HttpHeaders = new() { ContentType = "application/x-ndjson" } });
        var listed = Assert.Single(await ListAsync(files));
        Assert.Equal(("incoming", "pushed/a.ndjson", true), (listed.Container, listed.Name, listed.IsWaiting));

        // Larger than a block.
        var large = new byte[9 * 1024 * 1024];
        await files.ReplaceAsync(listed, async (content, target) =>
        {
            using var read = new StreamReader(content);
            Assert.Equal("before", await read.ReadToEndAsync());
            await target.WriteAsync(large);
        }, default);

        var stored = (await blob.DownloadContentAsync()).Value;
        Assert.Equal((large.Length, "buurt", "application/x-ndjson"), (stored.Content.ToArray().Length, stored.Details.Metadata["platform"], stored.Details.ContentType));
    }

    [Fact]
    public async Task What_fails_or_comes_too_late_leaves_what_stands()
    {
        var (files, blobs) = await NewAsync();
        var blob = blobs.GetBlobContainerClient("archive").GetBlobClient("a");
        await blob.UploadAsync(BinaryData.FromString("one"));
        var listed = Assert.Single(await ListAsync(files));

        await Assert.ThrowsAsync<IOException>(() => files.ReplaceAsync(listed, static async (_, target) =>
        {
            await target.WriteAsync("half"u8.ToArray());
            throw new IOException("The host dies.");
        }, default));
        Assert.Equal("one", await TextAsync());

        await blob.UploadAsync(BinaryData.FromString("two"), overwrite: true);
        await files.ReplaceAsync(listed, static async (_, target) => await target.WriteAsync("late"u8.ToArray()), default);
        await files.DeleteAsync(listed, default);
        Assert.Null(await files.OpenAsync(listed, default));
        Assert.Equal("two", await TextAsync());

        await files.DeleteAsync(Assert.Single(await ListAsync(files)), default);
        Assert.Empty(await ListAsync(files));

        async Task<string> TextAsync() => (await blob.DownloadContentAsync()).Value.Content.ToString();
    }

    [Fact]
    public async Task A_file_goes_to_the_archive_without_the_donor_and_not_at_all_where_that_cannot_be()
    {
        var account = await TestStorage.NewAccountAsync();
        var (incoming, pseudonyms, platform) = (new BlobIncomingFiles(account, TimeProvider.System), new KeyedPseudonyms(new byte[32], 1), new PlatformId("buurt"));
        var erased = new ErasedNames(pseudonyms, new Dictionary<PlatformId, ErasedDonors> { [platform] = new(pseudonyms.AllOf(platform, "u-7").Select(Tombstone.Of)) });
        foreach (var (body, extension) in ((string, string)[])[("""{"donor":"u-7"}""", "ndjson"), ("who\nu-7\n", "csv"), ("""{"donor":"u-8"}""", "json")])
            await incoming.ArchiveAsync(await incoming.KeepAsync(new(new MemoryStream(Encoding.UTF8.GetBytes(body)), extension, null), default), erased, default);

        var texts = new List<string>();
        foreach (var file in await ListAsync(new BlobRawFiles(account)))
            texts.Add(await new StreamReader((await new BlobRawFiles(account).OpenAsync(file, default))!).ReadToEndAsync());
        Assert.Equal(["""{"donor":"u-8"}""", """{"donor":null}"""], texts.Order(StringComparer.Ordinal));
    }

    private static async Task<(BlobRawFiles Files, BlobServiceClient Blobs)> NewAsync()
    {
        var connection = await AzuriteAccounts.NextAsync();
        var account = new StorageAccount(Options.Create(new StorageOptions { ConnectionString = connection }));
        await account.PrepareAsync(default);
        return (new BlobRawFiles(account), new BlobServiceClient(connection));
    }

    private static async Task<List<RawFile>> ListAsync(BlobRawFiles files)
    {
        var all = new List<RawFile>();
        await foreach (var file in files.ReadAsync(default))
            all.Add(file);
        return all;
    }
}

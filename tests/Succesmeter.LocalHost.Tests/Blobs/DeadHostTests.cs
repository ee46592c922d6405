using Azure.Storage.Blobs.Specialized;
using Succesmeter.Testing;
using static Succesmeter.LocalHost.Tests.Blobs.SomeBlobs;

namespace Succesmeter.LocalHost.Tests.Blobs;

public sealed class DeadHostTests : IDisposable
{
    private readonly Calls _calls = new();

    [Fact]
    public async Task What_a_dead_host_held_runs_when_its_lease_has_lapsed_and_its_death_is_no_failure()
    {
        var options = await Some.HostAsync<Incoming>(_calls);
        await UploadAsync(options, "a", "content");
        var etag = (await Container(options).GetBlobClient("a").GetPropertiesAsync()).Value.ETag;
        var receipt = await ReceiptAsync(options, $"{etag:H}/incoming/a", starts: 4);
        await receipt.GetBlobLeaseClient().AcquireAsync(TimeSpan.FromSeconds(15));

        await using var host = await options.StartAsync();

        await Eventually.IsAsync(() => _calls.All.SequenceEqual(["a content"]));
        await Eventually.IsAsync(async () => (await receipt.GetPropertiesAsync()).Value.Metadata.ContainsKey("done"));
        Assert.Equal("0", (await receipt.GetPropertiesAsync()).Value.Metadata["failures"]);
    }

    [Fact]
    public async Task A_blob_over_which_twenty_hosts_died_is_given_up_without_another_try()
    {
        var options = await Some.HostAsync<Incoming>(_calls);
        await UploadAsync(options, "deadly", "content");
        var etag = (await Container(options).GetBlobClient("deadly").GetPropertiesAsync()).Value.ETag;
        await ReceiptAsync(options, $"{etag:H}/incoming/deadly", starts: 20);

        await using var host = await options.StartAsync();

        Assert.Contains("deadly", (await PoisonAsync(options)).Body.ToString());
        Assert.Empty(_calls.All);
    }

    public void Dispose() => _calls.Dispose();
}

using Azure.Storage.Blobs.Specialized;
using Succesmeter.Testing;
using static Succesmeter.LocalHost.Tests.Blobs.SomeBlobs;

namespace Succesmeter.LocalHost.Tests.Blobs;

public sealed class BlobLeaseTests : IDisposable
{
    private readonly Calls _calls = new();

    [Fact]
    public async Task A_blob_never_runs_on_two_hosts_at_once_though_it_runs_longer_than_a_lease()
    {
        var options = await Some.HostAsync<Waiting>(_calls);
        await UploadAsync(options, "long", "");
        await using var one = await options.StartAsync();
        await using var other = await options.StartAsync();
        await Eventually.IsAsync(() => _calls.All.Count == 1);

        await Task.Delay(options.LeaseDuration + TimeSpan.FromSeconds(5));
        _calls.LetIn();

        await Eventually.IsAsync(() => _calls.All.Count == 2);
        Assert.Equal(["long begins", "long ends"], _calls.All);
    }

    [Fact]
    public async Task A_lost_lease_cancels_the_function()
    {
        var options = await Some.HostAsync<Waiting>(_calls);
        await UploadAsync(options, "a", "");
        await using var host = await options.StartAsync();
        await Eventually.IsAsync(() => _calls.All.Count == 1);

        var receipt = await OnlyReceiptAsync(options, "Waiting");
        await receipt.GetBlobLeaseClient().BreakAsync(breakPeriod: TimeSpan.Zero);

        await Eventually.IsAsync(() => _calls.All.Contains("a cancelled"));
    }

    public void Dispose() => _calls.Dispose();
}

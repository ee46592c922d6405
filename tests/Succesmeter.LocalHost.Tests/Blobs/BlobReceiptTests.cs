using Succesmeter.Testing;
using static Succesmeter.LocalHost.Tests.Blobs.SomeBlobs;

namespace Succesmeter.LocalHost.Tests.Blobs;

public sealed class BlobReceiptTests : IDisposable
{
    private readonly Calls _calls = new();

    [Fact]
    public async Task A_restart_over_a_full_container_recalls_its_receipts_and_forgets_those_of_what_is_gone()
    {
        var options = await Some.HostAsync<Incoming>(_calls);
        var names = Enumerable.Range(0, 40).Select(number => $"{number:00}").ToList();
        await Parallel.ForEachAsync(names, async (name, _) => await UploadAsync(options, name, ""));

        await using (await options.StartAsync())
        {
            await Eventually.IsAsync(() => _calls.All.Count == names.Count);
        }

        await Container(options).DeleteBlobAsync("07");

        await using (await options.StartAsync())
        {
            await Eventually.IsAsync(async () => await CountReceiptsAsync(options, "Incoming") == names.Count - 1);
        }

        Assert.Equal(names.Count, _calls.All.Count);
    }

    public void Dispose() => _calls.Dispose();
}

using System.Runtime.Versioning;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Queues;
using Succesmeter.Testing;
using Xunit.Abstractions;

namespace Succesmeter.Faults.Tests;

/// <summary>A file and messages that fail whenever they are touched are set aside after five tries, and hold up nothing.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class PoisonTests(ITestOutputHelper output)
{
    [Fact]
    public async Task What_always_fails_is_set_aside_and_the_rest_goes_on()
    {
        var storage = await AzuriteAccounts.NextAsync();
        await using var host = new RealHost(storage);
        await host.ListensAsync();
        var incoming = new BlobContainerClient(storage, "incoming");

        // A push is never bound to a platform whose id is none; a reader of this file stumbles over it each time.
        await incoming.GetBlobClient("poison.ndjson").UploadAsync(
            BinaryData.FromString(Undisturbed.Lines[0]), new BlobUploadOptions { Metadata = new Dictionary<string, string>(StringComparer.Ordinal) { ["platform"] = "No Platform!" } });
        foreach (var queue in (string[])["campaigns-to-score", "pages-to-fetch", "webhooks-to-deliver"])
            await new QueueClient(storage, queue).SendMessageAsync("not even Base64 {");
        if (Nightly.Is)
            await new QueueClient(storage, "campaigns-to-score", new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 }).SendMessageAsync("no campaign of ours");
        await Account.DropAsync(storage, "all.ndjson", string.Join('\n', Undisturbed.Lines));

        var rows = await Undisturbed.RowsAsync();
        await Eventually.IsAsync(async () => (await Undisturbed.RowsOfAsync(storage)).SequenceEqual(rows, StringComparer.Ordinal));
        await Eventually.IsAsync(async () => await Account.MessagesAsync(storage, "webjobs-blobtrigger-poison") == 1);
        foreach (var queue in (string[])["pages-to-fetch-poison", "webhooks-to-deliver-poison"])
            await Eventually.IsAsync(async () => await Account.MessagesAsync(storage, queue) == 1);
        var scores = Nightly.Is ? 2 : 1;
        for (var patience = 0; await Account.MessagesAsync(storage, "campaigns-to-score-poison") < scores && patience < 4; patience++)
            await Task.Delay(TimeSpan.FromMinutes(1));

        Same.Rows(rows, await Undisturbed.RowsOfAsync(storage));
        Assert.Equal(scores, await Account.MessagesAsync(storage, "campaigns-to-score-poison"));
        Assert.Contains("poison.ndjson", (await new QueueClient(storage, "webjobs-blobtrigger-poison", new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 }).PeekMessageAsync()).Value.Body.ToString(), StringComparison.Ordinal);
        Assert.Contains("FilesToSnapshots gave up poison.ndjson", host.Said, StringComparison.Ordinal);
        output.WriteLine($"fault: poison, 1 file and {scores + 2} messages, tried {scores + 3}, held {scores + 3}");
    }
}

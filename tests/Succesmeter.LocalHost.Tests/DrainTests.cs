using System.Net;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Succesmeter.Testing;

namespace Succesmeter.LocalHost.Tests;

public sealed class DrainTests : IDisposable
{
    private readonly Calls _calls = new();

    [Fact]
    public async Task What_runs_when_the_host_stops_may_end_within_the_grace_time_and_nothing_new_begins()
    {
        var options = await OptionsAsync() with { DrainGrace = TimeSpan.FromMinutes(1) };
        var host = await options.StartAsync();
        using var client = host.Client();
        var request = client.GetAsync("/request");
        await Eventually.IsAsync(() => _calls.All.Count == 3);

        var stopping = host.StopAsync();
        await SendAsync(options, "late");
        await UploadAsync(options, "late");
        Assert.False(stopping.IsCompleted);
        _calls.LetIn(3);
        await stopping;

        Assert.Equal(HttpStatusCode.OK, (await request).StatusCode);
        Assert.Equal(
            ["blob first begins", "blob first ends", "message first begins", "message first ends", "request begins", "request ends"],
            _calls.All.Order());
        await host.DisposeAsync();
    }

    [Fact]
    public async Task What_still_runs_after_the_grace_time_is_cancelled_and_is_no_failure_but_runs_on_the_next_host()
    {
        var options = await OptionsAsync() with { DrainGrace = TimeSpan.FromMilliseconds(100), MessageHold = TimeSpan.FromHours(1) };

        await using (var host = await options.StartAsync())
        {
            using var client = host.Client();
            var request = client.GetAsync("/request");
            await Eventually.IsAsync(() => _calls.All.Count == 3);
            await host.StopAsync();
            Assert.Equal(HttpStatusCode.ServiceUnavailable, (await request).StatusCode);
        }

        Assert.Equal(["blob first cancelled", "message first cancelled", "request cancelled"], _calls.All.Skip(3).Order());
        _calls.LetIn(2);

        await using (await options.StartAsync())
            await Eventually.IsAsync(() => _calls.All.Count == 10);

        Assert.Equal(["blob first ends", "message first ends"], _calls.All.Where(call => call.EndsWith("ends", StringComparison.Ordinal)).Order());
        var receipt = await new BlobContainerClient(options.Storage, "azure-webjobs-hosts")
            .GetBlobsAsync(new Azure.Storage.Blobs.Models.GetBlobsOptions { Traits = Azure.Storage.Blobs.Models.BlobTraits.Metadata, Prefix = "blobreceipts/" })
            .SingleAsync();
        Assert.Equal("0", receipt.Metadata["failures"]);
        Assert.Equal("1", receipt.Metadata["starts"]);
    }

    [Fact]
    public async Task A_function_that_does_not_heed_its_token_does_not_keep_the_host_from_stopping()
    {
        var options = await Some.HostAsync<Deaf>(_calls) with
        {
            DrainGrace = TimeSpan.FromMilliseconds(100),
            DrainHurry = TimeSpan.FromMilliseconds(100),
        };
        await SendAsync(options, "first");
        var host = await options.StartAsync();
        await Eventually.IsAsync(() => _calls.All.Count == 1);

        await host.StopAsync().WaitAsync(Eventually.Patience);

        Assert.Single(_calls.All);
        _calls.LetIn();
        await host.DisposeAsync();
    }

    public void Dispose() => _calls.Dispose();

    private async Task<LocalHostOptions> OptionsAsync()
    {
        var options = await Some.HostAsync<Waiting>(_calls);
        await SendAsync(options, "first");
        await UploadAsync(options, "first");
        return options;
    }

    private static async Task SendAsync(LocalHostOptions options, string text)
    {
        var queue = new QueueClient(options.Storage, "messages", new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 });
        await queue.CreateIfNotExistsAsync();
        await queue.SendMessageAsync(text);
    }

    private static async Task UploadAsync(LocalHostOptions options, string name)
    {
        var container = new BlobContainerClient(options.Storage, "incoming");
        await container.CreateIfNotExistsAsync();
        await container.UploadBlobAsync(name, BinaryData.Empty);
    }

    public sealed class Waiting(Calls calls)
    {
        [Function("Request")]
        public async Task<IActionResult> RequestAsync(
            [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "request")] HttpRequest request, CancellationToken cancellation)
        {
            await WaitAsync("request", cancellation);
            return new OkResult();
        }

        [Function("Message")]
        public Task MessageAsync([QueueTrigger("messages")] string text, CancellationToken cancellation) => WaitAsync($"message {text}", cancellation);

        [Function("Blob")]
        public Task BlobAsync([BlobTrigger("incoming/{name}")] BlobClient blob, string name, CancellationToken cancellation) =>
            WaitAsync($"blob {name}", cancellation);

        private async Task WaitAsync(string who, CancellationToken cancellation)
        {
            calls.Add($"{who} begins");

            try
            {
                await calls.WaitAsync(cancellation);
            }
            catch (OperationCanceledException)
            {
                calls.Add($"{who} cancelled");
                throw;
            }

            calls.Add($"{who} ends");
        }
    }

    public sealed class Deaf(Calls calls)
    {
        [Function("Deaf")]
        public async Task RunAsync([QueueTrigger("messages")] string text)
        {
            calls.Add(text);
            await calls.WaitAsync(CancellationToken.None);
        }
    }
}

using System.Collections.Concurrent;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using Succesmeter.LocalHost.Azurite;
using Succesmeter.LocalHost.Tests.Blobs;
using Succesmeter.LocalHost.Tests.CommandLine;
using Succesmeter.Testing;

namespace Succesmeter.LocalHost.Tests;

public sealed class OutageTests : IDisposable
{
    private readonly Calls _calls = new();
    private readonly Lines _log = new();

    [Fact]
    public async Task When_the_storage_is_away_and_comes_back_the_host_goes_on_and_has_said_so_once()
    {
        using var folder = new TemporaryFolder();
        await using var first = await AzuriteProcess.StartOrAdoptAsync(folder["data"], AzuritePorts.AnyFree, _ => { }, CancellationToken.None);
        var options = await Some.HostAsync<Both>(_calls) with
        {
            Storage = first.ConnectionString(),
            Logging = logging => logging.AddProvider(_log),
        };
        var queue = new QueueClient(options.Storage, "messages", new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 });
        var container = new BlobContainerClient(options.Storage, "incoming");
        await queue.CreateAsync();
        await container.CreateAsync();
        await using var host = await options.StartAsync();
        await queue.SendMessageAsync("before");
        await container.UploadBlobAsync("before", BinaryData.Empty);
        await Eventually.IsAsync(() => _calls.All.Count == 2);
        await Eventually.IsAsync(async () => (await queue.GetPropertiesAsync()).Value.ApproximateMessagesCount == 0);
        await Eventually.IsAsync(async () => await SomeBlobs.IsDoneAsync(options, "Blob"));

        await first.DisposeAsync();
        await Eventually.IsAsync(() => _log.All.Count(line => line.Contains("does not answer", StringComparison.Ordinal)) == 2);
        await using var second = await AzuriteProcess.StartOrAdoptAsync(folder["data"], first.Ports, _ => { }, CancellationToken.None);
        await queue.SendMessageAsync("after");
        await container.UploadBlobAsync("after", BinaryData.Empty);

        await Eventually.IsAsync(() => _calls.All.Count == 4);
        await Eventually.IsAsync(() => _log.All.Count(line => line.Contains("answers again", StringComparison.Ordinal)) == 2);
        Assert.Equal(["blob after", "blob before", "message after", "message before"], _calls.All.Order());
        Assert.Equal(2, _log.All.Count(line => line.Contains("does not answer", StringComparison.Ordinal)));
        await host.StopAsync();
    }

    public void Dispose()
    {
        _calls.Dispose();
        _log.Dispose();
    }

    public sealed class Both(Calls calls)
    {
        [Function("Message")]
        public void Message([QueueTrigger("messages")] string text) => calls.Add($"message {text}");

        [Function("Blob")]
        public void Blob([BlobTrigger("incoming/{name}")] BlobClient blob, string name) => calls.Add($"blob {name}");
    }

    /// <summary>What the host logs.</summary>
    private sealed class Lines : ILoggerProvider, ILogger
    {
        private readonly ConcurrentQueue<string> _all = new();

        public IReadOnlyList<string> All => [.. _all];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            _all.Enqueue(formatter(state, exception));

        public void Dispose()
        {
        }
    }
}

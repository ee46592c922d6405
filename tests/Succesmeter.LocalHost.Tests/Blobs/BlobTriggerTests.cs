using System.Text;
using System.Text.Json;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Microsoft.Azure.Functions.Worker;
using Succesmeter.Testing;
using static Succesmeter.LocalHost.Tests.Blobs.SomeBlobs;

namespace Succesmeter.LocalHost.Tests.Blobs;

public sealed class BlobTriggerTests : IDisposable
{
    private readonly Calls _calls = new();

    [Fact]
    public async Task A_blob_binds_as_client_stream_bytes_or_text_and_its_name_may_hold_slashes()
    {
        var options = await Some.HostAsync<Bindings>(_calls);
        await UploadAsync(options, "2026/05/één.ndjson", "content");
        await using var host = await options.StartAsync();

        await Eventually.IsAsync(() => _calls.All.Count == 4);

        Assert.Equal(
            ["bytes 2026/05/één.ndjson content", "client 2026/05/één.ndjson content", "stream 2026/05/één.ndjson content", "text content"],
            _calls.All.Order());
    }

    [Fact]
    public async Task Only_blobs_that_fit_the_path_run()
    {
        var options = await Some.HostAsync<JsonOnly>(_calls);
        await UploadAsync(options, "drop/a.csv", "");
        await UploadAsync(options, "b.json", "");
        await UploadAsync(options, "drop/c/d.json", "");
        await using var host = await options.StartAsync();

        await Eventually.IsAsync(() => _calls.All.Count == 1);
        await UploadAsync(options, "drop/e.json", "");
        await Eventually.IsAsync(() => _calls.All.Count == 2);

        Assert.Equal(["c/d", "e"], _calls.All);
    }

    [Fact]
    public async Task A_blob_runs_once_and_again_only_with_new_content()
    {
        var options = await Some.HostAsync<Incoming>(_calls);
        await UploadAsync(options, "a", "first");

        await using (await options.StartAsync())
        {
            await Eventually.IsAsync(() => _calls.All.Count == 1);
        }

        await using (await options.StartAsync())
        {
            await UploadAsync(options, "b", "other");
            await Eventually.IsAsync(() => _calls.All.Count == 2);
            await UploadAsync(options, "a", "second");
            await Eventually.IsAsync(() => _calls.All.Count == 3);
            await UploadAsync(options, "c", "last");
            await Eventually.IsAsync(() => _calls.All.Count == 4);
        }

        Assert.Equal(["a first", "b other", "a second", "c last"], _calls.All);
    }

    [Fact]
    public async Task Blobs_that_take_long_to_read_do_not_put_off_the_next_look_at_the_container()
    {
        var options = await Some.HostAsync<Waiting>(_calls) with { HostJson = Some.HostJson with { Blobs = Some.HostJson.Blobs with { MaxDegreeOfParallelism = 2 } } };
        for (var number = 0; number < 3; number++)
            await UploadAsync(options, $"{number}", "");
        await using var host = await options.StartAsync();

        // Two are read at once, and the third waits for a place.
        await Eventually.IsAsync(() => _calls.All.Count == 2);
        var full = TimeProvider.System.GetTimestamp();
        await Task.Delay(TimeSpan.FromSeconds(3));
        _calls.LetIn(4);
        var taken = TimeProvider.System.GetElapsedTime(full);
        await UploadAsync(options, "late", "");
        var dropped = TimeProvider.System.GetTimestamp();
        await Eventually.IsAsync(() => _calls.All.Contains("late begins"));

        Assert.True(TimeProvider.System.GetElapsedTime(dropped) < taken * 2);
    }

    [Fact]
    public async Task A_blob_that_fails_has_five_tries_in_all_and_then_a_message_tells_of_it()
    {
        var options = await Some.HostAsync<Failing>(_calls);
        await UploadAsync(options, "bad/blob", "content");
        await using var host = await options.StartAsync();

        var message = JsonDocument.Parse((await PoisonAsync(options)).Body).RootElement;

        Assert.Equal(Enumerable.Repeat("bad/blob", 5), _calls.All);
        Assert.Equal("BlobTrigger", message.GetProperty("Type").GetString());
        Assert.Equal("Host.Functions.Failing", message.GetProperty("FunctionId").GetString());
        Assert.Equal("BlockBlob", message.GetProperty("BlobType").GetString());
        Assert.Equal("incoming", message.GetProperty("ContainerName").GetString());
        Assert.Equal("bad/blob", message.GetProperty("BlobName").GetString());
        var etag = (await Container(options).GetBlobClient("bad/blob").GetPropertiesAsync()).Value.ETag;
        Assert.Equal(etag.ToString("H"), message.GetProperty("ETag").GetString());
    }

    [Fact]
    public async Task Tries_are_counted_over_restarts()
    {
        var options = await Some.HostAsync<Failing>(_calls) with { BlobPacing = new(TimeSpan.FromMilliseconds(50), TimeSpan.FromHours(1)) };
        await UploadAsync(options, "bad", "content");

        for (var tries = 1; tries <= 5; tries++)
        {
            await using var host = await options.StartAsync();
            await Eventually.IsAsync(() => _calls.All.Count == tries);
        }

        await PoisonAsync(options);
        Assert.Equal(5, _calls.All.Count);
    }

    [Fact]
    public async Task Two_hosts_share_the_blobs_and_none_runs_twice()
    {
        var options = await Some.HostAsync<Incoming>(_calls);
        var names = Enumerable.Range(0, 60).Select(number => $"{number:00}").ToList();
        await Parallel.ForEachAsync(names, async (name, _) => await UploadAsync(options, name, ""));

        await using var one = await options.StartAsync();
        await using var other = await options.StartAsync();
        await Eventually.IsAsync(() => _calls.All.Count >= names.Count);
        await one.StopAsync();
        await other.StopAsync();

        Assert.Equal(names.Select(name => $"{name} "), _calls.All.Order());
    }

    [Fact]
    public async Task Overwritten_before_it_is_read_a_blob_runs_with_the_newest_content_alone()
    {
        var options = await Some.HostAsync<Slow>(_calls) with
        {
            HostJson = Some.HostJson with { Blobs = Some.HostJson.Blobs with { MaxDegreeOfParallelism = 1 } },
        };
        await UploadAsync(options, "a", "");
        await UploadAsync(options, "b", "old");
        await using var host = await options.StartAsync();
        await Eventually.IsAsync(() => _calls.All.Count == 1);

        // The listing that "a" is from showed the old "b" too.
        await UploadAsync(options, "b", "new");
        _calls.LetIn(2);

        await Eventually.IsAsync(() => _calls.All.Count == 2);
        await UploadAsync(options, "c", "end");
        _calls.LetIn();
        await Eventually.IsAsync(() => _calls.All.Count == 3);
        Assert.Equal(["a ", "b new", "c end"], _calls.All);
    }

    [Fact]
    public async Task Deleted_while_it_fails_a_blob_is_done_with()
    {
        var options = await Some.HostAsync<DeletesAndFails>(_calls);
        await UploadAsync(options, "a", "");
        await using var host = await options.StartAsync();

        await Eventually.IsAsync(async () => _calls.All.Count > 0 && await IsDoneAsync(options, "DeletesAndFails"));

        Assert.Single(_calls.All);
        Assert.False(await new QueueClient(options.Storage, "webjobs-blobtrigger-poison").ExistsAsync());
    }

    [Fact]
    public async Task No_more_run_at_once_than_host_json_allows()
    {
        var options = await Some.HostAsync<Waiting>(_calls) with
        {
            HostJson = Some.HostJson with { Blobs = Some.HostJson.Blobs with { MaxDegreeOfParallelism = 3 } },
        };

        for (var blob = 0; blob < 7; blob++)
            await UploadAsync(options, $"{blob}", "");

        await using var host = await options.StartAsync();
        await Eventually.IsAsync(() => _calls.All.Count == 3);
        _calls.LetIn(7);
        await Eventually.IsAsync(() => _calls.All.Count == 14);

        var (now, most) = (0, 0);

        foreach (var call in _calls.All)
            most = Math.Max(most, now += call.EndsWith("begins", StringComparison.Ordinal) ? 1 : -1);

        Assert.Equal(3, most);
    }

    public void Dispose() => _calls.Dispose();

    public sealed class Bindings(Calls calls)
    {
        [Function("Clients")]
        public async Task ClientAsync([BlobTrigger("incoming/{name}")] BlobClient blob, string name, CancellationToken cancellation)
        {
            var content = await blob.DownloadContentAsync(cancellation);
            calls.Add($"client {name} {content.Value.Content}");
        }

        [Function("Streams")]
        public async Task StreamAsync([BlobTrigger("incoming/{name}")] Stream blob, string name, CancellationToken cancellation)
        {
            using var reader = new StreamReader(blob);
            calls.Add($"stream {name} {await reader.ReadToEndAsync(cancellation)}");
        }

        [Function("Bytes")]
        public void Bytes([BlobTrigger("incoming/{name}")] byte[] blob, string name) => calls.Add($"bytes {name} {Encoding.UTF8.GetString(blob)}");

        [Function("Texts")]
        public void Text([BlobTrigger("incoming/{name}")] string blob) => calls.Add($"text {blob}");
    }

    public sealed class JsonOnly(Calls calls)
    {
        [Function("JsonOnly")]
        public void Run([BlobTrigger("incoming/drop/{file}.json")] string blob, string file) => calls.Add(file);
    }

    public sealed class Slow(Calls calls)
    {
        [Function("Slow")]
        public async Task RunAsync([BlobTrigger("incoming/{name}")] string blob, string name, CancellationToken cancellation)
        {
            calls.Add($"{name} {blob}");
            await calls.WaitAsync(cancellation);
        }
    }

    public sealed class Failing(Calls calls)
    {
        [Function("Failing")]
        public void Run([BlobTrigger("incoming/{name}")] BlobClient blob, string name)
        {
            calls.Add(name);
            throw new InvalidOperationException("It fails.");
        }
    }

    public sealed class DeletesAndFails(Calls calls)
    {
        [Function("DeletesAndFails")]
        public async Task RunAsync([BlobTrigger("incoming/{name}")] BlobClient blob, string name)
        {
            calls.Add(name);
            await blob.DeleteAsync();
            throw new InvalidOperationException("It fails.");
        }
    }
}

using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Microsoft.Azure.Functions.Worker;
using Succesmeter.Testing;

namespace Succesmeter.LocalHost.Tests.Queues;

public sealed class QueueTriggerTests : IDisposable
{
    private readonly Calls _calls = new();

    [Fact]
    public async Task A_message_binds_as_text_as_a_record_or_as_it_came_and_is_gone_when_done()
    {
        var options = await Some.HostAsync<Bindings>(_calls);
        await using var host = await options.StartAsync();

        await SendAsync(options, "texts", "één");
        await SendAsync(options, "records", """{ "campaign": "goteo/open-library", "Hour": 7 }""");
        await SendAsync(options, "messages", "whole");

        await Eventually.IsAsync(() => _calls.All.Count == 3);
        Assert.Equal(["message whole 1", "record goteo/open-library 7", "text één"], _calls.All.Order());
        await Eventually.IsAsync(async () => await CountAsync(options, "texts") + await CountAsync(options, "records") == 0);
    }

    [Fact]
    public async Task Without_encoding_in_host_json_a_message_is_read_as_it_is()
    {
        var options = await Some.HostAsync<Bindings>(_calls) with
        {
            HostJson = Some.HostJson with { Queues = Some.HostJson.Queues with { MessagesAreBase64 = false } },
        };
        await using var host = await options.StartAsync();

        await SendAsync(options, "texts", "plain", QueueMessageEncoding.None);

        await Eventually.IsAsync(() => _calls.All.SequenceEqual(["text plain"]));
    }

    [Fact]
    public async Task The_queue_name_may_come_from_the_settings()
    {
        var options = await Some.HostAsync<NamedBySetting>(_calls) with
        {
            Settings = new Dictionary<string, string?> { ["Queues:Words"] = "words" },
        };
        await using var host = await options.StartAsync();

        await SendAsync(options, "words", "found");

        await Eventually.IsAsync(() => _calls.All.SequenceEqual(["found"]));
    }

    [Fact]
    public async Task A_message_that_fails_as_often_as_host_json_allows_moves_to_poison_as_it_came()
    {
        var options = await Some.HostAsync<Failing>(_calls) with
        {
            HostJson = Some.HostJson with { Queues = Some.HostJson.Queues with { MaxDequeueCount = 3 } },
        };
        await using var host = await options.StartAsync();

        await SendAsync(options, "failing", "bad");

        Assert.Equal("bad", (await PoisonAsync(options, "failing-poison")).Body.ToString());
        Assert.Equal(["bad 1", "bad 2", "bad 3"], _calls.All);
        await Eventually.IsAsync(async () => await CountAsync(options, "failing") == 0);
    }

    [Fact]
    public async Task A_failed_message_stays_hidden_for_the_visibility_timeout_of_host_json()
    {
        var options = await Some.HostAsync<Failing>(_calls) with
        {
            HostJson = Some.HostJson with { Queues = Some.HostJson.Queues with { VisibilityTimeout = TimeSpan.FromHours(1) } },
        };
        await using var host = await options.StartAsync();

        await SendAsync(options, "failing", "bad");
        await Eventually.IsAsync(() => _calls.All.Count == 1);

        // It is still there, and the host that polls every tenth of a second for it does not see it.
        await SendAsync(options, "failing", "next");
        await Eventually.IsAsync(() => _calls.All.Count == 2);
        Assert.Equal(["bad 1", "next 1"], _calls.All);
        Assert.Equal(2, await CountAsync(options, "failing"));
    }

    [Fact]
    public async Task A_message_that_cannot_be_decoded_moves_to_poison_at_once()
    {
        var options = await Some.HostAsync<Bindings>(_calls);
        await using var host = await options.StartAsync();

        await SendAsync(options, "texts", "not Base64!", QueueMessageEncoding.None);

        Assert.Equal("not Base64!", (await PoisonAsync(options, "texts-poison", QueueMessageEncoding.None)).Body.ToString());
        Assert.Empty(_calls.All);
    }

    [Fact]
    public async Task A_message_that_is_not_the_record_it_should_be_moves_to_poison()
    {
        var options = await Some.HostAsync<Bindings>(_calls);
        await using var host = await options.StartAsync();

        await SendAsync(options, "records", "{ \"Hour\": \"noon\" }");

        Assert.Equal("{ \"Hour\": \"noon\" }", (await PoisonAsync(options, "records-poison")).Body.ToString());
    }

    [Fact]
    public async Task A_message_stays_hidden_as_long_as_its_function_runs()
    {
        var options = await Some.HostAsync<Waiting>(_calls) with { MessageHold = TimeSpan.FromSeconds(2) };
        await using var one = await options.StartAsync();
        await using var other = await options.StartAsync();

        await SendAsync(options, "waiting", "long");
        await Eventually.IsAsync(() => _calls.All.Count == 1);

        // Longer than it was hidden at first: whoever could see it would run it.
        await Task.Delay(TimeSpan.FromSeconds(5));
        _calls.LetIn();

        await Eventually.IsAsync(async () => await CountAsync(options, "waiting") == 0);
        Assert.Equal(["long begins", "long ends"], _calls.All);
    }

    [Fact]
    public async Task A_message_that_a_dead_host_held_is_run_by_the_next()
    {
        var options = await Some.HostAsync<Bindings>(_calls);
        await SendAsync(options, "texts", "left");
        await Queue(options, "texts").ReceiveMessagesAsync(1, visibilityTimeout: TimeSpan.FromSeconds(1));

        await using var host = await options.StartAsync();

        await Eventually.IsAsync(() => _calls.All.SequenceEqual(["text left"]));
    }

    [Fact]
    public async Task A_message_that_another_took_cancels_the_function_and_is_left_alone()
    {
        var options = await Some.HostAsync<Waiting>(_calls) with { MessageHold = TimeSpan.FromSeconds(2) };
        await using var host = await options.StartAsync();
        await SendAsync(options, "waiting", "stolen");
        await Eventually.IsAsync(() => _calls.All.Count == 1);

        await Queue(options, "waiting").ClearMessagesAsync();

        await Eventually.IsAsync(() => _calls.All.Contains("stolen cancelled"));
    }

    [Theory]
    [InlineData(4, 0, 4)]
    [InlineData(4, 2, 6)]
    public async Task No_more_run_at_once_than_batch_and_threshold_allow(int batchSize, int newBatchThreshold, int most)
    {
        var options = await Some.HostAsync<Waiting>(_calls) with
        {
            HostJson = Some.HostJson with
            {
                Queues = Some.HostJson.Queues with { BatchSize = batchSize, NewBatchThreshold = newBatchThreshold },
            },
        };

        for (var message = 0; message < 20; message++)
            await SendAsync(options, "waiting", $"{message}");

        await using var host = await options.StartAsync();

        var (running, left) = (0, 20);

        for (var done = 0; done < 20; done++)
        {
            if (running <= newBatchThreshold)
            {
                var fetched = Math.Min(batchSize, left);
                (running, left) = (running + fetched, left - fetched);
            }

            await Eventually.IsAsync(() => Running() == running);
            _calls.LetIn();
            running--;
            await Eventually.IsAsync(() => _calls.All.Count(call => call.EndsWith("ends", StringComparison.Ordinal)) == done + 1);
        }

        Assert.Equal(most, MostAtOnce());

        int Running() => _calls.All.Sum(Change);

        int MostAtOnce()
        {
            var (now, max) = (0, 0);

            foreach (var call in _calls.All)
                max = Math.Max(max, now += Change(call));

            return max;
        }

        static int Change(string call) => call.EndsWith("begins", StringComparison.Ordinal) ? 1 : -1;
    }

    [Fact]
    public async Task A_disabled_function_leaves_its_queue_alone()
    {
        var options = await Some.HostAsync<Bindings>(_calls) with
        {
            Settings = new Dictionary<string, string?> { ["AzureWebJobs.Texts.Disabled"] = "true" },
        };
        await using var host = await options.StartAsync();

        Assert.Equal(["Messages", "Records"], host.Functions);
    }

    public void Dispose() => _calls.Dispose();

    private static QueueClient Queue(LocalHostOptions options, string name, QueueMessageEncoding encoding = QueueMessageEncoding.Base64) =>
        new(options.Storage, name, new QueueClientOptions { MessageEncoding = encoding });

    private static async Task SendAsync(
        LocalHostOptions options, string queue, string text, QueueMessageEncoding encoding = QueueMessageEncoding.Base64)
    {
        var client = Queue(options, queue, encoding);
        await client.CreateIfNotExistsAsync();
        await client.SendMessageAsync(text);
    }

    private static async Task<QueueMessage> PoisonAsync(
        LocalHostOptions options, string queue, QueueMessageEncoding encoding = QueueMessageEncoding.Base64)
    {
        var client = Queue(options, queue, encoding);
        QueueMessage? message = null;
        await Eventually.IsAsync(async () => await client.ExistsAsync() && (message = await client.ReceiveMessageAsync()) is not null);
        return message!;
    }

    private static async Task<int> CountAsync(LocalHostOptions options, string queue) =>
        (await Queue(options, queue).GetPropertiesAsync()).Value.ApproximateMessagesCount;

    public sealed record Tick(string Campaign, int Hour);

    public sealed class Bindings(Calls calls)
    {
        [Function("Texts")]
        public void Text([QueueTrigger("texts")] string message) => calls.Add($"text {message}");

        [Function("Records")]
        public Task RecordAsync([QueueTrigger("records")] Tick tick)
        {
            calls.Add($"record {tick.Campaign} {tick.Hour}");
            return Task.CompletedTask;
        }

        [Function("Messages")]
        public ValueTask MessageAsync([QueueTrigger("messages")] QueueMessage message, FunctionContext context)
        {
            calls.Add($"message {message.Body} {message.DequeueCount}");
            return ValueTask.CompletedTask;
        }
    }

    public sealed class NamedBySetting(Calls calls)
    {
        [Function("Words")]
        public void Word([QueueTrigger("%Queues:Words%")] string word) => calls.Add(word);
    }

    public sealed class Failing(Calls calls)
    {
        [Function("Failing")]
        public void Fail([QueueTrigger("failing")] QueueMessage message)
        {
            calls.Add($"{message.Body} {message.DequeueCount}");
            throw new InvalidOperationException("It fails.");
        }
    }

    public sealed class Waiting(Calls calls)
    {
        [Function("Waiting")]
        public async Task WaitAsync([QueueTrigger("waiting")] string message, CancellationToken cancellation)
        {
            calls.Add($"{message} begins");

            try
            {
                await calls.WaitAsync(cancellation);
            }
            catch (OperationCanceledException)
            {
                calls.Add($"{message} cancelled");
                throw;
            }

            calls.Add($"{message} ends");
        }
    }
}

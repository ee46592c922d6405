using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Succesmeter.Intake;
using Succesmeter.Scores;
using Succesmeter.Testing;
using Succesmeter.Testing.Memory;
using Succesmeter.Visits;
using Succesmeter.Webhooks;

namespace Succesmeter.Pipeline.Tests;

public sealed class PoisonToRetriesTests : ILogger<PoisonToRetries>
{
    private static readonly DateTimeOffset Now = Some.Launch.AddDays(3);

    private readonly MemoryIncomingFiles files = new();
    private readonly Poison poison = new();
    private readonly List<string> alarms = [];

    [Fact]
    public async Task A_campaign_is_tried_again_within_a_day_and_stays_for_a_person_after()
    {
        poison.Waits.Add(new GivenUp.Scores([new ScoreRequest(Some.Campaign)], Now.AddHours(-23), "young"));
        poison.Waits.Add(new GivenUp.Scores([new ScoreRequest(Some.Campaign)], Now.AddHours(-24), "old"));
        await RunAsync();

        Assert.Equal(["young"], poison.Retried);
        Assert.Contains(Some.Campaign.ToString(), Assert.Single(alarms), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_is_tried_again_within_a_day_and_stays_for_a_person_after()
    {
        var visit = new PageToFetch.Visit(Some.Campaign, Now);
        poison.Waits.Add(new GivenUp.Page(visit, Now.AddHours(-23), "young"));
        poison.Waits.Add(new GivenUp.Page(visit, Now.AddHours(-24), "old"));
        await RunAsync();

        Assert.Equal(["young"], poison.Retried);
        Assert.Contains(Some.Campaign.ToString(), Assert.Single(alarms), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_delivery_is_tried_again_within_a_day_and_stays_for_a_person_after()
    {
        Assert.True(SubscriptionId.TryParse("sub_0123456789abcdef_0123456789abcdef", out var subscription));
        var message = new DeliveryMessage(subscription, "evt_1", Now, 0, 0);
        poison.Waits.Add(new GivenUp.Telling(message, Now.AddHours(-23), "young"));
        poison.Waits.Add(new GivenUp.Telling(message, Now.AddHours(-24), "old"));
        await RunAsync();

        Assert.Equal(["young"], poison.Retried);
        Assert.Contains("sub_0123456789abcdef_0123456789abcdef", Assert.Single(alarms), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_can_be_read_now_is_read_and_forgotten()
    {
        files.Drop("a.ndjson", Encoding.UTF8.GetBytes("""{"platform":"growfunding","campaign":"one","takenAt":"2026-05-02T12:00:00Z","pledged":1}"""), Now);
        poison.Waits.Add(new GivenUp.File("a.ndjson", Now.AddHours(-1), "file"));
        await RunAsync();

        Assert.Equal(["file"], poison.Forgotten);
        Assert.True(files.Archived.ContainsKey("a.ndjson"));
        Assert.Empty(alarms);
    }

    [Fact]
    public async Task A_file_that_fails_again_stays_and_the_others_go_on()
    {
        files.OnOpen = _ => throw new IOException("The disk is full.");
        files.Drop("a.ndjson", [], Now);
        poison.Waits.Add(new GivenUp.File("a.ndjson", Now.AddHours(-1), "file"));
        poison.Waits.Add(new GivenUp.Scores([new ScoreRequest(Some.Campaign)], Now, "scores"));
        await RunAsync();

        Assert.Empty(poison.Forgotten);
        Assert.Equal(["scores"], poison.Retried);
    }

    [Fact]
    public async Task What_nobody_can_read_raises_the_alarm_at_once()
    {
        poison.Waits.Add(new GivenUp.Unreadable("what?", Now, "text"));
        await RunAsync();
        Assert.Contains("what?", Assert.Single(alarms), StringComparison.Ordinal);
    }

    IDisposable? ILogger.BeginScope<TState>(TState state) => null;

    bool ILogger.IsEnabled(LogLevel logLevel) => true;

    void ILogger.Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (logLevel == LogLevel.Critical)
            alarms.Add(formatter(state, exception));
    }

    private Task RunAsync()
    {
        var town = new MemoryTown();
        var reading = new FilesToSnapshots(
            files, new MemoryReceiptStore(), new MemoryQuarantine(), town.Store, town.Queue, new UtcZones(), new FixedClocks(Now), town.Pseudonyms, town.Tombstones, TimeProvider.System, Options.Create(new IntakeOptions()), NullLogger<FilesToSnapshots>.Instance);
        return new PoisonToRetries(poison, reading, this).RunAsync(Now, default);
    }

    private sealed class Poison : IGivenUp
    {
        public List<GivenUp> Waits { get; } = [];

        public List<object> Retried { get; } = [];

        public List<object> Forgotten { get; } = [];

        public async IAsyncEnumerable<GivenUp> TakeAsync([EnumeratorCancellation] CancellationToken cancellation)
        {
            await Task.CompletedTask;
            foreach (var given in Waits)
                yield return given;
        }

        public Task RetryAsync(GivenUp.Scores given, CancellationToken cancellation)
        {
            Retried.Add(given.Handle);
            return Task.CompletedTask;
        }

        public Task RetryAsync(GivenUp.Page given, CancellationToken cancellation)
        {
            Retried.Add(given.Handle);
            return Task.CompletedTask;
        }

        public Task RetryAsync(GivenUp.Telling given, CancellationToken cancellation)
        {
            Retried.Add(given.Handle);
            return Task.CompletedTask;
        }

        public Task ForgetAsync(GivenUp given, CancellationToken cancellation)
        {
            Forgotten.Add(given.Handle);
            return Task.CompletedTask;
        }
    }
}

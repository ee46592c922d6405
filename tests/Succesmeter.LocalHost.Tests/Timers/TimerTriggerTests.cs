using System.Text.Json;
using Azure.Storage.Blobs;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Time.Testing;
using Succesmeter.Testing;

namespace Succesmeter.LocalHost.Tests.Timers;

public sealed class TimerTriggerTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 5, 2, 12, 0, 0, TimeSpan.Zero);

    private readonly Calls _calls = new();
    private readonly FakeTimeProvider _clock = new(Noon);
    private LocalHostOptions? _options;

    [Fact]
    public async Task A_timer_runs_at_each_moment_of_its_schedule()
    {
        await using var host = await StartAsync<Hourly>();
        await WatchedAsync("Hourly");

        await AdvanceToAsync(Noon.AddMinutes(30).AddSeconds(4));
        Assert.Empty(_calls.All);
        await AdvanceToAsync(Noon.AddMinutes(30).AddSeconds(5));
        await Eventually.IsAsync(() => _calls.All.Count == 1);
        await AdvanceToAsync(Noon.AddMinutes(90).AddSeconds(5));
        await Eventually.IsAsync(() => _calls.All.Count == 2);

        Assert.Equal(["12:30:05 last 00:00:00 next 12:30:05", "13:30:05 last 12:30:05 next 13:30:05"], _calls.All);
    }

    [Fact]
    public async Task The_schedule_may_come_from_the_settings()
    {
        await using var host = await StartAsync<BySetting>(options => options with
        {
            Settings = new Dictionary<string, string?> { ["Every"] = "0 0 13 * * *" },
        });
        await WatchedAsync("BySetting");

        await AdvanceToAsync(Noon.AddHours(1));

        await Eventually.IsAsync(() => _calls.All.SequenceEqual(["13:00:00"]));
    }

    [Fact]
    public async Task A_missing_setting_or_a_wrong_schedule_stops_the_start()
    {
        Assert.Contains("%Every%", (await Assert.ThrowsAsync<CannotStartException>(() => StartAsync<BySetting>())).Message);
        Assert.Contains("now and then", (await Assert.ThrowsAsync<CannotStartException>(() => StartAsync<BySetting>(options => options with
        {
            Settings = new Dictionary<string, string?> { ["Every"] = "now and then" },
        }))).Message);
    }

    [Fact]
    public async Task Runs_missed_while_no_host_ran_are_made_up_for_once()
    {
        var options = await OptionsAsync<Hourly>();

        await using (await options.StartAsync())
        {
            await WatchedAsync("Hourly");
        }

        _clock.SetUtcNow(Noon.AddHours(5));

        await using (await options.StartAsync())
        {
            await Eventually.IsAsync(() => _calls.All.Count == 1);
            await WatchedAsync("Hourly", next: Noon.AddHours(5.5).AddSeconds(5));
            await AdvanceToAsync(Noon.AddHours(5.5).AddSeconds(5));
            await Eventually.IsAsync(() => _calls.All.Count == 2);
        }

        Assert.Equal(["17:00:00 last 00:00:00 next 12:30:05 past due", "17:30:05 last 17:00:00 next 17:30:05"], _calls.All);
    }

    [Fact]
    public async Task A_schedule_that_was_changed_counts_from_the_last_run()
    {
        var options = await OptionsAsync<BySetting>();

        await using (await (options with { Settings = Every("0 0 18 * * *") }).StartAsync())
        {
            await WatchedAsync("BySetting");
        }

        _clock.SetUtcNow(Noon.AddHours(2));

        await using (await (options with { Settings = Every("0 0 * * * *") }).StartAsync())
        {
            await Eventually.IsAsync(() => _calls.All.SequenceEqual(["14:00:00"]));
        }

        static Dictionary<string, string?> Every(string schedule) => new() { ["Every"] = schedule };
    }

    [Fact]
    public async Task A_timer_may_run_at_each_start()
    {
        var options = await OptionsAsync<AtStart>();

        await using (await options.StartAsync())
            await Eventually.IsAsync(() => _calls.All.Count == 1);

        await using (await options.StartAsync())
            await Eventually.IsAsync(() => _calls.All.Count == 2);

        Assert.Equal(["12:00:00", "12:00:00"], _calls.All);
    }

    [Theory]
    [InlineData(typeof(EverySecond))]
    [InlineData(typeof(Unmonitored))]
    public async Task A_schedule_under_a_minute_or_without_monitor_has_no_status(Type functions)
    {
        var options = await OptionsAsync<Hourly>() with { Classes = [functions] };
        await using var host = await options.StartAsync();

        for (var minute = 1; _calls.All.Count == 0; minute++)
            await AdvanceToAsync(Noon.AddMinutes(minute));

        Assert.Equal("no status", _calls.All[0]);
        Assert.Empty(await new BlobContainerClient(options.Storage, "azure-webjobs-hosts").GetBlobsAsync(
            new Azure.Storage.Blobs.Models.GetBlobsOptions { Prefix = "timers/" }).ToListAsync());
    }

    [Fact]
    public async Task A_timer_runs_on_one_host_at_a_time_and_on_the_other_when_that_has_stopped()
    {
        var options = await OptionsAsync<Hourly>();
        await using var one = await options.StartAsync();
        await WatchedAsync("Hourly");
        await using var other = await options.StartAsync();

        await AdvanceToAsync(Noon.AddMinutes(31));
        await Eventually.IsAsync(() => _calls.All.Count == 1);
        await WatchedAsync("Hourly", next: Noon.AddMinutes(90).AddSeconds(5));
        await one.StopAsync();
        await AdvanceToAsync(Noon.AddMinutes(91));
        await Eventually.IsAsync(() => _calls.All.Count == 2);
    }

    [Theory]
    [InlineData(typeof(RetriesEvenly), new[] { 0, 10, 20 })]
    [InlineData(typeof(RetriesSlower), new[] { 0, 10, 30, 60, 90 })]
    public async Task A_failed_timer_is_tried_again_as_its_attribute_says(Type functions, int[] secondsAfter)
    {
        var options = await OptionsAsync<Hourly>() with { Classes = [functions] };
        await using var host = await options.StartAsync();
        var due = Noon.AddHours(1);
        await WatchedAsync(functions.Name, next: due);
        var expected = secondsAfter.Select(seconds => $"{due.AddSeconds(seconds):HH:mm:ss}").ToList();

        for (var moment = due; _calls.All.Count < expected.Count; moment = moment.AddSeconds(1))
        {
            await AdvanceToAsync(moment);
            await Eventually.IsAsync(() => _calls.All.Count >= secondsAfter.Count(seconds => due.AddSeconds(seconds) <= moment));
        }

        // No more tries: the run counts, and the next is an hour later.
        await WatchedAsync(functions.Name, next: due.AddHours(1));
        Assert.Equal(expected, _calls.All);
    }

    [Fact]
    public async Task What_runs_longer_than_functionTimeout_is_cancelled()
    {
        await using var host = await StartAsync<Endless>(options => options with
        {
            HostJson = Some.HostJson with { FunctionTimeout = TimeSpan.FromMinutes(10) },
        });
        await Eventually.IsAsync(() => _calls.All.SequenceEqual(["begins"]));

        _clock.Advance(TimeSpan.FromMinutes(10));

        await Eventually.IsAsync(() => _calls.All.SequenceEqual(["begins", "cancelled"]));
    }

    public void Dispose() => _calls.Dispose();

    private async Task<LocalHostOptions> OptionsAsync<TFunctions>()
    {
        var options = await Some.HostAsync<TFunctions>(_calls) with { Time = _clock };
        return _options = options;
    }

    private async Task<LocalHostApp> StartAsync<TFunctions>(Func<LocalHostOptions, LocalHostOptions>? with = null)
    {
        var options = await OptionsAsync<TFunctions>();
        return await (with?.Invoke(options) ?? options).StartAsync();
    }

    /// <summary>Waits until the host has written down when the timer runs next, and so watches the clock for it.</summary>
    private Task WatchedAsync(string function, DateTimeOffset? next = null)
    {
        var blob = new BlobClient(_options!.Storage, "azure-webjobs-hosts", $"timers/succesmeter/Host.Functions.{function}/status");
        return Eventually.IsAsync(async () =>
        {
            if (!await blob.ExistsAsync())
                return false;

            var status = JsonSerializer.Deserialize<ScheduleStatus>((await blob.DownloadContentAsync()).Value.Content)!;
            return next is null || status.Next == next.Value.UtcDateTime;
        });
    }

    /// <summary>In steps, as a clock goes, with a moment for what each wakes.</summary>
    private async Task AdvanceToAsync(DateTimeOffset moment)
    {
        while (_clock.GetUtcNow() < moment)
        {
            var left = moment - _clock.GetUtcNow();
            _clock.Advance(left < TimeSpan.FromMinutes(1) ? left : TimeSpan.FromMinutes(1));
            await Task.Delay(1);
        }
    }

    public sealed class Hourly(Calls calls, TimeProvider time)
    {
        [Function("Hourly")]
        public void Run([TimerTrigger("5 30 * * * *")] TimerInfo timer) => calls.Add(
            $"{time.GetUtcNow():HH:mm:ss} last {timer.ScheduleStatus!.Last:HH:mm:ss} next {timer.ScheduleStatus.Next:HH:mm:ss}{(timer.IsPastDue ? " past due" : "")}");
    }

    public sealed class BySetting(Calls calls, TimeProvider time)
    {
        [Function("BySetting")]
        public void Run([TimerTrigger("%Every%")] TimerInfo timer) => calls.Add($"{time.GetUtcNow():HH:mm:ss}");
    }

    public sealed class AtStart(Calls calls, TimeProvider time)
    {
        [Function("AtStart")]
        public void Run([TimerTrigger("0 0 0 1 1 *", RunOnStartup = true)] TimerInfo timer) => calls.Add($"{time.GetUtcNow():HH:mm:ss}");
    }

    public sealed class EverySecond(Calls calls)
    {
        [Function("EverySecond")]
        public void Run([TimerTrigger("* * * * * *")] TimerInfo timer) => calls.Add(timer.ScheduleStatus is null ? "no status" : "status");
    }

    public sealed class Unmonitored(Calls calls)
    {
        [Function("Unmonitored")]
        public void Run([TimerTrigger("0 0 * * * *", UseMonitor = false)] TimerInfo timer) =>
            calls.Add(timer.ScheduleStatus is null ? "no status" : "status");
    }

    public sealed class RetriesEvenly(Calls calls, TimeProvider time)
    {
        [Function("RetriesEvenly")]
        [FixedDelayRetry(2, "00:00:10")]
        public void Run([TimerTrigger("0 0 * * * *")] TimerInfo timer)
        {
            calls.Add($"{time.GetUtcNow():HH:mm:ss}");
            throw new InvalidOperationException("It fails.");
        }
    }

    public sealed class RetriesSlower(Calls calls, TimeProvider time)
    {
        [Function("RetriesSlower")]
        [ExponentialBackoffRetry(4, "00:00:10", "00:00:30")]
        public void Run([TimerTrigger("0 0 * * * *")] TimerInfo timer)
        {
            calls.Add($"{time.GetUtcNow():HH:mm:ss}");
            throw new InvalidOperationException("It fails.");
        }
    }

    public sealed class Endless(Calls calls)
    {
        [Function("Endless")]
        public async Task RunAsync([TimerTrigger("0 0 0 1 1 *", RunOnStartup = true)] TimerInfo timer, CancellationToken cancellation)
        {
            calls.Add("begins");

            try
            {
                await calls.WaitAsync(cancellation);
            }
            catch (OperationCanceledException)
            {
                calls.Add("cancelled");
                throw;
            }
        }
    }
}

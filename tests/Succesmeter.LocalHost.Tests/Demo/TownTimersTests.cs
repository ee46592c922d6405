using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Succesmeter.LocalHost.Demo;

namespace Succesmeter.LocalHost.Tests.Demo;

public sealed class TownTimersTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task Each_looks_at_its_own_pace_and_a_failure_ends_none()
    {
        using var ran = new SemaphoreSlim(0);
        var slow = 0;
        var timers = Timers(
            new("fast", TimeSpan.FromSeconds(5), _ =>
            {
                ran.Release();
                throw new InvalidOperationException("every time");
            }),
            new("slow", TimeSpan.FromSeconds(60), _ => Task.FromResult(Interlocked.Increment(ref slow))));
        await timers.StartAsync(CancellationToken.None);
        for (var look = 0; look < 5; look++)
        {
            Assert.True(await ran.WaitAsync(TimeSpan.FromSeconds(10)));
            _time.Advance(TimeSpan.FromSeconds(5));
        }

        await timers.StopAsync(CancellationToken.None);
        Assert.Equal(1, slow);
    }

    [Fact]
    public async Task A_look_that_lasts_is_not_overtaken_and_ends_with_the_host()
    {
        var (begun, running) = (0, new TaskCompletionSource());
        var timers = Timers(new TownTimer("long", TimeSpan.FromSeconds(5), async stop =>
        {
            Interlocked.Increment(ref begun);
            running.TrySetResult();
            await Task.Delay(Timeout.Infinite, stop);
        }));
        await timers.StartAsync(CancellationToken.None);
        await running.Task;
        _time.Advance(TimeSpan.FromSeconds(30));
        await timers.StopAsync(CancellationToken.None);

        Assert.Equal(1, begun);
        Assert.True(timers.ExecuteTask!.IsCompletedSuccessfully);
    }

    private TownTimers Timers(params TownTimer[] timers) => new(timers, _time, NullLogger<TownTimers>.Instance);
}

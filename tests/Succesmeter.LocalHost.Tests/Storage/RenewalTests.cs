using Microsoft.Extensions.Time.Testing;
using Succesmeter.LocalHost.Storage;

namespace Succesmeter.LocalHost.Tests.Storage;

public sealed class RenewalTests : IDisposable
{
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(30);

    private readonly ArmedTime _time = new();
    private readonly CancellationTokenSource _lost = new();
    private readonly CancellationTokenSource _released = new();

    public void Dispose()
    {
        _lost.Dispose();
        _released.Dispose();
        _time.Dispose();
    }

    [Fact]
    public async Task What_is_asked_for_and_not_answered_is_given_up_a_sixth_before_its_end()
    {
        var never = new TaskCompletionSource<bool>();
        var keeping = KeepAsync(patience => never.Task.WaitAsync(patience));
        await PassAsync(10);
        _time.Advance(TimeSpan.FromSeconds(14.9));
        Assert.False(_lost.IsCancellationRequested);

        _time.Advance(TimeSpan.FromSeconds(0.1));
        await keeping;
        Assert.True(_lost.IsCancellationRequested);
    }

    [Fact]
    public async Task What_is_answered_is_kept_from_when_it_was_asked_for()
    {
        var (began, asked) = (_time.GetTimestamp(), new List<double>());
        var keeping = KeepAsync(_ =>
        {
            asked.Add(_time.GetElapsedTime(began).TotalSeconds);
            return asked.Count <= 3 ? Task.FromResult(true) : throw new OperationCanceledException("away");
        });
        foreach (var seconds in (int[])[10, 10, 10, 10, .. Enumerable.Repeat(1, 14)])
        {
            await PassAsync(seconds);
            await _time.ArmedAsync();
        }

        // Every ten seconds; then the storage is away, and is asked each second until 25 after the last answer.
        Assert.Equal([10, 20, 30, .. Enumerable.Range(40, 15)], asked);
        Assert.False(_lost.IsCancellationRequested);

        _time.Advance(TimeSpan.FromSeconds(1));
        await keeping;
        Assert.True(_lost.IsCancellationRequested);
    }

    [Fact]
    public async Task What_another_has_is_lost_at_once()
    {
        var keeping = KeepAsync(static _ => Task.FromResult(false));
        await PassAsync(10);
        await keeping;

        Assert.True(_lost.IsCancellationRequested);
    }

    [Fact]
    public async Task What_is_let_go_is_not_lost()
    {
        var keeping = KeepAsync(static _ => Task.FromResult(true));
        await _released.CancelAsync();
        await keeping;

        Assert.False(_lost.IsCancellationRequested);
    }

    /// <returns>Once it waits, and ends after a while whatever happens.</returns>
    private Task KeepAsync(Func<CancellationToken, Task<bool>> renew)
    {
        var keeping = Renewal.KeepAsync(Duration, _time.GetTimestamp(), _time, renew, _lost, _released.Token);
        return _time.ArmedAsync().ContinueWith(_ => keeping.WaitAsync(TimeSpan.FromSeconds(30)), TaskScheduler.Default).Unwrap();
    }

    /// <summary>So that what waited for that instant has run on and asks for its answer.</summary>
    private async Task PassAsync(int seconds)
    {
        _time.Advance(TimeSpan.FromSeconds(seconds));
        await _time.ArmedAsync();
    }

    /// <summary>Says when somebody waits for it.</summary>
    private sealed class ArmedTime : FakeTimeProvider, IDisposable
    {
        private readonly SemaphoreSlim _armed = new(0);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = base.CreateTimer(callback, state, dueTime, period);
            _armed.Release();
            return timer;
        }

        public async Task ArmedAsync() => Assert.True(await _armed.WaitAsync(TimeSpan.FromSeconds(30)));

        public void Dispose() => _armed.Dispose();
    }
}

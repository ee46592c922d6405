using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Succesmeter.LocalHost.Demo;

/// <summary>The town's campaign clock. It runs faster than life while the host runs, stands still while it does not, and goes on where it stopped.</summary>
/// <remarks>
/// It stores ahead: what is written is an instant that it may run up to, and it never runs beyond what is written. So a host that is killed loses nothing that was shown, and its successor
/// begins at most <see cref="Ahead"/> later than it stopped. While storage does not answer the clock stands still at that bound.
/// </remarks>
internal sealed partial class TownClock(ITownClockFile file, IOptions<DemoOptions> options, TimeProvider time, ILogger<TownClock> logger) : IHostedLifecycleService, IDisposable
{
    /// <summary>Real time.</summary>
    internal static readonly TimeSpan Ahead = TimeSpan.FromSeconds(10), StoredEvery = TimeSpan.FromSeconds(3);

    private const double SecondsPerHour = 3600;

    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _lock = new();
    private TownTime? _stored;
    private DateTimeOffset _from;
    private long _since;
    private Task _storing = Task.CompletedTask;

    /// <summary>Town time that passes in a unit of real time.</summary>
    public double Speed { get; } = options.Value.HoursPerSecond * SecondsPerHour;

    /// <exception cref="InvalidOperationException">The clock has not been started.</exception>
    public DateTimeOffset Founded => (_stored ?? throw NotStarted()).Founded;

    /// <summary>Never earlier than what it said before, in this process or one before it.</summary>
    /// <exception cref="InvalidOperationException">The clock has not been started.</exception>
    public DateTimeOffset Now
    {
        get
        {
            lock (_lock)
            {
                var until = (_stored ?? throw NotStarted()).Until;
                var now = _from + (time.GetElapsedTime(_since) * Speed);
                if (now <= until)
                    return now;

                // It goes on from here when storage answers, rather than leap over the outage.
                _from = until;
                _since = time.GetTimestamp();
                return until;
            }
        }
    }

    /// <remarks>Before anything else of the host, since pages and timers ask for the time.</remarks>
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        var stored = await file.ReadAsync(cancellationToken);
        if (stored is null)
        {
            var now = time.GetUtcNow();
            var hour = new DateTimeOffset(now.Ticks - (now.Ticks % TimeSpan.TicksPerHour), TimeSpan.Zero);
            stored = new(hour, hour);
        }

        await RunFromAsync(stored, cancellationToken);
        _storing = StoreAsync(_stopping.Token);
    }

    private async Task RunFromAsync(TownTime stored, CancellationToken cancellation)
    {
        var ahead = stored with { Until = stored.Until + (Ahead * Speed) };
        await file.WriteAsync(ahead, cancellation);
        lock (_lock)
        {
            _from = stored.Until;
            _since = time.GetTimestamp();
            _stored = ahead;
        }
    }

    private async Task StoreAsync(CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(StoredEvery, time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellation))
            {
                try
                {
                    await StoreOnceAsync(Ahead, cancellation);
                }
                catch (Exception e) when (e is not OperationCanceledException)
                {
                    LogNotStored(e);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // It stops.
        }
    }

    /// <summary>Written first and believed after.</summary>
    internal async Task StoreOnceAsync(TimeSpan ahead, CancellationToken cancellation)
    {
        var next = new TownTime(Founded, Now + (ahead * Speed));
        await file.WriteAsync(next, cancellation);
        lock (_lock)
            _stored = next;
    }

    /// <remarks>When everything that asks for the time has stopped; from here on it stands still.</remarks>
    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await _storing;
        if (_stored is null)
            return;

        lock (_lock)
            _stored = new(Founded, Now);
        try
        {
            await file.WriteAsync(_stored, cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogNotStored(e);
        }
    }

    public void Dispose() => _stopping.Dispose();

    private static InvalidOperationException NotStarted() => new("The town's clock is asked before it has started.");

    Task IHostedService.StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    Task IHostedLifecycleService.StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    Task IHostedLifecycleService.StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    Task IHostedService.StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(LogLevel.Warning, "The town's clock could not be stored, and will stand still until it can")]
    private partial void LogNotStored(Exception exception);
}

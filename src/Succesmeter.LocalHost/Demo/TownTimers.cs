using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Succesmeter.LocalHost.Demo;

/// <summary>Runs the town's timers side by side, each one look at a time. A look that fails is logged, and the next one comes at its time.</summary>
internal sealed partial class TownTimers(IEnumerable<TownTimer> timers, TimeProvider time, ILogger<TownTimers> logger) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(timers.Select(timer => RunAsync(timer, stoppingToken)));

    private async Task RunAsync(TownTimer timer, CancellationToken stopping)
    {
        using var ticks = new PeriodicTimer(timer.Period, time);
        try
        {
            do
            {
                try
                {
                    await timer.RunAsync(stopping);
                }
                catch (Exception e) when (!stopping.IsCancellationRequested)
                {
                    LogFailed(timer.Name, e);
                }
            }
            while (await ticks.WaitForNextTickAsync(stopping));
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    [LoggerMessage(LogLevel.Warning, "The town's {Name} failed")]
    private partial void LogFailed(string name, Exception exception);
}

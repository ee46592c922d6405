using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Succesmeter.LocalHost.Functions;

namespace Succesmeter.LocalHost;

/// <summary>Begins to look for work when all else, the web server too, has started, and stops before any of it stops.</summary>
internal sealed partial class Triggers(
    IEnumerable<ITriggers> kinds, Drain drain, IHostApplicationLifetime lifetime, ILogger<Triggers> logger) : IHostedLifecycleService
{
    private readonly List<Func<Task>> _listeners = [];
    private List<Task> _running = [];

    /// <remarks>Here everything about the functions is checked, so that a wrong one stops the start.</remarks>
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        _listeners.AddRange(kinds.SelectMany(kind => kind.Listeners()));
        return Task.CompletedTask;
    }

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        _running = [.. _listeners.Select(listener => Task.Run(() => WatchAsync(listener), CancellationToken.None))];
        return Task.CompletedTask;
    }

    public Task StoppingAsync(CancellationToken cancellationToken) => drain.BeginAsync();

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Task.WhenAll(_running).WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // What does not heed its CancellationToken ends with the process; storage gives its work to the next host.
        }
    }

    /// <summary>A host that silently looks for no more work would be worse than none.</summary>
    private async Task WatchAsync(Func<Task> listener)
    {
        try
        {
            await listener();
        }
        catch (Exception e)
        {
            LogBroken(e);
            lifetime.StopApplication();
        }
    }

    [LoggerMessage(LogLevel.Critical, "A trigger broke, and the host stops")]
    private partial void LogBroken(Exception exception);

    Task IHostedService.StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    Task IHostedLifecycleService.StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

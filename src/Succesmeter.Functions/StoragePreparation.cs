using Microsoft.Extensions.Hosting;
using Succesmeter.Storage;

namespace Succesmeter.Functions;

/// <summary>Makes tables, containers and queues before anything else starts: a trigger on a queue that is not there would only complain.</summary>
internal sealed class StoragePreparation(StorageAccount account) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) => account.PrepareAsync(cancellationToken);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

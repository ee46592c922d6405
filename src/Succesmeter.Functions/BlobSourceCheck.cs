using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Succesmeter.Functions;

/// <summary>Says at start when no dropped or pushed file will ever be read: in Azure's Flex Consumption plan only events of Event Grid start a blob trigger, and elsewhere there are none.</summary>
internal sealed partial class BlobSourceCheck(IConfiguration configuration, BlobTriggerSource source, ILogger<BlobSourceCheck> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        switch (AzureSite.IsAzure(configuration), source)
        {
            case (true, BlobTriggerSource.LogsAndContainerScan):
                LogScansInAzure();
                break;
            case (false, BlobTriggerSource.EventGrid):
                LogNoEvents();
                break;
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(LogLevel.Error, "This build scans the container incoming, which Azure's Flex Consumption plan never does: no file will be read. Publish it with -p:BlobSource=EventGrid")]
    private partial void LogScansInAzure();

    [LoggerMessage(LogLevel.Error, "This build waits for events of Event Grid, which come in Azure alone: no file will be read. Publish it without -p:BlobSource=EventGrid")]
    private partial void LogNoEvents();
}

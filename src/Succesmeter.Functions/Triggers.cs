using Azure.Storage.Blobs;
using Microsoft.Azure.Functions.Worker;
using Succesmeter.Pipeline;
using Succesmeter.Storage;
using Succesmeter.Storage.Queues;

namespace Succesmeter.Functions;

/// <summary>What starts each stage, in the order of the flow.</summary>
public sealed class Triggers(
    PlatformsToPages platformsToPages,
    PagesToSnapshots pagesToSnapshots,
    FilesToSnapshots filesToSnapshots,
    SnapshotsToScores snapshotsToScores,
    TicksToScores ticksToScores,
    EventsToWebhooks eventsToWebhooks,
    EventsToBundles eventsToBundles,
    DonationsToNetwork donationsToNetwork,
    OutcomesToModels outcomesToModels,
    OutcomesToReports outcomesToReports,
    DonorsToNobody donorsToNobody,
    OldToNothing oldToNothing,
    PoisonToRetries poisonToRetries,
    StorageScoreQueue scores,
    StoragePageQueue pages,
    StorageDeliveryQueue webhooks,
    TimeProvider clock)
{
#if BLOBS_BY_EVENT_GRID
    private const BlobTriggerSource Source = BlobTriggerSource.EventGrid;
#else
    private const BlobTriggerSource Source = BlobTriggerSource.LogsAndContainerScan;
#endif

    [Function(nameof(PlatformsToPages))]
    public Task PlatformsToPagesAsync([TimerTrigger("0 * * * * *")] TimerInfo timer, CancellationToken cancellation) =>
        platformsToPages.RunAsync(cancellation);

    [Function(nameof(PagesToSnapshots))]
    public Task PagesToSnapshotsAsync([QueueTrigger(QueueNames.PagesToFetch)] string message, CancellationToken cancellation) =>
        RunOrPutOffAsync(PageMessage.Read(message), page => pagesToSnapshots.RunAsync(page, cancellation), page => pages.PutOffAsync(page, cancellation));

    [Function(nameof(FilesToSnapshots))]
    public Task FilesToSnapshotsAsync(
        [BlobTrigger(ContainerNames.Incoming + "/{name}", Source = Source)] BlobClient blob, string name, CancellationToken cancellation) =>
        filesToSnapshots.RunAsync(name, cancellation);

    [Function(nameof(SnapshotsToScores))]
    public Task SnapshotsToScoresAsync([QueueTrigger(QueueNames.CampaignsToScore)] string message, CancellationToken cancellation) =>
        RunOrPutOffAsync(ScoreMessage.Read(message), read => snapshotsToScores.RunAsync(read.Requests, cancellation), read => scores.PutOffAsync(read, cancellation));

    [Function(nameof(TicksToScores))]
    public Task TicksToScoresAsync([TimerTrigger("0 5 * * * *")] TimerInfo timer, CancellationToken cancellation) =>
        ticksToScores.RunAsync(cancellation);

    [Function(nameof(EventsToWebhooks))]
    public Task EventsToWebhooksAsync([QueueTrigger(QueueNames.WebhooksToDeliver)] string message, CancellationToken cancellation) =>
        RunOrPutOffAsync(DeliveryMessageText.Read(message), telling => eventsToWebhooks.RunAsync(telling, cancellation), telling => webhooks.PutOffAsync(telling, cancellation));

    [Function(nameof(EventsToBundles))]
    public Task EventsToBundlesAsync([TimerTrigger("30 * * * * *")] TimerInfo timer, CancellationToken cancellation) =>
        eventsToBundles.RunAsync(cancellation);

    [Function(nameof(DonationsToNetwork))]
    public Task DonationsToNetworkAsync([TimerTrigger("0 20 * * * *")] TimerInfo timer, CancellationToken cancellation) =>
        donationsToNetwork.RunAsync(cancellation);

    [Function(nameof(OutcomesToModels))]
    public Task OutcomesToModelsAsync([TimerTrigger("0 40 3 * * *")] TimerInfo timer, CancellationToken cancellation) =>
        outcomesToModels.RunAsync(cancellation);

    [Function(nameof(OutcomesToReports))]
    public Task OutcomesToReportsAsync([TimerTrigger("0 50 4 * * *")] TimerInfo timer, CancellationToken cancellation) =>
        outcomesToReports.RunAsync(cancellation);

    [Function(nameof(DonorsToNobody))]
    public Task DonorsToNobodyAsync([TimerTrigger("15 * * * * *")] TimerInfo timer, CancellationToken cancellation) =>
        donorsToNobody.RunAsync(cancellation);

    [Function(nameof(OldToNothing))]
    public Task OldToNothingAsync([TimerTrigger("0 10 2 * * *")] TimerInfo timer, CancellationToken cancellation) =>
        oldToNothing.RunAsync(cancellation);

    [Function(nameof(PoisonToRetries))]
    public Task PoisonToRetriesAsync([TimerTrigger("0 35 * * * *")] TimerInfo timer, CancellationToken cancellation) =>
        poisonToRetries.RunAsync(clock.GetUtcNow(), cancellation);

    /// <summary>That tables do not answer is no failure of the message: it is put off, and keeps its tries.</summary>
    private static async Task RunOrPutOffAsync<T>(T message, Func<T, Task> run, Func<T, Task> putOff)
    {
        try
        {
            await run(message);
        }
        catch (Exception failure) when (StorageOutage.Is(failure))
        {
            await putOff(message);
        }
    }
}

using System.Diagnostics;
using Azure.Storage.Blobs;
using Microsoft.Azure.Functions.Worker;
using Succesmeter.Pipeline;
using Succesmeter.Storage;
using Succesmeter.Storage.Queues;
using Succesmeter.Watching;

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
    internal const BlobTriggerSource Source = BlobTriggerSource.EventGrid;
#else
    internal const BlobTriggerSource Source = BlobTriggerSource.LogsAndContainerScan;
#endif

    /// <summary>A file cannot be put off as a message can, and after five tries it would be given up; a function has half an hour (host.json).</summary>
    private static readonly TimeSpan s_longestOutage = TimeSpan.FromMinutes(15);

    [Function(nameof(PlatformsToPages))]
    public Task PlatformsToPagesAsync([TimerTrigger("0 * * * * *")] TimerInfo timer, CancellationToken cancellation) =>
        TimedAsync(nameof(PlatformsToPages), () => platformsToPages.RunAsync(cancellation));

    [Function(nameof(PagesToSnapshots))]
    public Task PagesToSnapshotsAsync([QueueTrigger(QueueNames.PagesToFetch)] string message, CancellationToken cancellation) =>
        QueuedAsync(nameof(PagesToSnapshots), QueueNames.PagesToFetch, message, PageMessage.Read, page => pagesToSnapshots.RunAsync(page, cancellation), page => pages.PutOffAsync(page, cancellation));

    [Function(nameof(FilesToSnapshots))]
    public Task FilesToSnapshotsAsync(
        [BlobTrigger(ContainerNames.Incoming + "/{name}", Source = Source)] BlobClient blob, string name, CancellationToken cancellation) =>
        StorageOutage.OutlastAsync(() => filesToSnapshots.RunAsync(name, cancellation), s_longestOutage, clock, cancellation);

    [Function(nameof(SnapshotsToScores))]
    public Task SnapshotsToScoresAsync([QueueTrigger(QueueNames.CampaignsToScore)] string message, CancellationToken cancellation) =>
        QueuedAsync(nameof(SnapshotsToScores), QueueNames.CampaignsToScore, message, ScoreMessage.Read, read => snapshotsToScores.RunAsync(read.Requests, cancellation), read => scores.PutOffAsync(read, cancellation));

    [Function(nameof(TicksToScores))]
    public Task TicksToScoresAsync([TimerTrigger("0 5 * * * *")] TimerInfo timer, CancellationToken cancellation) =>
        TimedAsync(nameof(TicksToScores), () => ticksToScores.RunAsync(cancellation));

    [Function(nameof(EventsToWebhooks))]
    public Task EventsToWebhooksAsync([QueueTrigger(QueueNames.WebhooksToDeliver)] string message, CancellationToken cancellation) =>
        QueuedAsync(nameof(EventsToWebhooks), QueueNames.WebhooksToDeliver, message, DeliveryMessageText.Read, telling => eventsToWebhooks.RunAsync(telling, cancellation), telling => webhooks.PutOffAsync(telling, cancellation));

    [Function(nameof(EventsToBundles))]
    public Task EventsToBundlesAsync([TimerTrigger("30 * * * * *")] TimerInfo timer, CancellationToken cancellation) =>
        TimedAsync(nameof(EventsToBundles), () => eventsToBundles.RunAsync(cancellation));

    [Function(nameof(DonationsToNetwork))]
    public Task DonationsToNetworkAsync([TimerTrigger("0 20 * * * *")] TimerInfo timer, CancellationToken cancellation) =>
        TimedAsync(nameof(DonationsToNetwork), () => donationsToNetwork.RunAsync(cancellation));

    [Function(nameof(OutcomesToModels))]
    public Task OutcomesToModelsAsync([TimerTrigger("0 40 3 * * *")] TimerInfo timer, CancellationToken cancellation) =>
        TimedAsync(nameof(OutcomesToModels), () => outcomesToModels.RunAsync(cancellation));

    [Function(nameof(OutcomesToReports))]
    public Task OutcomesToReportsAsync([TimerTrigger("0 50 4 * * *")] TimerInfo timer, CancellationToken cancellation) =>
        TimedAsync(nameof(OutcomesToReports), () => outcomesToReports.RunAsync(cancellation));

    [Function(nameof(DonorsToNobody))]
    public Task DonorsToNobodyAsync([TimerTrigger("15 * * * * *")] TimerInfo timer, CancellationToken cancellation) =>
        TimedAsync(nameof(DonorsToNobody), () => donorsToNobody.RunAsync(cancellation));

    [Function(nameof(OldToNothing))]
    public Task OldToNothingAsync([TimerTrigger("0 10 2 * * *")] TimerInfo timer, CancellationToken cancellation) =>
        TimedAsync(nameof(OldToNothing), () => oldToNothing.RunAsync(cancellation));

    [Function(nameof(PoisonToRetries))]
    public Task PoisonToRetriesAsync([TimerTrigger("0 35 * * * *")] TimerInfo timer, CancellationToken cancellation) =>
        TimedAsync(nameof(PoisonToRetries), () => poisonToRetries.RunAsync(clock.GetUtcNow(), cancellation));

    private static Task TimedAsync(string stage, Func<Task> run) => Spans.RunAsync(stage, ActivityKind.Internal, parent: null, run);

    /// <summary>The trace goes on from what sent the message. That tables do not answer is no failure of the message: it is put off, and keeps its tries.</summary>
    private Task QueuedAsync<T>(string stage, string queue, string text, Func<string, T> read, Func<T, Task> run, Func<T, Task> putOff)
    {
        var envelope = QueueEnvelope.Of(text);
        if (envelope.VisibleAt is { } visible)
            Instruments.TakenUp(queue, clock.GetUtcNow() - visible);
        return Spans.RunAsync(stage, ActivityKind.Consumer, envelope.Traceparent, async () =>
        {
            var message = read(text);
            try
            {
                await run(message);
            }
            catch (Exception failure) when (StorageOutage.Is(failure))
            {
                await putOff(message);
            }
        });
    }
}

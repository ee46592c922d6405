using System.Runtime.CompilerServices;
using System.Text.Json;
using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Succesmeter.Intake;

namespace Succesmeter.Storage.Queues;

/// <summary>The queues in which the Functions host sets aside what it gave up: <c>campaigns-to-score-poison</c>, <c>pages-to-fetch-poison</c>, <c>webhooks-to-deliver-poison</c> and <c>webjobs-blobtrigger-poison</c>.</summary>
public sealed class PoisonQueues(StorageAccount account) : IGivenUp
{
    private const int MostAtOnce = 32;

    /// <summary>Shorter than the hour between two runs, longer than a run.</summary>
    private static readonly TimeSpan Hidden = TimeSpan.FromMinutes(50);

    private readonly QueueClient scores = account.Queues.GetQueueClient(QueueNames.CampaignsToScore + "-poison");
    private readonly QueueClient files = account.Queues.GetQueueClient("webjobs-blobtrigger-poison");
    private readonly QueueClient pages = account.Queues.GetQueueClient(QueueNames.PagesToFetch + "-poison");
    private readonly QueueClient tellings = account.Queues.GetQueueClient(QueueNames.WebhooksToDeliver + "-poison");
    private readonly QueueClient scoresAgain = account.Queues.GetQueueClient(QueueNames.CampaignsToScore);
    private readonly QueueClient pagesAgain = account.Queues.GetQueueClient(QueueNames.PagesToFetch);
    private readonly QueueClient tellingsAgain = account.Queues.GetQueueClient(QueueNames.WebhooksToDeliver);

    public async IAsyncEnumerable<GivenUp> TakeAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var (queue, read) in ((QueueClient, Func<QueueMessage, GivenUp>)[])[(scores, ScoresOf), (pages, PageOf), (tellings, TellingOf), (files, FileOf)])
        {
            while (await ReceiveAsync(queue, cancellation) is { Length: > 0 } messages)
                foreach (var message in messages)
                    yield return read(message);
        }
    }

    public async Task RetryAsync(GivenUp.Scores given, CancellationToken cancellation)
    {
        var message = new ScoreMessage(given.Requests, given.Since);
        await scoresAgain.SendMessageAsync(message.ToText(), timeToLive: QueueTimes.Forever, cancellationToken: cancellation);
        await ForgetAsync(given, cancellation);
    }

    public async Task RetryAsync(GivenUp.Page given, CancellationToken cancellation)
    {
        await pagesAgain.SendMessageAsync(PageMessage.Write(given.Asked with { FailingSince = given.Since }), timeToLive: QueueTimes.Forever, cancellationToken: cancellation);
        await ForgetAsync(given, cancellation);
    }

    public async Task RetryAsync(GivenUp.Telling given, CancellationToken cancellation)
    {
        await tellingsAgain.SendMessageAsync(DeliveryMessageText.Write(given.Message with { FailingSince = given.Since }), timeToLive: QueueTimes.Forever, cancellationToken: cancellation);
        await ForgetAsync(given, cancellation);
    }

    public async Task ForgetAsync(GivenUp given, CancellationToken cancellation)
    {
        var message = (QueueMessage)given.Handle;
        try
        {
            await QueueOf(given).DeleteMessageAsync(message.MessageId, message.PopReceipt, cancellation);
        }
        catch (RequestFailedException gone) when (gone.Status is 404)
        {
            // It took longer than the message was hidden, and another run has it now: it finds nothing left to do.
        }
    }

    private QueueClient QueueOf(GivenUp given) => given switch
    {
        GivenUp.File => files,
        GivenUp.Page => pages,
        GivenUp.Telling => tellings,
        _ => scores,
    };

    /// <returns>Nothing where the host has not made the queue, having given up nothing so far.</returns>
    private static async Task<QueueMessage[]> ReceiveAsync(QueueClient queue, CancellationToken cancellation)
    {
        try
        {
            return await queue.ReceiveMessagesAsync(MostAtOnce, Hidden, cancellation);
        }
        catch (RequestFailedException missing) when (missing.ErrorCode == QueueErrorCode.QueueNotFound)
        {
            return [];
        }
    }

    private static GivenUp ScoresOf(QueueMessage message) => ReadOf(message, text =>
    {
        var read = ScoreMessage.Read(text);
        return new GivenUp.Scores(read.Requests, read.FailingSince ?? SinceOf(message), message);
    });

    private static GivenUp PageOf(QueueMessage message) => ReadOf(message, text =>
    {
        var asked = PageMessage.Read(text);
        return new GivenUp.Page(asked, asked.FailingSince ?? SinceOf(message), message);
    });

    private static GivenUp TellingOf(QueueMessage message) => ReadOf(message, text =>
    {
        var read = DeliveryMessageText.Read(text);
        return new GivenUp.Telling(read, read.FailingSince ?? SinceOf(message), message);
    });

    private static GivenUp ReadOf(QueueMessage message, Func<string, GivenUp> read)
    {
        try
        {
            return read(message.Body.ToString());
        }
        catch (FormatException)
        {
            return new GivenUp.Unreadable(message.Body.ToString(), SinceOf(message), message);
        }
    }

    private static GivenUp FileOf(QueueMessage message)
    {
        try
        {
            using var read = JsonDocument.Parse(message.Body);
            if (read.RootElement.GetProperty("ContainerName").GetString() == ContainerNames.Incoming && read.RootElement.GetProperty("BlobName").GetString() is { } name)
                return new GivenUp.File(name, SinceOf(message), message);
        }
        catch (Exception broken) when (broken is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            // As unreadable as one about a container that is not ours.
        }

        return new GivenUp.Unreadable(message.Body.ToString(), SinceOf(message), message);
    }

    private static DateTimeOffset SinceOf(QueueMessage message) => message.InsertedOn ?? DateTimeOffset.MaxValue;
}

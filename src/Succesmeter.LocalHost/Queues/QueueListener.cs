using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Microsoft.Extensions.Logging;
using Succesmeter.LocalHost.Functions;
using Succesmeter.LocalHost.Settings;
using Succesmeter.LocalHost.Storage;

namespace Succesmeter.LocalHost.Queues;

/// <summary>Fetches the messages of one queue in batches and runs its function for each.</summary>
internal sealed partial class QueueListener(
    FunctionMethod function,
    Binding<QueueMessage>[] bindings,
    QueueClient lookOut,
    QueueClient queue,
    QueueClient poison,
    TimeSpan hold,
    FunctionRunner runner,
    QueueSettings settings,
    Drain drain,
    ILogger logger)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);

    private readonly ILogger _logger = logger;
    private readonly HashSet<Task> _running = [];
    private readonly Outage _outage = new($"The queue {queue.Name}", logger);

    public async Task RunAsync()
    {
        var pause = FirstPause;

        while (!drain.NoNewWork.IsCancellationRequested)
        {
            var fetched = 0;

            try
            {
                fetched = await FetchAsync();
                _outage.End();
            }
            catch (OperationCanceledException)
            {
                // The host stops.
            }
            catch (RequestFailedException e) when (e.ErrorCode == QueueErrorCode.QueueNotFound)
            {
                // It may yet be made.
            }
            catch (Exception e) when (e is RequestFailedException or AggregateException)
            {
                _outage.Begin(e);
            }

            if (fetched > 0)
            {
                pause = FirstPause;
                await MakeRoomAsync();
            }
            else
            {
                await drain.PauseAsync(pause);
                pause = pause * 2 < settings.MaxPollingInterval ? pause * 2 : settings.MaxPollingInterval;
            }
        }

        await Task.WhenAll(_running);
    }

    private async Task<int> FetchAsync()
    {
        var asked = TimeProvider.System.GetTimestamp();
        var messages = await lookOut.ReceiveMessagesAsync(settings.BatchSize, hold, drain.NoNewWork);

        foreach (var message in messages.Value)
            _running.Add(ProcessAsync(message, asked));

        return messages.Value.Length;
    }

    /// <summary>Waits until so few are left running that another batch is worth fetching.</summary>
    private async Task MakeRoomAsync()
    {
        _running.RemoveWhere(task => task.IsCompleted);

        while (_running.Count > settings.NewBatchThreshold && !drain.NoNewWork.IsCancellationRequested)
        {
            await Task.WhenAny(_running);
            _running.RemoveWhere(task => task.IsCompleted);
        }
    }

    private async Task ProcessAsync(QueueMessage received, long asked)
    {
        try
        {
            await using var message = new HiddenMessage(queue, received, hold, asked);
            await ProcessAsync(message);
        }
        catch (Exception e)
        {
            // Not the function, whose failures are counted, but the storage; the message shows again by itself.
            LogUnkept(e, function.Name, received.MessageId);
        }
    }

    private async Task ProcessAsync(HiddenMessage message)
    {
        if (message.Message.DequeueCount > settings.MaxDequeueCount)
        {
            await GiveUpAsync(message);
            return;
        }

        if (MessageText.Decode(message.Message.Body, settings.MessagesAreBase64) is not { } body)
        {
            LogUndecodable(queue.Name, message.Message.MessageId);
            await GiveUpAsync(message);
            return;
        }

        try
        {
            await runner.RunAsync(function, bindings, With(message.Message, body), message.Lost);
        }
        catch (DrainedException)
        {
            await message.ShowAfterAsync(TimeSpan.Zero);
            return;
        }
        catch (Exception e) when (message.Lost.IsCancellationRequested)
        {
            LogLost(e, function.Name, message.Message.MessageId);
            return;
        }
        catch (Exception e)
        {
            LogFailed(e, function.Name, message.Message.MessageId, message.Message.DequeueCount, settings.MaxDequeueCount);

            if (message.Message.DequeueCount >= settings.MaxDequeueCount)
                await GiveUpAsync(message);
            else
                await message.ShowAfterAsync(settings.VisibilityTimeout);

            return;
        }

        await message.DeleteAsync();
    }

    /// <remarks>The copy goes first: it may come twice, but it cannot be missing. It is copied as it came, encoded or not.</remarks>
    private async Task GiveUpAsync(HiddenMessage message)
    {
        await poison.SendToNewOrOldAsync(message.Message.Body.ToString(), message.Lost);
        await message.DeleteAsync();
        LogGivenUp(function.Name, message.Message.MessageId, poison.Name);
    }

    private static QueueMessage With(QueueMessage message, BinaryData body) => QueuesModelFactory.QueueMessage(
        message.MessageId, message.PopReceipt, body, message.DequeueCount, message.NextVisibleOn, message.InsertedOn, message.ExpiresOn);

    [LoggerMessage(LogLevel.Error, "{Function} failed on message {Message}, try {Try} of {Tries}")]
    private partial void LogFailed(Exception exception, string function, string message, long @try, int tries);

    [LoggerMessage(LogLevel.Error, "{Function} gave up message {Message}; it is in {Queue}")]
    private partial void LogGivenUp(string function, string message, string queue);

    [LoggerMessage(LogLevel.Error, "Message {Message} of {Queue} is not the Base64 that host.json's messageEncoding asks for")]
    private partial void LogUndecodable(string queue, string message);

    [LoggerMessage(LogLevel.Warning, "{Function} lost its hold of message {Message} and was stopped; it is tried again")]
    private partial void LogLost(Exception exception, string function, string message);

    [LoggerMessage(LogLevel.Warning, "What became of message {Message} in {Function} could not be written down; it shows again")]
    private partial void LogUnkept(Exception exception, string function, string message);
}

using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;

namespace Succesmeter.LocalHost.Queues;

/// <summary>A message that is kept hidden from others as long as it is worked on; a killed host's shows again by itself.</summary>
internal sealed class HiddenMessage : IAsyncDisposable
{
    private readonly QueueClient _queue;
    private readonly TimeSpan _hold;
    private readonly CancellationTokenSource _lost = new();
    private readonly CancellationTokenSource _released = new();
    private readonly Task _prolonging;
    private string _popReceipt;

    /// <param name="queue">Where it is from.</param>
    /// <param name="message">As received.</param>
    /// <param name="hold">How long it was hidden when it was received, and is hidden each time anew.</param>
    /// <param name="received">A timestamp from just before it was asked for.</param>
    public HiddenMessage(QueueClient queue, QueueMessage message, TimeSpan hold, long received)
    {
        _queue = queue;
        Message = message;
        _hold = hold;
        _popReceipt = message.PopReceipt;
        _prolonging = ProlongAsync(received);
    }

    public QueueMessage Message { get; }

    /// <summary>Cancelled when another may have it.</summary>
    public CancellationToken Lost => _lost.Token;

    public async Task DeleteAsync()
    {
        await StopAsync();
        await _queue.DeleteMessageAsync(Message.MessageId, _popReceipt, CancellationToken.None);
    }

    /// <summary>Gives it back to whoever looks after so long.</summary>
    public async Task ShowAfterAsync(TimeSpan pause)
    {
        await StopAsync();
        await _queue.UpdateMessageAsync(Message.MessageId, _popReceipt, visibilityTimeout: pause, cancellationToken: CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _released.Dispose();
        _lost.Dispose();
    }

    private async Task StopAsync()
    {
        await _released.CancelAsync();
        await _prolonging;
    }

    /// <remarks>Visibility runs by the storage's clock, so this waits on the machine's, whatever clock the host was given. The request itself is
    /// not cancelled by a release: it would leave open which receipt holds.</remarks>
    private async Task ProlongAsync(long prolonged)
    {
        var untilLost = _hold * 5 / 6;
        var pause = _hold / 3;

        try
        {
            while (TimeProvider.System.GetElapsedTime(prolonged) is var age && age < untilLost)
            {
                await Task.Delay(pause, _released.Token);
                var asked = TimeProvider.System.GetTimestamp();

                try
                {
                    using var patience = new CancellationTokenSource(untilLost - age);
                    var receipt = await _queue.UpdateMessageAsync(
                        Message.MessageId, _popReceipt, visibilityTimeout: _hold, cancellationToken: patience.Token);
                    _popReceipt = receipt.Value.PopReceipt;
                    prolonged = asked;
                    pause = _hold / 3;
                }
                catch (RequestFailedException e) when (e.Status is 400 or 404)
                {
                    break;
                }
                catch (Exception e) when (e is RequestFailedException or OperationCanceledException or AggregateException)
                {
                    // The storage is away: it may be back in time.
                    pause = _hold / 30;
                }
            }

            await _lost.CancelAsync();
        }
        catch (OperationCanceledException)
        {
            // Released.
        }
    }
}

using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Succesmeter.LocalHost.Storage;

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
        _prolonging = Renewal.KeepAsync(hold, received, TimeProvider.System, ProlongAsync, _lost, _released.Token);
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

    /// <remarks>The request itself is not cancelled by a release: it would leave open which receipt holds.</remarks>
    private async Task<bool> ProlongAsync(CancellationToken patience)
    {
        try
        {
            var receipt = await _queue.UpdateMessageAsync(Message.MessageId, _popReceipt, visibilityTimeout: _hold, cancellationToken: patience);
            _popReceipt = receipt.Value.PopReceipt;
            return true;
        }
        catch (RequestFailedException e) when (e.Status is 400 or 404)
        {
            return false;
        }
    }
}

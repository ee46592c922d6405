using Azure.Storage.Queues;
using Succesmeter.Webhooks;

namespace Succesmeter.Storage.Queues;

/// <summary>Queue <c>webhooks-to-deliver</c>.</summary>
public sealed class StorageDeliveryQueue(StorageAccount account, TimeProvider time) : IDeliveryQueue
{
    private static readonly TimeSpan WhileDown = TimeSpan.FromMinutes(1);

    private readonly QueueClient queue = account.Queues.GetQueueClient(QueueNames.WebhooksToDeliver);

    public async Task SendAsync(DeliveryMessage message, TimeSpan wait, CancellationToken cancellation) =>
        await queue.SendMessageAsync(DeliveryMessageText.Write(message, time.GetUtcNow() + wait), QueueTimes.Hidden(wait), QueueTimes.Forever, cancellation);

    /// <summary>For a message that nothing is wrong with, while storage is down.</summary>
    public Task PutOffAsync(DeliveryMessage message, CancellationToken cancellation) => SendAsync(message, WhileDown, cancellation);
}

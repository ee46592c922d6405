using Azure.Storage.Queues;
using Succesmeter.Visits;

namespace Succesmeter.Storage.Queues;

/// <summary>Queue <c>pages-to-fetch</c>.</summary>
public sealed class StoragePageQueue(StorageAccount account, TimeProvider time) : IPageQueue
{
    private static readonly TimeSpan WhileDown = TimeSpan.FromMinutes(1);

    private readonly QueueClient queue = account.Queues.GetQueueClient(QueueNames.PagesToFetch);

    public async Task SendAsync(PageToFetch page, TimeSpan wait, CancellationToken cancellation) =>
        await queue.SendMessageAsync(PageMessage.Write(page, time.GetUtcNow() + wait), QueueTimes.Hidden(wait), QueueTimes.Forever, cancellation);

    /// <summary>For a message that nothing is wrong with, while storage is down.</summary>
    public Task PutOffAsync(PageToFetch page, CancellationToken cancellation) => SendAsync(page, WhileDown, cancellation);
}

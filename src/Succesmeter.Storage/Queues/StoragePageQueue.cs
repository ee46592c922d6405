using Azure.Storage.Queues;
using Succesmeter.Visits;

namespace Succesmeter.Storage.Queues;

/// <summary>Queue <c>pages-to-fetch</c>.</summary>
public sealed class StoragePageQueue(StorageAccount account) : IPageQueue
{
    /// <summary>A queue hides a message for seven days at most.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(6);

    private static readonly TimeSpan WhileDown = TimeSpan.FromMinutes(1);

    private readonly QueueClient queue = account.Queues.GetQueueClient(QueueNames.PagesToFetch);

    public async Task SendAsync(PageToFetch page, TimeSpan wait, CancellationToken cancellation)
    {
        // The queue counts in whole seconds, and one too many is better than one too few.
        var hidden = TimeSpan.FromSeconds(Math.Ceiling(Math.Clamp(wait.TotalSeconds, 0, Longest.TotalSeconds)));
        await queue.SendMessageAsync(PageMessage.Write(page), hidden, QueueTimes.Forever, cancellation);
    }

    /// <summary>For a message that nothing is wrong with, while storage is down.</summary>
    public Task PutOffAsync(PageToFetch page, CancellationToken cancellation) => SendAsync(page, WhileDown, cancellation);
}

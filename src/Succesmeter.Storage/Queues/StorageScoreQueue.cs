using Azure.Storage.Queues;
using Succesmeter.Scores;

namespace Succesmeter.Storage.Queues;

/// <summary>Queue <c>campaigns-to-score</c>.</summary>
public sealed class StorageScoreQueue(StorageAccount account, TimeProvider time) : IScoreQueue
{
    private const int SentAtOnce = 16;

    private static readonly TimeSpan WhileDown = TimeSpan.FromMinutes(1);

    private readonly QueueClient queue = account.Queues.GetQueueClient(QueueNames.CampaignsToScore);

    public Task SendAsync(IReadOnlyCollection<ScoreRequest> requests, TimeSpan delay, CancellationToken cancellation) =>
        Parallel.ForEachAsync(
            ScoreMessage.Pack(requests),
            new ParallelOptions { MaxDegreeOfParallelism = SentAtOnce, CancellationToken = cancellation },
            async (message, stop) => await SendAsync(message, delay, stop));

    /// <summary>For a message that nothing is wrong with, while something else is down.</summary>
    public Task PutOffAsync(ScoreMessage message, CancellationToken cancellation) => SendAsync(message, WhileDown, cancellation);

    private async Task SendAsync(ScoreMessage message, TimeSpan delay, CancellationToken cancellation) =>
        await queue.SendMessageAsync(message.ToText(time.GetUtcNow() + delay), delay, QueueTimes.Forever, cancellation);
}

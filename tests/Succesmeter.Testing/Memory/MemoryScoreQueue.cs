using System.Collections.Concurrent;
using Succesmeter.Scores;

namespace Succesmeter.Testing.Memory;

/// <summary>Remembers what was sent, delays included.</summary>
public sealed class MemoryScoreQueue : IScoreQueue
{
    public ConcurrentQueue<(ScoreRequest Request, TimeSpan Delay)> Sent { get; } = new();

    public Task SendAsync(IReadOnlyCollection<ScoreRequest> requests, TimeSpan delay, CancellationToken cancellation)
    {
        foreach (var request in requests)
            Sent.Enqueue((request, delay));
        return Task.CompletedTask;
    }
}

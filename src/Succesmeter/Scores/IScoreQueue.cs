namespace Succesmeter.Scores;

/// <summary>Campaigns that wait to be scored.</summary>
public interface IScoreQueue
{
    /// <param name="requests">Packed, in order, into as few messages as fit; each may be sent twice.</param>
    /// <param name="delay">How long the messages stay hidden.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    Task SendAsync(IReadOnlyCollection<ScoreRequest> requests, TimeSpan delay, CancellationToken cancellation);
}

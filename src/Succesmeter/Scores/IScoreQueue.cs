namespace Succesmeter.Scores;

/// <summary>Campaigns that wait to be scored.</summary>
public interface IScoreQueue
{
    /// <param name="request">May be sent twice.</param>
    /// <param name="delay">How long the message stays hidden.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    Task SendAsync(ScoreRequest request, TimeSpan delay, CancellationToken cancellation);
}

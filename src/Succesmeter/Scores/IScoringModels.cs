namespace Succesmeter.Scores;

/// <summary>Where the model in force comes from.</summary>
public interface IScoringModels
{
    /// <returns>Null when no model can be had at the moment.</returns>
    ValueTask<ScoringModel?> CurrentAsync(CancellationToken cancellation);
}

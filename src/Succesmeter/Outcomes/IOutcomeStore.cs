using Succesmeter.Campaigns;

namespace Succesmeter.Outcomes;

/// <summary>Keeps what was derived from the histories of finished campaigns, so that no history is read twice.</summary>
public interface IOutcomeStore
{
    /// <summary>Empty where nothing was kept, or what was kept was made of other features.</summary>
    Task<StoredOutcomes> LoadAsync(PlatformId platform, CancellationToken cancellation);

    /// <returns>As they are now stored; null when someone else changed them meanwhile: load again.</returns>
    Task<StoredOutcomes?> PutAsync(PlatformOutcomes outcomes, string? replaced, CancellationToken cancellation);
}

/// <param name="Outcomes">As kept.</param>
/// <param name="Version">What the store compares when it is replaced; null where nothing is kept.</param>
public sealed record StoredOutcomes(PlatformOutcomes Outcomes, string? Version);

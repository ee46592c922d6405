using Succesmeter.Campaigns;

namespace Succesmeter.Aftercare;

/// <summary>What holders said after the end: one answer a campaign and wave. Every write may be repeated.</summary>
public interface IAftercareStore
{
    Task<AftercareAnswer?> FindAsync(PlatformId platform, string campaign, Wave wave, CancellationToken cancellation);

    /// <summary>Takes the place of what was said of the same campaign and wave, by the rule of <see cref="AftercareAnswer.After"/>.</summary>
    /// <returns>As it is now kept.</returns>
    Task<AftercareAnswer> PutAsync(PlatformId platform, AftercareAnswer answer, CancellationToken cancellation);

    /// <summary>A platform's answers, in order of campaign and wave.</summary>
    Task<IReadOnlyList<AftercareAnswer>> ReadAsync(PlatformId platform, CancellationToken cancellation);
}

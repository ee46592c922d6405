namespace Succesmeter.Campaigns;

/// <summary>What lists show of a platform, as it stood at one moment: whoever turns pages turns those of one version.</summary>
public interface ICampaignLists
{
    /// <summary>The platforms that have lists, as they were at most <see cref="ListOptions.Age"/> ago.</summary>
    Task<IReadOnlyList<PlatformId>> PlatformsAsync(CancellationToken cancellation);

    /// <summary>The newest version, at most <see cref="ListOptions.Age"/> old.</summary>
    Task<ListVersion> NewestAsync(PlatformId platform, CancellationToken cancellation);

    /// <returns>Null when it is kept no longer, or never was.</returns>
    Task<ListVersion?> FindAsync(PlatformId platform, string version, CancellationToken cancellation);
}

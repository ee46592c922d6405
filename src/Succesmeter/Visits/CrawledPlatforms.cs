using System.Collections.Frozen;
using Succesmeter.Campaigns;

namespace Succesmeter.Visits;

/// <summary>The platforms that this deployment crawls, by id.</summary>
/// <exception cref="ArgumentException">Two of them have one id.</exception>
public sealed class CrawledPlatforms(IEnumerable<ICrawledPlatform> platforms)
{
    private readonly FrozenDictionary<PlatformId, ICrawledPlatform> byId = Unique(platforms).ToFrozenDictionary(platform => platform.Platform);

    public IEnumerable<ICrawledPlatform> All => byId.Values.OrderBy(platform => platform.Platform.Value, StringComparer.Ordinal);

    public ICrawledPlatform? Find(PlatformId platform) => byId.GetValueOrDefault(platform);

    private static List<ICrawledPlatform> Unique(IEnumerable<ICrawledPlatform> platforms)
    {
        var all = platforms.ToList();
        var twice = all.GroupBy(platform => platform.Platform).FirstOrDefault(group => group.Count() > 1);
        return twice is null ? all : throw new ArgumentException($"The platform '{twice.Key}' is crawled in two ways.", nameof(platforms));
    }
}

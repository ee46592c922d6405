using Succesmeter.Campaigns;

namespace Succesmeter.LocalHost.Demo;

/// <summary>The town's clock for the town, the real one for every other platform.</summary>
internal sealed class TownClocks(TownClock town, TimeProvider time) : IPlatformClocks
{
    public PlatformClock Of(PlatformId platform) =>
        platform.Value == Town.Platform ? new(town.Now, town.Speed) : new(time.GetUtcNow(), 1);
}

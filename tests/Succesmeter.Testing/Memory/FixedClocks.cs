using System.Collections.Concurrent;
using Succesmeter.Campaigns;

namespace Succesmeter.Testing.Memory;

/// <summary>Campaign clocks that stand where a test puts them.</summary>
/// <param name="now">Of every platform that has none of its own.</param>
public sealed class FixedClocks(DateTimeOffset now) : IPlatformClocks
{
    private readonly ConcurrentDictionary<PlatformId, PlatformClock> _own = new();

    public DateTimeOffset Now { get; set; } = now;

    public FixedClocks With(PlatformId platform, DateTimeOffset at, double speed = 1)
    {
        _own[platform] = new PlatformClock(at, speed);
        return this;
    }

    public PlatformClock Of(PlatformId platform) => _own.TryGetValue(platform, out var own) ? own : new PlatformClock(Now, Speed: 1);
}

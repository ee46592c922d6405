using Succesmeter.Campaigns;

namespace Succesmeter.Testing.Memory;

/// <summary>Every platform in UTC.</summary>
public sealed class UtcZones : IPlatformZones
{
    public TimeZoneInfo Of(PlatformId platform) => TimeZoneInfo.Utc;
}

using System.Collections.Frozen;
using Microsoft.Extensions.Options;
using Succesmeter.Campaigns;

namespace Succesmeter.Platforms;

/// <summary>The zones of platforms that are known by name, as configuration extends them; UTC for any other.</summary>
public sealed class PlatformZones : IPlatformZones
{
    private static readonly (string Platform, string Zone)[] Known =
    [
        ("growfunding", "Europe/Brussels"),
        ("goteo", "Europe/Madrid"),
        ("ulule", "Europe/Paris"),
        ("voorjebuurt", "Europe/Amsterdam"),
        ("justgiving", "Europe/London"),
        ("gofundme", "Europe/London"),
        ("virginmoneygiving", "Europe/London"),
        ("kickstarter", "America/New_York"),
    ];

    private readonly FrozenDictionary<string, TimeZoneInfo> zones;

    public PlatformZones(IOptions<PlatformOptions> options)
    {
        var all = Known.ToDictionary(known => known.Platform, known => TimeZoneInfo.FindSystemTimeZoneById(known.Zone), StringComparer.Ordinal);
        foreach (var (platform, zone) in options.Value.Zones)
            all[platform.ToLowerInvariant()] = TimeZoneInfo.FindSystemTimeZoneById(zone);
        zones = all.ToFrozenDictionary(StringComparer.Ordinal);
    }

    public TimeZoneInfo Of(PlatformId platform) => zones.GetValueOrDefault(platform.Value, TimeZoneInfo.Utc);
}

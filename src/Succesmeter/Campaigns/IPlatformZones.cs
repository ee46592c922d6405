namespace Succesmeter.Campaigns;

/// <summary>In which zone a platform's days begin and its times without a zone are read.</summary>
public interface IPlatformZones
{
    TimeZoneInfo Of(PlatformId platform);
}

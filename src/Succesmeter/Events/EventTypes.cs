namespace Succesmeter.Events;

/// <summary>The types of event as clients see them.</summary>
public static class EventTypes
{
    public const string Discovered = "campaign.discovered";
    public const string MilestoneReached = "milestone.reached";
    public const string ForecastTurned = "forecast.turned";

    /// <summary>The verdict on emergence was self-sustaining on two days in a row.</summary>
    public const string CommunityIgnited = "community.ignited";
    public const string Ended = "campaign.ended";

    /// <summary>A fifth of a platform's pages cannot be read.</summary>
    public const string PlatformBroken = "platform.broken";
}

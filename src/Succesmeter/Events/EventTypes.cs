using System.Collections.Immutable;

namespace Succesmeter.Events;

/// <summary>The types of event as clients see them.</summary>
public static class EventTypes
{
    public const string Discovered = "campaign.discovered";
    public const string MilestoneReached = "milestone.reached";
    public const string ForecastTurned = "forecast.turned";

    /// <summary>At the pace of the last week the goal will be missed by far.</summary>
    public const string PaceBehind = "pace.behind";

    /// <summary>A backer's comment has waited three days for an answer.</summary>
    public const string DialogueStalled = "dialogue.stalled";

    /// <summary>The verdict on emergence was self-sustaining on two days in a row.</summary>
    public const string CommunityIgnited = "community.ignited";
    public const string Ended = "campaign.ended";

    /// <summary>A fifth of a platform's pages cannot be read.</summary>
    public const string PlatformBroken = "platform.broken";

    /// <summary>Nothing happened: an endpoint is asked whether it answers.</summary>
    public const string TestPing = "test.ping";

    /// <summary>Those that can be subscribed to; who names none hears of all.</summary>
    public static ImmutableArray<string> All { get; } =
        [Discovered, MilestoneReached, ForecastTurned, PaceBehind, DialogueStalled, CommunityIgnited, Ended, PlatformBroken];
}

using Succesmeter.Campaigns;

namespace Succesmeter.Events;

/// <summary>Something that happened to a campaign and is told once.</summary>
/// <param name="Campaign">To whom.</param>
/// <param name="Type">One of <see cref="EventTypes"/>.</param>
/// <param name="Level">What tells two events of one type apart: the milestone in per cent, the new status; empty where there is only one.</param>
/// <param name="Episode">From 1; the how-manieth time this level was entered.</param>
/// <param name="AsOf">The instant of the score that caused it.</param>
public sealed record CampaignEvent(CampaignId Campaign, string Type, string Level, int Episode, DateTimeOffset AsOf)
{
    /// <summary>Derived from what happened, so that the same happening has the same id on every host and in every retry.</summary>
    public string Id => Level.Length == 0 ? $"{Campaign}:{Type}:{Episode}" : $"{Campaign}:{Type}:{Level}:{Episode}";

    /// <summary>Pledged as a share of the goal at <see cref="AsOf"/>.</summary>
    public double? GoalShare { get; init; }

    public double? Probability { get; init; }

    /// <summary>What the level was before, where that says something.</summary>
    public string? Before { get; init; }
}

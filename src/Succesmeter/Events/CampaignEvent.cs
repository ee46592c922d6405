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

    /// <summary>The campaign's events are numbered from 1 in the order in which they are told, so that who hears of them in another order can tell; 0 for those told before they were numbered.</summary>
    public int Number { get; init; }

    /// <summary>The campaign's, as of then; its id where there is none.</summary>
    public string? Title { get; init; }

    /// <summary>In major units of <see cref="Currency"/>, or orders.</summary>
    public decimal? Pledged { get; init; }

    public decimal? Goal { get; init; }

    /// <summary>ISO 4217; null where the goal counts orders, or nothing is known.</summary>
    public string? Currency { get; init; }

    public int? Backers { get; init; }

    /// <summary>Pledged as a share of the goal at <see cref="AsOf"/>.</summary>
    public double? GoalShare { get; init; }

    public double? Probability { get; init; }

    /// <summary>ok, low, abstain; null without a score.</summary>
    public string? Confidence { get; init; }

    /// <summary>What the level was before, where that says something.</summary>
    public string? Before { get; init; }

    /// <summary>In major units a day, over the last week; with <see cref="EventTypes.PaceBehind"/>.</summary>
    public double? PacePerDay { get; init; }

    /// <summary>In major units a day until the end; with <see cref="EventTypes.PaceBehind"/>.</summary>
    public double? NeededPerDay { get; init; }

    /// <summary>Backers' comments that wait for an answer; with <see cref="EventTypes.DialogueStalled"/>.</summary>
    public int? OpenComments { get; init; }
}

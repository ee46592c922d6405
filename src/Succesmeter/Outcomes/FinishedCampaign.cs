using System.Collections.Immutable;
using Succesmeter.Advice;
using Succesmeter.Campaigns;
using Succesmeter.Forecasts;
using Succesmeter.Networks;
using Succesmeter.Social;

namespace Succesmeter.Outcomes;

/// <summary>What a campaign that is over teaches: how it ended, its course, and some looks at it from when it was open. Small, so that its history is read once.</summary>
public sealed record FinishedCampaign
{
    /// <summary>On its platform.</summary>
    public required string Name { get; init; }

    /// <summary>Of the listing that this was derived from: a listing with another one is news.</summary>
    public required long Sequence { get; init; }

    public required DateTimeOffset EndedAt { get; init; }

    /// <summary>False: the last that was seen of it lies before its end, so nobody knows. It is kept in order not to be read again.</summary>
    public required bool IsKnown { get; init; }

    public bool AllOrNothing { get; init; }

    public double PlannedDays { get; init; }

    /// <summary>When it reached its goal, as a share of its time; null where it did not.</summary>
    public double? ReachedAtShare { get; init; }

    /// <summary>Pledged at the end as a ratio of the goal.</summary>
    public double FinalRatio { get; init; }

    /// <summary>Decimal logarithm of the goal in euros; null where it cannot be sized.</summary>
    public double? GoalSize { get; init; }

    public string? Category { get; init; }

    /// <summary>At each twentieth of the time, as in <see cref="PastCurve.Ratios"/>; empty where the beginning was not seen.</summary>
    public ImmutableArray<double> Ratios { get; init; } = [];

    /// <summary>In order of time; none where it was never seen open.</summary>
    public ImmutableArray<Look> Looks { get; init; } = [];

    /// <summary>How it looked to the social profile on the days of the tables; null where its goal cannot be compared.</summary>
    public SocialCourse? Social { get; init; }

    /// <summary>How it ended apart from money; null where nobody knows how it ended.</summary>
    public SocialEnd? End { get; init; }

    /// <summary>What its donors did before and after, as it may be shown; written by whoever reads the network, kept when the rest is derived anew.</summary>
    public DonorOutcome? Donors { get; init; }

    /// <summary>What its holder did and how it stood then, for the evidence behind advice; null where no act can be seen.</summary>
    public LeverCourse? Levers { get; init; }

    /// <summary>What the platform report counts of it; null where it was never seen.</summary>
    public CampaignYield? Yield { get; init; }

    public bool Reached => ReachedAtShare is not null;

    /// <summary>Whether a campaign can be asked how it ended: over, with a goal and a launch. What a cancelled one would have come to nobody knows.</summary>
    public static bool IsOver(CampaignListing listing) =>
        listing is { Status: CampaignStatus.Succeeded or CampaignStatus.Failed, AwaitsFacts: false, Goal: > 0, LaunchedAt: not null, Horizon: not null }
        && listing.Funding != FundingModel.Recurring;

    /// <summary>When it was over: at its horizon, or before, where the platform says so.</summary>
    public static DateTimeOffset EndOf(CampaignListing listing) => listing.Horizon is { } end && end < listing.AsOf ? end : listing.AsOf;

    /// <summary>How it ended beside what the given model said, or would have said.</summary>
    public PlatformOutcome OutcomeBy(ForecastModel model) =>
        new(ReachedAtShare, [.. Looks.Select(look => new SaidThen(look.ElapsedShare, look.LogOddsBy(model)))]);
}

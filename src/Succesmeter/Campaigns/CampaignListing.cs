namespace Succesmeter.Campaigns;

/// <summary>A campaign as lists show it: derived from its record, one row a campaign.</summary>
public sealed record CampaignListing
{
    public required CampaignId Campaign { get; init; }

    /// <summary>Of the record that this was derived from.</summary>
    public required long Sequence { get; init; }

    public required string Title { get; init; }

    public string? Url { get; init; }

    public required CampaignStatus Status { get; init; }

    /// <summary>Goal or launch is not known yet, so nothing is scored.</summary>
    public required bool AwaitsFacts { get; init; }

    /// <summary>The instant of the newest entry, snapshot or tick.</summary>
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>When the newest snapshot was taken.</summary>
    public required DateTimeOffset TakenAt { get; init; }

    public string? Currency { get; init; }

    public decimal? Goal { get; init; }

    public GoalUnit GoalUnit { get; init; }

    public decimal? Pledged { get; init; }

    public int? Backers { get; init; }

    public DateTimeOffset? LaunchedAt { get; init; }

    /// <summary>The declared end or the assumed horizon.</summary>
    public DateTimeOffset? Horizon { get; init; }

    public bool HorizonIsAssumed { get; init; }

    public FundingModel? Funding { get; init; }

    public string? Category { get; init; }

    /// <summary>The first that the campaign is told in.</summary>
    public string? Language { get; init; }

    public string? Place { get; init; }

    /// <summary>In degrees, where the platform shows a point.</summary>
    public double? Latitude { get; init; }

    public double? Longitude { get; init; }

    /// <summary>Null while facts are awaited.</summary>
    public Scores.ScoreSummary? Score { get; init; }

    /// <summary>It is live and its forecast, one that does not abstain, is not good. A score says so, so it is for who may read scores.</summary>
    public bool NeedsAttention => Status == CampaignStatus.Live && Score is { Confidence: not "abstain", Status: "behind" or "uncertain" or "unlikely" };
}

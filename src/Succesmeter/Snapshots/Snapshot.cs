using Succesmeter.Campaigns;

namespace Succesmeter.Snapshots;

/// <summary>
/// What a source showed of one campaign at one instant (schema <c>succesmeter/snapshot/1</c>). A correction is a new snapshot of the same instant.
/// What the source did not show is null; no donor's name is in here, only pseudonyms.
/// </summary>
public sealed record Snapshot
{
    public required CampaignId Campaign { get; init; }

    /// <summary>UTC, to the millisecond.</summary>
    public required DateTimeOffset TakenAt { get; init; }

    public CampaignStatus? Status { get; init; }

    public string? Title { get; init; }

    /// <summary>The project holder's id or name as public on the platform (a holder is not a donor).</summary>
    public string? Holder { get; init; }

    public string? Url { get; init; }

    /// <summary>ISO 639-1 codes, lower case, as declared.</summary>
    public IReadOnlyList<string> Languages { get; init; } = [];

    public string? Category { get; init; }

    public string? Place { get; init; }

    public double? Latitude { get; init; }

    public double? Longitude { get; init; }

    /// <summary>ISO 4217, upper case.</summary>
    public string? Currency { get; init; }

    /// <summary>Above zero; in <see cref="Currency"/>, or in orders when <see cref="GoalUnit"/> says so.</summary>
    public decimal? Goal { get; init; }

    public decimal? StretchGoal { get; init; }

    public GoalUnit? GoalUnit { get; init; }

    public FundingModel? Funding { get; init; }

    public Moment? LaunchedAt { get; init; }

    public Moment? EndsAt { get; init; }

    /// <summary>Total so far, zero or more. Null only where <see cref="Members"/> stands instead.</summary>
    public decimal? Pledged { get; init; }

    public int? Backers { get; init; }

    public int? Comments { get; init; }

    public int? Updates { get; init; }

    public int? Followers { get; init; }

    public int? Shares { get; init; }

    public int? Collaborators { get; init; }

    /// <summary>Giving may reveal religion, politics, health or orientation: the campaign stays out of the network.</summary>
    public bool? Sensitive { get; init; }

    public string? Description { get; init; }

    public IReadOnlyList<Reward> Rewards { get; init; } = [];

    public Needs? Needs { get; init; }

    public Members? Members { get; init; }

    /// <summary>How <see cref="Contributions"/> is to be read; null when no list was shown.</summary>
    public ContributionsAre? ContributionsAre { get; init; }

    public IReadOnlyList<Contribution> Contributions { get; init; } = [];

    /// <summary>Null when the source shows no list of who gave.</summary>
    public IReadOnlyList<Supporter>? Supporters { get; init; }

    /// <summary>Null when the source shows no comments themselves (their number may still be in <see cref="Comments"/>).</summary>
    public IReadOnlyList<Comment>? CommentList { get; init; }

    public IReadOnlyList<HolderAction> Actions { get; init; } = [];

    /// <summary>The list of actions is complete.</summary>
    public bool? ActionLogKept { get; init; }
}

/// <param name="Title">As shown.</param>
/// <param name="Price">In the campaign's currency.</param>
/// <param name="Claimed">How often taken.</param>
/// <param name="Limit">How many there are.</param>
public sealed record Reward(string? Title, decimal? Price, int? Claimed, int? Limit);

/// <summary>In-kind help asked and found.</summary>
public sealed record Needs(int Asked, int Filled);

/// <summary>Recurring support: those giving now, and how many began and stopped since the launch.</summary>
public sealed record Members(int Active, int? Started, int? Stopped);

/// <summary>What a list of contributions claims to be.</summary>
public enum ContributionsAre
{
    /// <summary>Everything so far: one that vanished counts as withdrawn.</summary>
    All,

    /// <summary>Everything since the previous snapshot.</summary>
    New,

    /// <summary>The newest some; what lies before is unknown.</summary>
    Recent,
}

/// <summary>How surely two gifts of one name are one person's.</summary>
public enum IdentityQuality
{
    /// <summary>An account id: observed.</summary>
    Account,

    /// <summary>A full name: bounded, since two people may share it.</summary>
    FullName,

    /// <summary>A first name: tells nobody apart.</summary>
    FirstName,
}

/// <summary>One gift.</summary>
public sealed record Contribution
{
    /// <summary>The platform's id of the gift, where it shows one.</summary>
    public string? Id { get; init; }

    public Moment? At { get; init; }

    /// <summary>In the campaign's currency; null when hidden.</summary>
    public decimal? Amount { get; init; }

    /// <summary>Null for an anonymous gift.</summary>
    public Pseudonym? Donor { get; init; }

    public IdentityQuality? Identity { get; init; }

    public bool Anonymous { get; init; }

    /// <summary>Characters of the message left with the gift; the message itself is never kept.</summary>
    public int? MessageLength { get; init; }

    public string? Place { get; init; }

    public bool RewardWaived { get; init; }

    /// <summary>Who stands behind the gift: 25 for an envelope of 25 neighbours.</summary>
    public int People { get; init; } = 1;
}

/// <summary>Who gave, where the gifts themselves are not shown.</summary>
public sealed record Supporter(Pseudonym? Donor, IdentityQuality? Identity, bool Anonymous, Moment? FirstSeen);

/// <param name="Id">The platform's id of the comment.</param>
/// <param name="At">When it was written.</param>
/// <param name="By">backer, holder, other; null where the source does not say.</param>
/// <param name="Author">A pseudonym; the holder's comments have none.</param>
/// <param name="Answers">The id of the comment that this one answers.</param>
public sealed record Comment(string? Id, Moment? At, CommentAuthor? By, Pseudonym? Author, string? Answers);

public enum CommentAuthor
{
    Backer,
    Holder,
    Other,
}

/// <summary>What the holder did to reach people.</summary>
public sealed record HolderAction(Moment At, ActionKind Kind);

public enum ActionKind
{
    Mail,
    Press,
    Event,
    Social,
    Update,
    Thanks,
    Other,
}

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

    /// <summary>Every pseudonym that is in it, of gifts, support and comments; one may come several times.</summary>
    public IEnumerable<Pseudonym> Donors => Contributions.Select(static gift => gift.Donor)
        .Concat(Supporters?.Select(static giver => giver.Donor) ?? [])
        .Concat(CommentList?.Select(static comment => comment.Author) ?? [])
        .OfType<Pseudonym>();

    /// <summary>The snapshot with other pseudonyms in the place of those that are in it.</summary>
    public Snapshot WithDonors(Func<Pseudonym, Pseudonym> other) => this with
    {
        Contributions = [.. Contributions.Select(gift => gift with { Donor = gift.Donor is { } donor ? other(donor) : null })],
        Supporters = Supporters is null ? null : [.. Supporters.Select(giver => giver with { Donor = giver.Donor is { } donor ? other(donor) : null })],
        CommentList = CommentList is null ? null : [.. CommentList.Select(comment => comment with { Author = comment.Author is { } author ? other(author) : null })],
    };

    /// <summary>Whether somebody for whom a tombstone stands is in it.</summary>
    public bool Names(ErasedDonors erased) => erased.Count > 0 && Donors.Any(erased.Contains);

    /// <summary>
    /// The snapshot as it may be kept: gifts, support and comments of some donors are those of nobody known, and what the holder gave carries the mark instead of a
    /// pseudonym, which beside the holder's public name would tell whose it is. Where somebody lives who was erased goes as well.
    /// </summary>
    /// <param name="erased">For whom a tombstone stands.</param>
    public Snapshot Kept(ErasedDonors erased)
    {
        return this with
        {
            Contributions = Contributions.Any(gift => gift.ByHolder || IsGone(gift.Donor))
                ? [.. Contributions.Select(gift => IsGone(gift.Donor) ? gift with { Donor = null, Anonymous = true, ByHolder = false, Place = null } : gift.ByHolder ? gift with { Donor = null } : gift)]
                : Contributions,
            Supporters = Supporters?.Any(giver => IsGone(giver.Donor)) == true
                ? [.. Supporters.Select(giver => IsGone(giver.Donor) ? giver with { Donor = null, Anonymous = true } : giver)]
                : Supporters,
            CommentList = CommentList?.Any(comment => IsGone(comment.Author)) == true
                ? [.. CommentList.Select(comment => IsGone(comment.Author) ? comment with { Author = null } : comment)]
                : CommentList,
        };

        bool IsGone(Pseudonym? donor) => donor is { } known && erased.Contains(known);
    }

    /// <summary>By content, lists item by item: a record alone would compare its lists by reference.</summary>
    public bool Equals(Snapshot? other) =>
        ReferenceEquals(this, other)
        || (other is not null
            && Campaign == other.Campaign
            && TakenAt == other.TakenAt
            && Status == other.Status
            && Title == other.Title
            && Holder == other.Holder
            && Url == other.Url
            && AreEqual(Languages, other.Languages)
            && Category == other.Category
            && Place == other.Place
            && Latitude == other.Latitude
            && Longitude == other.Longitude
            && Currency == other.Currency
            && Goal == other.Goal
            && StretchGoal == other.StretchGoal
            && GoalUnit == other.GoalUnit
            && Funding == other.Funding
            && LaunchedAt == other.LaunchedAt
            && EndsAt == other.EndsAt
            && Pledged == other.Pledged
            && Backers == other.Backers
            && Comments == other.Comments
            && Updates == other.Updates
            && Followers == other.Followers
            && Shares == other.Shares
            && Collaborators == other.Collaborators
            && Sensitive == other.Sensitive
            && Description == other.Description
            && AreEqual(Rewards, other.Rewards)
            && Needs == other.Needs
            && Members == other.Members
            && ContributionsAre == other.ContributionsAre
            && AreEqual(Contributions, other.Contributions)
            && AreEqual(Supporters, other.Supporters)
            && AreEqual(CommentList, other.CommentList)
            && AreEqual(Actions, other.Actions)
            && ActionLogKept == other.ActionLogKept);

    public override int GetHashCode() => HashCode.Combine(Campaign, TakenAt, Pledged, Backers, Goal, Contributions.Count);

    private static bool AreEqual<T>(IReadOnlyList<T>? left, IReadOnlyList<T>? right)
    {
        if (left is null || right is null || left.Count != right.Count)
            return left is null && right is null;

        for (var i = 0; i < left.Count; i++)
            if (!EqualityComparer<T>.Default.Equals(left[i], right[i]))
                return false;

        return true;
    }
}

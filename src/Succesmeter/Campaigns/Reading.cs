using Succesmeter.Snapshots;

namespace Succesmeter.Campaigns;

/// <summary>The totals that one snapshot showed; what it did not show is null.</summary>
public sealed record Reading
{
    public required DateTimeOffset At { get; init; }

    /// <summary>In minor units of the campaign's currency; null for recurring support.</summary>
    public long? PledgedMinor { get; init; }

    public int? Backers { get; init; }

    public int? Comments { get; init; }

    public int? Updates { get; init; }

    public int? Followers { get; init; }

    public int? Shares { get; init; }

    public int? Collaborators { get; init; }

    public Needs? Needs { get; init; }

    public Members? Members { get; init; }

    public static Reading Of(Snapshot snapshot, string? currency) => new()
    {
        At = snapshot.TakenAt,
        PledgedMinor = snapshot.Pledged is { } pledged ? Money.ToMinor(pledged, currency) : null,
        Backers = snapshot.Backers,
        Comments = snapshot.Comments,
        Updates = snapshot.Updates,
        Followers = snapshot.Followers,
        Shares = snapshot.Shares,
        Collaborators = snapshot.Collaborators,
        Needs = snapshot.Needs,
        Members = snapshot.Members,
    };
}

using Succesmeter.Snapshots;

namespace Succesmeter.Campaigns;

/// <summary>Of what a page may cease to show, the last that it did show: an indicator that was seen once does not get better by being hidden.</summary>
public sealed record LastShown
{
    public static readonly LastShown None = new();

    /// <summary>A page that has not shown a thing for so long has hidden it; shorter gaps come from visits that look at less.</summary>
    public static readonly TimeSpan UntilHidden = TimeSpan.FromDays(7);

    public int? Backers { get; init; }

    public Needs? Needs { get; init; }

    /// <summary>The most that was ever asked: to ask for less later fills nothing.</summary>
    public int MostAsked { get; init; }

    public DateTimeOffset? NeedsAt { get; init; }

    public int? Collaborators { get; init; }

    /// <summary>How many comments there are, by the page's own count.</summary>
    public int? Comments { get; init; }

    /// <summary>The total that stood beside the newest list of gifts; while it stands the list is still whole.</summary>
    public long? PledgedAtListMinor { get; init; }

    internal LastShown With(Snapshot snapshot, Reading reading) => this with
    {
        Backers = reading.Members?.Active ?? reading.Backers ?? Backers,
        Needs = reading.Needs ?? Needs,
        MostAsked = Math.Max(MostAsked, reading.Needs?.Asked ?? 0),
        NeedsAt = reading.Needs is null ? NeedsAt : reading.At,
        Collaborators = reading.Collaborators ?? Collaborators,
        Comments = reading.Comments ?? Comments,
        PledgedAtListMinor = snapshot.ContributionsAre is null ? PledgedAtListMinor : reading.PledgedMinor,
    };
}

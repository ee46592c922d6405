using Succesmeter.Campaigns;

namespace Succesmeter.Social;

/// <summary>Who gave, as far as a campaign's state knows: its gifts, and the totals that its snapshots show beside them.</summary>
public sealed record Crowd
{
    /// <summary>Merged, in any order, without those that were withdrawn.</summary>
    public IReadOnlyList<Gift> Gifts { get; init; } = [];

    /// <summary>Together with <see cref="Sealed"/> the gifts are all there were, not just the newest.</summary>
    public bool ListIsComplete { get; init; }

    /// <summary>Null when none were sealed away.</summary>
    public SealedGivers? Sealed { get; init; }

    /// <summary>The newest total in major units; null when unknown.</summary>
    public decimal? Pledged { get; init; }

    /// <summary>The newest number of backers (or of gifts, where a source counts those); null when the source shows neither.</summary>
    public int? Backers { get; init; }

    /// <summary>The same number as it was seven days before the instant of scoring, zero before the launch; null when unknown.</summary>
    public int? BackersAWeekAgo { get; init; }

    /// <summary>The first snapshot's instant: gifts without a time of their own that it already showed came some time before.</summary>
    public DateTimeOffset? ObservedSince { get; init; }
}

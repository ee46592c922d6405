using System.Collections.Immutable;
using Succesmeter.Campaigns;
using Succesmeter.Events;

namespace Succesmeter.Histories;

/// <summary>
/// What is kept of a campaign as a whole: the state as of the newest folded instant, what was told, and where the work stands.
/// While <see cref="FoldedThrough"/> lies before <see cref="KnownThrough"/> a replay is under way and the entries between are next.
/// </summary>
public sealed record CampaignRecord
{
    public required CampaignState State { get; init; }

    /// <summary>The instant of the newest entry, snapshot or tick, that is folded into the state.</summary>
    public DateTimeOffset? FoldedThrough { get; init; }

    /// <summary>The instant of the newest entry in the history.</summary>
    public DateTimeOffset? KnownThrough { get; init; }

    /// <summary>The newest snapshots in short, in order of time.</summary>
    public ImmutableArray<RecentSnapshot> Recent { get; init; } = [];

    /// <summary>What was told already; a replay neither withdraws nor repeats it.</summary>
    public ToldEvents Told { get; init; } = ToldEvents.None;

    /// <summary>Events whose delivery messages are not known to be sent.</summary>
    public ImmutableArray<CampaignEvent> UnsentEvents { get; init; } = [];

    /// <summary>The score of the newest entry as UTF-8 JSON, as the API serves it; null while facts are awaited.</summary>
    public ReadOnlyMemory<byte>? LatestScore { get; init; }

    /// <summary>The summary of <see cref="LatestScore"/>.</summary>
    public Scores.ScoreSummary? LatestSummary { get; init; }

    /// <summary>Pseudonyms that have not expired may be in the history.</summary>
    public bool NamesDonors { get; init; }

    /// <summary>Grows by one with every change; what is derived elsewhere carries it, so that an older writer never overwrites a newer.</summary>
    public long Sequence { get; init; }

    public bool IsReplaying => FoldedThrough != KnownThrough;

    /// <summary>
    /// The record when entries of its history were rewritten: all of them are to be folded anew, from the beginning. What is shown of the campaign stands until that is done, and what was told
    /// is not told again.
    /// </summary>
    public CampaignRecord ToReplay() => this with { State = CampaignState.Of(State.Campaign), FoldedThrough = null, Recent = [], NamesDonors = false, Sequence = Sequence + 1 };

    public static CampaignRecord Of(CampaignId campaign) => new() { State = CampaignState.Of(campaign) };
}

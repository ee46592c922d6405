using Succesmeter.Campaigns;
using Succesmeter.Events;
using Succesmeter.Forecasts;
using Succesmeter.Scores;
using Succesmeter.Snapshots;

namespace Succesmeter.Histories;

/// <summary>What one more instant makes of a campaign: the one way in which a record moves forward.</summary>
/// <param name="Record">The record after the instant; its latest score is filled in by whoever commits.</param>
/// <param name="Entry">The instant with what the score said.</param>
/// <param name="Score">Null while facts are awaited.</param>
/// <param name="Checkpoint">Due after every <see cref="SnapshotsPerCheckpoint"/>th snapshot.</param>
/// <param name="Segment">Gifts that were sealed by this instant.</param>
/// <param name="Events">What is told for the first time.</param>
public sealed record Step(CampaignRecord Record, HistoryEntry Entry, Score? Score, Checkpoint? Checkpoint, GiftSegment? Segment, IReadOnlyList<CampaignEvent> Events)
{
    /// <summary>Bounds what a snapshot that comes late has to replay.</summary>
    public const int SnapshotsPerCheckpoint = 32;

    /// <param name="record">Folded up to before the entry.</param>
    /// <param name="entry">A snapshot, a note or a tick; an earlier score in it is replaced.</param>
    /// <param name="model">What scores.</param>
    /// <param name="zone">The platform's: in which a day begins, and with it a look at emergence.</param>
    /// <param name="shown">Scores can be read by anybody at present; an entry that is scored again stays as shown or hidden as it was.</param>
    public static Step Of(CampaignRecord record, HistoryEntry entry, ScoringModel model, TimeZoneInfo zone, bool shown = false)
    {
        string? setAside = null;
        GiftSegment? segment = null;
        var state = entry.Snapshot is { } received ? Fold(record.State, received.Snapshot, out setAside, out segment) : record.State;
        if (entry.Note is { } said)
            state = state.With(said.Note);
        if (entry.Ties is { } ties)
            state = state with { Ties = ties };
        if (EmergenceLook.Of(state, entry.At, zone) is var look && !ReferenceEquals(look, state.Emergence))
            state = state with { Emergence = look };
        var score = Score.Of(state, entry.At, model);
        var summary = score is null ? null : score.Summary with { Shown = entry.Score?.Shown ?? shown };
        var told = EventRules.Tell(record.Told, state, summary, new Pace(score?.Financial.PacePerDay, score?.Financial.NeededPerDay), entry.At, out var events);
        var after = record with
        {
            State = state,
            FoldedThrough = entry.At,
            KnownThrough = record.KnownThrough is { } known && known > entry.At ? known : entry.At,
            Recent = entry.Snapshot is { } seen ? RecentSnapshot.Of(seen.Snapshot).AddTo(record.Recent) : record.Recent,
            NamesDonors = record.NamesDonors || entry.Snapshot?.Snapshot.Donors.Any(static donor => !donor.IsExpired) == true,
            Told = told,
            UnsentEvents = record.UnsentEvents.AddRange(events),
            LatestSummary = summary,
        };
        var checkpoint = entry.Snapshot is not null && state.Snapshots % SnapshotsPerCheckpoint == 0 ? new Checkpoint(entry.At, state) : null;
        return new Step(after, entry with { Score = summary, SetAside = setAside }, score, checkpoint, segment, events);
    }

    /// <summary>A state with one more snapshot folded in.</summary>
    internal static CampaignState Fold(CampaignState state, Snapshot snapshot, out string? setAside, out GiftSegment? segment)
    {
        state = state.With(snapshot, out setAside);
        return state with { Gifts = state.Gifts.Seal(out segment) };
    }
}

using System.Collections.Immutable;
using System.Globalization;

namespace Succesmeter.Events;

/// <summary>What has been told of a campaign. It only grows: a correction may make an event untrue, but never untold.</summary>
public sealed record ToldEvents
{
    public static readonly ToldEvents None = new();

    /// <summary>Instants up to here have been looked at; a replay of them tells nothing.</summary>
    public DateTimeOffset? Through { get; init; }

    /// <summary>How many events were told; the number of the newest.</summary>
    public int Count { get; init; }

    public bool Discovered { get; init; }

    public bool Ended { get; init; }

    /// <summary>The community was said to carry itself, and no look has said otherwise since.</summary>
    public bool IsIgnited { get; init; }

    /// <summary>How often that was told.</summary>
    public int Ignitions { get; init; }

    /// <summary>The pace was said to be too slow, and has not been enough since.</summary>
    public bool IsBehind { get; init; }

    /// <summary>How often that was told.</summary>
    public int TimesBehind { get; init; }

    /// <summary>Comments were said to wait, and not all have been answered since.</summary>
    public bool IsStalled { get; init; }

    /// <summary>How often that was told.</summary>
    public int Stalls { get; init; }

    /// <summary>Milestones told, in per cent of the goal.</summary>
    public ImmutableSortedSet<int> Milestones { get; init; } = [];

    /// <summary>The forecast's status as last told; null before the first score.</summary>
    public string? Status { get; init; }

    /// <summary>How often each status has been entered.</summary>
    public ImmutableSortedDictionary<string, int> StatusEpisodes { get; init; } = ImmutableSortedDictionary.Create<string, int>(StringComparer.Ordinal);

    /// <summary>What the events themselves say was told, for when nothing else does.</summary>
    /// <remarks>Whether a pace, a dialogue or a community has changed since it was told of does not stand in them. It counts as the same: told of once too seldom is better than twice.</remarks>
    /// <param name="events">All that were told of the campaign.</param>
    /// <param name="through">The newest instant that was looked at.</param>
    /// <param name="status">The forecast's as of then; where no turn was told it is still the first. Null before the first score.</param>
    public static ToldEvents Of(IReadOnlyCollection<CampaignEvent> events, DateTimeOffset? through, string? status)
    {
        var turns = events.Where(static one => one.Type == EventTypes.ForecastTurned).OrderBy(static one => one.Number).ThenBy(static one => one.AsOf).ToList();

        // The status that a forecast begins with is no turn, and was entered all the same.
        var first = turns.Count == 0 ? status : turns[0].Before;
        var entered = turns.Select(static one => (one.Level, one.Episode)).Concat(first is null ? [] : [(Level: first, Episode: 1)]);
        return new ToldEvents
        {
            Through = through,
            Count = events.Count == 0 ? 0 : Math.Max(events.Count, events.Max(static one => one.Number)),
            Discovered = Times(EventTypes.Discovered) > 0,
            Ended = Times(EventTypes.Ended) > 0,
            Milestones = [.. events.Where(static one => one.Type == EventTypes.MilestoneReached).Select(static one => int.Parse(one.Level, CultureInfo.InvariantCulture))],
            Status = turns.Count == 0 ? first : turns[^1].Level,
            StatusEpisodes = entered.GroupBy(static one => one.Level, StringComparer.Ordinal).ToImmutableSortedDictionary(static of => of.Key, static of => of.Max(static one => one.Episode), StringComparer.Ordinal),
            IsIgnited = Times(EventTypes.CommunityIgnited) > 0,
            Ignitions = Times(EventTypes.CommunityIgnited),
            IsBehind = Times(EventTypes.PaceBehind) > 0,
            TimesBehind = Times(EventTypes.PaceBehind),
            IsStalled = Times(EventTypes.DialogueStalled) > 0,
            Stalls = Times(EventTypes.DialogueStalled),
        };

        int Times(string type) => events.Where(one => one.Type == type).Select(static one => one.Episode).DefaultIfEmpty(0).Max();
    }
}

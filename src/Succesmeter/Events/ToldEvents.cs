using System.Collections.Immutable;

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
}

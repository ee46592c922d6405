namespace Succesmeter.Emergence;

/// <summary>When the gifts of one campaign came, and what besides other gifts may have brought them.</summary>
public sealed record GiftTimeline
{
    /// <summary>In any order. Those before <see cref="LaunchedAt"/> or after <see cref="AsOf"/> are left out.</summary>
    public IReadOnlyList<GiftTime> Gifts { get; init; } = [];

    /// <summary>From here on every gift is known; with a complete list the launch.</summary>
    public required DateTimeOffset WatchedFrom { get; init; }

    public required DateTimeOffset AsOf { get; init; }

    public required DateTimeOffset LaunchedAt { get; init; }

    /// <summary>The declared end. Null where there is none: then no last-minute surge is expected.</summary>
    public DateTimeOffset? EndsAt { get; init; }

    /// <summary>When the holder did something to reach people.</summary>
    public IReadOnlyList<DateTimeOffset> Actions { get; init; } = [];

    /// <summary><see cref="Actions"/> are all there were.</summary>
    public bool ActionLogKept { get; init; }

    /// <summary>No gift since the launch is missing.</summary>
    public bool ListIsComplete { get; init; }

    /// <summary>The platform's, for the hours of the day and the days of the week.</summary>
    public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.Utc;
}

namespace Succesmeter.Webhooks;

/// <summary>How often somebody wants to hear: at once, at most once in a while, or once a day.</summary>
/// <param name="Interval">At least so long lies between two bundles; null for at once and for daily.</param>
/// <param name="IsDaily">A bundle a day, at <see cref="Hour"/>.</param>
public readonly record struct Rhythm(TimeSpan? Interval, bool IsDaily)
{
    /// <summary>Of the day, on the clock of the platform's zone.</summary>
    public const int Hour = 7;

    public static Rhythm AtOnce => default;

    public static Rhythm Daily => new(null, IsDaily: true);

    public static Rhythm Every(TimeSpan interval) => new(interval, IsDaily: false);

    public bool IsBundled => IsDaily || Interval is not null;

    /// <param name="before">When a bundle was made last, or the subscription, if none was.</param>
    /// <param name="now">Later.</param>
    /// <param name="zone">In which the day's hour is read.</param>
    public bool IsDue(DateTimeOffset before, DateTimeOffset now, TimeZoneInfo zone) =>
        Interval is { } interval ? now - before >= interval : IsDaily && LastHour(now, zone) > before;

    /// <summary>The newest instant, not after now, at which the clock of the zone struck the hour.</summary>
    private static DateTimeOffset LastHour(DateTimeOffset now, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(now, zone);
        var day = local.Hour >= Hour ? local.Date : local.Date.AddDays(-1);
        var hour = day.AddHours(Hour);
        return new DateTimeOffset(hour, zone.GetUtcOffset(hour));
    }
}

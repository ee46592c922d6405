namespace Succesmeter.Visits;

/// <summary>How often a campaign is visited: often where much happens, seldom where nothing does, and no more when it is over. On the campaign clock.</summary>
public sealed record Cadence
{
    /// <summary>How long after its launch a campaign is new.</summary>
    public TimeSpan Opening { get; init; } = TimeSpan.FromDays(3);

    /// <summary>How long before its end a campaign is closing.</summary>
    public TimeSpan Closing { get; init; } = TimeSpan.FromDays(2);

    /// <summary>Between two visits while it is new or closing.</summary>
    public TimeSpan Hot { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Between two visits otherwise.</summary>
    public TimeSpan Steady { get; init; } = TimeSpan.FromHours(6);

    /// <summary>Unchanged for so long, a campaign is dormant.</summary>
    public TimeSpan DormantAfter { get; init; } = TimeSpan.FromDays(7);

    /// <summary>Between two visits of a dormant campaign.</summary>
    public TimeSpan Dormant { get; init; } = TimeSpan.FromDays(1);

    /// <summary>Visits after the end, counted from it, in rising order: late gifts and corrections come in. Then the campaign rests.</summary>
    public IReadOnlyList<TimeSpan> AfterEnd { get; init; } = [TimeSpan.FromHours(1), TimeSpan.FromDays(1)];

    /// <param name="visits">As the last visit left them.</param>
    /// <param name="now">The instant of the last visit.</param>
    /// <returns>Later than <paramref name="now"/>; null: the campaign rests.</returns>
    public DateTimeOffset? NextAfter(CampaignVisits visits, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(visits);
        if (EndOf(visits) is { } end && end <= now)
            return AfterEnd.Select(after => end + after).Where(at => at > now).Select(at => (DateTimeOffset?)at).FirstOrDefault();

        var opened = visits.LaunchedAt ?? visits.FoundAt;
        if (opened > now)
            return Earlier(now + Dormant, opened);

        var closing = visits.EndsAt - Closing;
        var isHot = now < opened + Opening || closing <= now;
        var isDormant = now - (visits.ChangedAt ?? visits.FoundAt) >= DormantAfter;
        var next = now + (isHot ? Hot : isDormant ? Dormant : Steady);

        // Nobody sleeps through the beginning of the last days.
        if (closing > now)
            next = Earlier(next, Later(closing.Value, now + Hot));

        // The last visit before the end is followed by the first after it.
        return visits.EndsAt <= next && AfterEnd.Count > 0 ? visits.EndsAt + AfterEnd[0] : next;
    }

    /// <summary>What the platform calls over ended when it was first seen so, whatever date was announced.</summary>
    private static DateTimeOffset? EndOf(CampaignVisits visits) => visits.EndedAt is { } seen ? Earlier(seen, visits.EndsAt ?? seen) : visits.EndsAt;

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}

namespace Succesmeter.Social;

/// <summary>
/// People who gave in the last seven days, a day: heads, not money, because one large gift is no sign that the crowd is moving, and because a percentile of money
/// a day would carry the goal into the meter. Who gave twice in the week is one; what does not count towards reach does not count here.
/// </summary>
internal static class Pace
{
    public const string Unit = "people a day";

    private const double WindowDays = 7;

    /// <param name="crowd">Without gifts after <paramref name="until"/>.</param>
    /// <param name="givers">The same, read.</param>
    /// <param name="context">As of <paramref name="until"/>.</param>
    /// <param name="until">End of the window; after the campaign's end, that end.</param>
    public static Measure Of(Crowd crowd, Givers givers, CampaignContext context, DateTimeOffset until)
    {
        if (context.DaysSinceLaunch is not { } days)
            return Measure.Unobservable(Reasons.LaunchUnknown);
        if (!(days >= 0))
            return Measure.Unobservable(Reasons.BeforeLaunch);

        // A first day counts as a whole one: ten gifts in the first hour are not 240 a day.
        var age = Math.Min(days, Math.Max(0, context.PlannedDays));
        var window = Math.Clamp(age, 1, WindowDays);
        var end = Back(until, days - age);
        var after = Back(end, WindowDays);

        if (crowd.ListIsComplete && (givers.Any || crowd.Sealed is not null || crowd.Pledged is null or <= 0))
        {
            DateTimeOffset? untimedSeenAt = age <= WindowDays ? null : crowd.ObservedSince ?? givers.EarliestSeen;
            var (sure, unplaced) = givers.Between(after, end, untimedSeenAt);
            var maybe = unplaced + (crowd.Sealed is { } past && givers.Earliest > after ? past.Donors : 0);
            return maybe > 0
                ? Bounded(sure, (sure + maybe) / window, unplaced > 0 ? Reasons.GiftTimesUnknown : Reasons.GiftsSealed)
                : Exactly(sure, givers.CountedBehind > 0 ? Observability.Declared : Observability.Observed);
        }

        var before = crowd.BackersAWeekAgo ?? (days <= WindowDays ? 0 : null);
        if (crowd.Backers is { } backers && before is { } then)
            return days > age ? Measure.Unobservable(Reasons.Ended) : Exactly(Math.Max(0, (long)backers - then), Observability.Observed);

        if (givers.Any)
            return Bounded(givers.Between(after, end, crowd.ObservedSince ?? givers.EarliestSeen).Sure, double.PositiveInfinity, Reasons.ListIncomplete);

        return crowd.Pledged == 0 ? Exactly(0, Observability.Observed) : Measure.Unobservable(Reasons.NoListAndNoCount);

        Measure Exactly(long people, Observability observability) =>
            new(PerDay(people), PerDay(people), PerDay(people), Reach.Clamped(people), observability,
                Reason: observability is Observability.Declared ? Reasons.PeopleDeclared : null);

        Measure Bounded(long people, double high, string reason) =>
            new(PerDay(people), PerDay(people), high, Reach.Clamped(people), Observability.Bounded, Reason: reason);

        double PerDay(long people) => Math.Round(people / window, 4);
    }

    private static DateTimeOffset Back(DateTimeOffset from, double days) =>
        days < (from - DateTimeOffset.MinValue).TotalDays ? from.AddDays(-days) : DateTimeOffset.MinValue;
}

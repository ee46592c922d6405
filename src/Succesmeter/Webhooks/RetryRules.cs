using System.Collections.Immutable;

namespace Succesmeter.Webhooks;

/// <summary>What a try makes of a delivery and of its subscription. The schedule is that of Standard Webhooks 1.0.0, "Deliverability and reliability", with two more steps.</summary>
public static class RetryRules
{
    /// <summary>Before each attempt but the first.</summary>
    public static ImmutableArray<TimeSpan> Waits { get; } =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(5), TimeSpan.FromHours(10),
        TimeSpan.FromHours(14), TimeSpan.FromHours(20), TimeSpan.FromHours(24),
    ];

    public static readonly TimeSpan DisabledAfter = TimeSpan.FromDays(5);

    /// <summary>Up to this share is added to a wait, so that what failed together does not come back together.</summary>
    public const double Jitter = 0.1;

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);

    /// <summary>Whatever an endpoint asks for, it is asked again within a day.</summary>
    private static readonly TimeSpan MostPatience = TimeSpan.FromHours(24);

    /// <param name="delivery">Before the try.</param>
    /// <param name="answer">What came of it.</param>
    /// <param name="now">After it.</param>
    /// <param name="draw">From [0, 1).</param>
    public static Delivery After(Delivery delivery, EndpointAnswer answer, DateTimeOffset now, double draw)
    {
        var tries = delivery.Tries.Add(answer.Try);
        var after = delivery with
        {
            Attempts = delivery.Attempts + 1,
            NextAt = null,
            Tries = tries.Length > Delivery.MostTries ? tries.RemoveAt(0) : tries,
        };
        if (answer.IsTaken)
            return after with { State = DeliveryState.Delivered };
        if (answer.IsGone)
            return after with { State = DeliveryState.Stopped };
        if (after.Attempts > Waits.Length)
            return after with { State = DeliveryState.Failed };

        var wait = Waits[after.Attempts - 1] * (1 + (Jitter * draw));
        return after with { State = DeliveryState.Pending, NextAt = now + Longer(wait, answer.RetryAfter) };
    }

    /// <returns>The same subscription where nothing changes: an endpoint that answers costs no write.</returns>
    /// <param name="subscription">Before the try.</param>
    /// <param name="answer">What came of it.</param>
    /// <param name="now">After it.</param>
    public static Subscription After(Subscription subscription, EndpointAnswer answer, DateTimeOffset now)
    {
        if (answer.IsTaken)
            return subscription is { FailingSince: null, SlowInARow: 0, SlowUntil: null } ? subscription : subscription with { FailingSince = null, SlowInARow = 0, SlowUntil = null };
        if (answer.IsGone)
            return subscription with { State = SubscriptionState.Disabled, Why = RestReasons.Gone };

        var since = subscription.FailingSince ?? answer.Try.At;
        var failing = subscription with { FailingSince = since };
        if (now - since >= DisabledAfter)
            return failing with { State = SubscriptionState.Disabled, Why = RestReasons.Failing };
        if (!answer.IsSlow)
            return failing;

        // One that is not back at the end of its pause gets a longer one; several tries that were under way at once are one failure.
        var slow = subscription.SlowUntil > answer.Try.At ? Math.Max(1, subscription.SlowInARow) : subscription.SlowInARow + 1;
        var pause = TimeSpan.FromSeconds(Math.Min(LongestPause.TotalSeconds, FirstPause.TotalSeconds * Math.Pow(2, Math.Min(slow - 1, 10))));
        return failing with { SlowInARow = slow, SlowUntil = now + Longer(pause, answer.RetryAfter) };
    }

    private static TimeSpan Longer(TimeSpan wait, TimeSpan? asked) => asked is { } patience && patience > wait ? (patience < MostPatience ? patience : MostPatience) : wait;
}

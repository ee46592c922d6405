using Succesmeter.Access;
using Succesmeter.Webhooks;

namespace Succesmeter.Tests.Webhooks;

public sealed class RetryRulesTests
{
    private static readonly DateTimeOffset Now = SomeSubscription.Now;

    /// <summary>5 s + 5 min + 30 min + 2 + 5 + 10 + 14 + 20 + 24 h, by hand.</summary>
    [Fact]
    public void Ten_attempts_span_seventy_five_hours_and_a_half()
    {
        Assert.Equal(9, RetryRules.Waits.Length);
        Assert.Equal(new TimeSpan(days: 3, hours: 3, minutes: 35, seconds: 5), RetryRules.Waits.Aggregate(static (sum, wait) => sum + wait));
    }

    [Fact]
    public void A_delivery_that_fails_waits_by_the_schedule_and_is_given_up_after_the_tenth_attempt()
    {
        var delivery = Pending();
        for (var attempt = 1; attempt <= 10; attempt++)
        {
            delivery = RetryRules.After(delivery, Answered(500), Now, draw: 0.5);
            Assert.Equal(attempt, delivery.Attempts);
            Assert.Equal(attempt < 10 ? Now + (RetryRules.Waits[attempt - 1] * 1.05) : null, delivery.NextAt);
        }

        Assert.Equal((DeliveryState.Failed, 10), (delivery.State, delivery.Tries.Length));
    }

    [Theory]
    [InlineData(200, DeliveryState.Delivered)]
    [InlineData(204, DeliveryState.Delivered)]
    [InlineData(299, DeliveryState.Delivered)]
    [InlineData(199, DeliveryState.Pending)]
    [InlineData(301, DeliveryState.Pending)]
    [InlineData(308, DeliveryState.Pending)]
    [InlineData(400, DeliveryState.Pending)]
    [InlineData(410, DeliveryState.Stopped)]
    [InlineData(429, DeliveryState.Pending)]
    [InlineData(503, DeliveryState.Pending)]
    [InlineData(null, DeliveryState.Pending)]
    public void Only_2xx_is_success_and_only_410_is_an_end(int? status, DeliveryState state) =>
        Assert.Equal(state, RetryRules.After(Pending(), Answered(status), Now, 0).State);

    [Theory]
    [InlineData(2, 5)]
    [InlineData(60, 60)]
    [InlineData(3 * 24 * 3600, 24 * 3600)]
    public void Patience_that_is_asked_for_is_had_within_a_day(int asked, int waits)
    {
        var answer = Answered(429, TimeSpan.FromSeconds(asked));
        Assert.Equal(Now.AddSeconds(waits), RetryRules.After(Pending(), answer, Now, 0).NextAt);
        Assert.Equal(Now.AddSeconds(waits), RetryRules.After(Subscription(), answer, Now).SlowUntil);
    }

    [Fact]
    public void An_endpoint_that_is_slow_again_and_again_gets_longer_pauses_up_to_five_minutes_and_is_well_again_at_once()
    {
        var subscription = Subscription();
        var (pauses, at) = (new List<double>(), Now);
        for (var time = 0; time < 8; time++)
        {
            subscription = RetryRules.After(subscription, Answered(null, at: at), at);
            pauses.Add((subscription.SlowUntil!.Value - at).TotalSeconds);
            at = subscription.SlowUntil.Value;
        }

        Assert.Equal([5, 10, 20, 40, 80, 160, 300, 300], pauses);
        Assert.Equal(Subscription() with { Id = subscription.Id, Secret = subscription.Secret }, RetryRules.After(subscription, Answered(200, at: at), at));
    }

    [Fact]
    public void Tries_that_were_under_way_together_are_one_slowness()
    {
        var first = RetryRules.After(Subscription(), Answered(null), Now.AddSeconds(15));
        var second = RetryRules.After(first, Answered(null, at: Now.AddSeconds(1)), Now.AddSeconds(16));
        Assert.Equal((1, 1), (first.SlowInARow, second.SlowInARow));
        Assert.Equal(Now.AddSeconds(21), second.SlowUntil);
    }

    [Theory]
    [InlineData(429, true)]
    [InlineData(502, true)]
    [InlineData(504, true)]
    [InlineData(null, true)]
    [InlineData(500, false)]
    [InlineData(404, false)]
    [InlineData(301, false)]
    public void Some_failures_slow_the_endpoint_and_others_concern_the_delivery_alone(int? status, bool slows) =>
        Assert.Equal(slows, RetryRules.After(Subscription(), Answered(status), Now).SlowUntil is not null);

    [Fact]
    public void An_endpoint_that_takes_nothing_for_five_days_is_disabled_and_one_that_answers_410_at_once()
    {
        var failing = RetryRules.After(Subscription(), Answered(500), Now);
        Assert.Equal((SubscriptionState.Active, Now), (failing.State, failing.FailingSince));

        var almost = RetryRules.After(failing, Answered(500), Now.AddDays(5).AddSeconds(-1));
        var done = RetryRules.After(failing, Answered(500), Now.AddDays(5));
        Assert.Equal((SubscriptionState.Active, Now), (almost.State, almost.FailingSince));
        Assert.Equal((SubscriptionState.Disabled, RestReasons.Failing), (done.State, done.Why));

        var gone = RetryRules.After(Subscription(), Answered(410), Now);
        Assert.Equal((SubscriptionState.Disabled, RestReasons.Gone), (gone.State, gone.Why));
    }

    [Fact]
    public void An_endpoint_that_is_well_costs_no_write()
    {
        var well = Subscription();
        Assert.Same(well, RetryRules.After(well, Answered(200), Now));
    }

    /// <summary>A law: no draw brings a try forward, or puts it off by more than a tenth.</summary>
    [Fact]
    public void Jitter_only_ever_adds_up_to_a_tenth() =>
        Gen.Select(Gen.Double[0, 0.999999], Gen.Int[0, 8]).Sample((draw, attempts) =>
        {
            var wait = RetryRules.After(Pending() with { Attempts = attempts }, Answered(500), Now, draw).NextAt!.Value - Now;
            Assert.InRange(wait, RetryRules.Waits[attempts], RetryRules.Waits[attempts] * 1.1);
        });

    [Theory]
    [InlineData("2026-05-02T04:59:00Z", "2026-05-02T05:01:00Z", true)]
    [InlineData("2026-05-02T05:00:00Z", "2026-05-02T05:01:00Z", false)]
    [InlineData("2026-05-02T05:01:00Z", "2026-05-03T04:59:00Z", false)]
    [InlineData("2026-05-02T05:01:00Z", "2026-05-03T05:00:00Z", true)]
    [InlineData("2026-01-02T05:30:00Z", "2026-01-02T06:00:00Z", true)]
    public void A_daily_bundle_is_due_at_seven_in_brussels(string before, string now, bool isDue) =>
        Assert.Equal(isDue, Rhythm.Daily.IsDue(At(before), At(now), TimeZoneInfo.FindSystemTimeZoneById("Europe/Brussels")));

    [Fact]
    public void A_bundle_of_an_interval_is_due_when_it_has_passed()
    {
        var hourly = Rhythm.Every(TimeSpan.FromHours(1));
        Assert.False(hourly.IsDue(Now, Now.AddMinutes(59), TimeZoneInfo.Utc));
        Assert.True(hourly.IsDue(Now, Now.AddMinutes(60), TimeZoneInfo.Utc));
        Assert.False(Rhythm.AtOnce.IsBundled);
    }

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static Subscription Subscription() => Fixed;

    private static readonly Subscription Fixed = SomeSubscription.Of(TokenScope.All);

    private static Delivery Pending() => Delivery.Of(Fixed, SomeSubscription.Milestone(50), Now);

    private static EndpointAnswer Answered(int? status, TimeSpan? patience = null, DateTimeOffset? at = null) =>
        new(new DeliveryTry(at ?? Now, 12, status, status is null ? "no answer" : null, null), patience);
}

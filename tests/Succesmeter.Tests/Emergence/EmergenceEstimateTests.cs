using Succesmeter.Emergence;
using Succesmeter.Social;

namespace Succesmeter.Tests.Emergence;

public sealed class EmergenceEstimateTests
{
    private static readonly GiftTimeline Cascades = Crowds.At(Crowds.Hours(seed: 5, perDay: 2, ratio: 0.7));

    private static readonly GiftTimeline Loners = Crowds.At(Crowds.Hours(seed: 6, perDay: 6, ratio: 0));

    [Fact]
    public void Cascades_with_a_kept_log_and_a_full_list_sustain_themselves()
    {
        var estimate = EmergenceEstimate.Of(Cascades);
        Assert.Equal((EmergenceVerdict.SelfSustaining, Observability.Observed, null), (estimate.Verdict, estimate.Observability, estimate.Reason));
        Assert.InRange(0.7, estimate.Interval!.Value.Low, estimate.Interval.Value.High);
        Assert.InRange(estimate.Interval.Value.Low, 0.2, 0.7);
        Assert.InRange(estimate.HalfLifeHours!.Value, 1, 4);
        Assert.InRange(estimate.ShareThatFollowed!.Value, 0.4, 0.9);
        Assert.True(estimate.LikelihoodRatio > EmergenceTest.Threshold(estimate.Contributions));
    }

    [Fact]
    public void Without_a_log_of_actions_they_are_only_waves()
    {
        var estimate = EmergenceEstimate.Of(Cascades with { ActionLogKept = false });
        Assert.Equal((EmergenceVerdict.Waves, Observability.Bounded, EmergenceReasons.NoActionLog), (estimate.Verdict, estimate.Observability, estimate.Reason));
    }

    [Fact]
    public void With_a_list_that_is_cut_off_they_are_only_waves()
    {
        var estimate = EmergenceEstimate.Of(Cascades with { ListIsComplete = false, WatchedFrom = Crowds.Launch.AddDays(2) });
        Assert.Equal((EmergenceVerdict.Waves, EmergenceReasons.ListIncomplete), (estimate.Verdict, estimate.Reason));
    }

    [Fact]
    public void Gifts_that_follow_none_are_pushed_once_there_are_enough_to_say_so()
    {
        var estimate = EmergenceEstimate.Of(Loners);
        Assert.Equal(0, estimate.Interval!.Value.Low);
        Assert.Equal(estimate.Interval.Value.High < 0.3 ? EmergenceVerdict.Pushed : EmergenceVerdict.CannotTell, estimate.Verdict);
        var usual = EmergenceEstimate.Of(Crowds.At(ByTheUsualClock(perDay: 7.5)));
        Assert.Equal((EmergenceVerdict.Pushed, 0), (usual.Verdict, usual.BranchingRatio));
    }

    /// <summary>Each as soon as the usual rate of the hours since the last adds up to one gift: as even as a crowd with a rhythm can be.</summary>
    private static IEnumerable<double> ByTheUsualClock(double perDay)
    {
        var sum = 0.0;
        for (var hour = 0.0; hour < 960; hour += 0.01)
            if ((sum += 0.01 * perDay / 24 * Math.Exp(Rhythm.Usual(Rhythm.HourOfWeek(Crowds.Launch.AddHours(hour), TimeZoneInfo.Utc)))) >= 1)
            {
                sum--;
                yield return hour;
            }
    }

    [Fact]
    public void A_push_that_was_logged_is_no_sign_of_following_and_one_that_was_not_is()
    {
        var random = new Random(8);
        var pushed = Enumerable.Range(0, 60).Select(_ => (24 * 12) - (2 * Math.Log(1 - random.NextDouble())));
        var timeline = Crowds.At(Crowds.Hours(seed: 7, perDay: 3, ratio: 0).Concat(pushed));
        Assert.Equal(EmergenceVerdict.SelfSustaining, EmergenceEstimate.Of(timeline).Verdict);
        Assert.NotEqual(EmergenceVerdict.SelfSustaining, EmergenceEstimate.Of(timeline with { Actions = [Crowds.Launch.AddDays(12)] }).Verdict);
    }

    [Fact]
    public void Fewer_than_fifty_gifts_decide_nothing()
    {
        var estimate = EmergenceEstimate.Of(Cascades with { Gifts = [.. Cascades.Gifts.Take(49)] });
        Assert.Equal((EmergenceVerdict.CannotTell, EmergenceReasons.FewGifts, Observability.Bounded), (estimate.Verdict, estimate.Reason, estimate.Observability));
        Assert.Null(estimate.LikelihoodRatio);
        Assert.NotNull(estimate.Interval);
    }

    [Fact]
    public void Times_known_to_three_hours_bound_the_ratio_from_above_only()
    {
        var seen = Cascades.Gifts.Select(gift => Crowds.Launch.AddHours(3 * Math.Floor((gift.Earliest - Crowds.Launch).TotalHours / 3)));
        var estimate = EmergenceEstimate.Of(Cascades with { Gifts = [.. seen.Select(static at => new GiftTime(at, at.AddHours(3)))] });
        Assert.Equal((EmergenceVerdict.CannotTell, Observability.Bounded, EmergenceReasons.TimesCoarse), (estimate.Verdict, estimate.Observability, estimate.Reason));
        Assert.Null(estimate.BranchingRatio);
        Assert.Equal(3, estimate.TimeResolutionHours!.Value, 6);
        Assert.Equal(0, estimate.Interval!.Value.Low);
        Assert.InRange(estimate.Interval.Value.High, 0.7, 1);
    }

    [Fact]
    public void Times_that_are_whole_days_are_recognised_and_show_nothing()
    {
        var days = Enumerable.Range(0, 400).Select(static i => new GiftTime(new DateTimeOffset(2026, 4, 21, 0, 0, 0, TimeSpan.Zero).AddDays(i % 7)));
        var estimate = EmergenceEstimate.Of(Crowds.At() with { Gifts = [.. days] });
        Assert.Equal((EmergenceVerdict.CannotTell, Observability.Unobservable, EmergenceReasons.TimesTooCoarse), (estimate.Verdict, estimate.Observability, estimate.Reason));
        Assert.Equal((24, 400), (estimate.TimeResolutionHours, estimate.Contributions));
        Assert.Null(estimate.Interval);
    }

    [Fact]
    public void Times_that_are_whole_hours_are_known_to_the_hour() =>
        Assert.Equal(1, EmergenceEstimate.Of(Crowds.At(Cascades.Gifts.Select(gift => Math.Floor((gift.Earliest - Crowds.Launch).TotalHours)))).TimeResolutionHours);

    public static TheoryData<string, double[], EmergenceVerdict> Bad => new()
    {
        { "no gifts", [], EmergenceVerdict.CannotTell },
        { "one gift", [100.5], EmergenceVerdict.CannotTell },
        { "one at the very launch", [0], EmergenceVerdict.CannotTell },
        { "all at one instant", [.. Enumerable.Repeat(77.123, 500)], EmergenceVerdict.CannotTell },
        { "before the launch", [.. Enumerable.Range(1, 200).Select(static i => -i * 1.01)], EmergenceVerdict.CannotTell },
        { "in the future", [.. Enumerable.Range(1, 200).Select(static i => 961 + (i * 1.01))], EmergenceVerdict.CannotTell },
        { "a hundred thousand in an hour", [.. Enumerable.Range(0, 100_000).Select(static i => 300 + (i / 100_000.0))], EmergenceVerdict.CannotTell },
        { "two instants", [.. Enumerable.Repeat(77.123, 100), .. Enumerable.Repeat(444.4, 100)], EmergenceVerdict.CannotTell },
        { "all at the very end", [.. Enumerable.Repeat(960.0, 100)], EmergenceVerdict.CannotTell },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public void Bad_input_gives_numbers_or_nothing_and_no_verdict(string what, double[] hours, EmergenceVerdict verdict)
    {
        Assert.NotEmpty(what);
        foreach (var isComplete in new[] { true, false })
        {
            var estimate = EmergenceEstimate.Of(Crowds.At(hours) with { ListIsComplete = isComplete });
            Crowds.AreNumbers(estimate);
            Assert.Equal(verdict, estimate.Verdict);
            Assert.NotEqual(Observability.Observed, estimate.Observability);
            Assert.NotNull(estimate.Reason);
        }
    }

    [Fact]
    public void Absurd_facts_give_numbers_or_nothing()
    {
        Crowds.AreNumbers(EmergenceEstimate.Of(Cascades with { AsOf = Crowds.Launch }));
        Crowds.AreNumbers(EmergenceEstimate.Of(Cascades with { AsOf = Crowds.Launch.AddDays(-3) }));
        Crowds.AreNumbers(EmergenceEstimate.Of(Cascades with { AsOf = Crowds.Launch.AddYears(900) }));
        Crowds.AreNumbers(EmergenceEstimate.Of(Cascades with { EndsAt = Crowds.Launch.AddDays(-10) }));
        Crowds.AreNumbers(EmergenceEstimate.Of(Cascades with { EndsAt = DateTimeOffset.MaxValue, LaunchedAt = DateTimeOffset.MinValue }));
        Crowds.AreNumbers(EmergenceEstimate.Of(Cascades with { Actions = [.. Enumerable.Range(0, 500).Select(static i => Crowds.Launch.AddHours(i * 2.1))] }));
        Crowds.AreNumbers(EmergenceEstimate.Of(Cascades with { Gifts = [.. Cascades.Gifts.Select(static gift => new GiftTime(gift.Latest.AddDays(1), gift.Earliest))] }));
    }

    [Fact]
    public void Whatever_the_times_are_there_are_numbers_or_nothing() =>
        Gen.Select(Gen.Double[-100, 1100].Array[0, 150], Gen.Double[0.01, 1000], Gen.Bool, Gen.Bool, Gen.Double[-50, 1000].Array[0, 5]).Sample(
            (hours, watched, isComplete, isKept, actions) => Crowds.AreNumbers(EmergenceEstimate.Of(Crowds.At(hours) with
            {
                AsOf = Crowds.Launch.AddHours(watched),
                ListIsComplete = isComplete,
                ActionLogKept = isKept,
                Actions = [.. actions.Select(hour => Crowds.Launch.AddHours(hour))],
            })),
            iter: 60);

    [Fact]
    public void What_comes_later_and_the_order_of_the_list_change_nothing()
    {
        var asOf = Crowds.Launch.AddDays(25);
        var then = Cascades with { AsOf = asOf };
        var known = then with { Gifts = [.. Cascades.Gifts.Where(gift => gift.Latest <= asOf).Reverse()] };
        Assert.Equal(EmergenceEstimate.Of(known), EmergenceEstimate.Of(then));
        Assert.Equal(EmergenceEstimate.Of(then), EmergenceEstimate.Of(then with { Actions = [asOf.AddHours(1)] }));
    }

    [Fact]
    public void A_campaign_a_week_later_is_the_same_campaign()
    {
        var later = TimeSpan.FromDays(7);
        var moved = Cascades with
        {
            Gifts = [.. Cascades.Gifts.Select(gift => new GiftTime(gift.Earliest + later))],
            WatchedFrom = Cascades.WatchedFrom + later,
            LaunchedAt = Cascades.LaunchedAt + later,
            AsOf = Cascades.AsOf + later,
            EndsAt = Cascades.EndsAt + later,
        };
        Assert.Equal(EmergenceEstimate.Of(Cascades), EmergenceEstimate.Of(moved));
    }

    [Fact]
    public void The_test_alone_gives_the_ratio_of_the_whole_estimate() =>
        Assert.Equal(EmergenceEstimate.Of(Cascades).LikelihoodRatio, EmergenceTest.LikelihoodRatio(Cascades));

    [Fact]
    public void The_threshold_grows_with_the_gifts_and_never_falls_below_that_for_fifty()
    {
        Assert.Equal(EmergenceTest.Threshold(50), EmergenceTest.Threshold(0));
        Assert.True(EmergenceTest.Threshold(500) > EmergenceTest.Threshold(135));
    }
}

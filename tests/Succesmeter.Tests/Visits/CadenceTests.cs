using Succesmeter.Campaigns;
using Succesmeter.Visits;

namespace Succesmeter.Tests.Visits;

public sealed class CadenceTests
{
    private static readonly DateTimeOffset Launch = new(2026, 5, 2, 8, 0, 0, TimeSpan.Zero);
    private static readonly Cadence Usual = new();

    private static readonly CampaignVisits Campaign = CampaignVisits.Of(
        new FoundCampaign(new CampaignId(new PlatformId("buurt"), "speelstraat"), new Uri("https://buurt.example.org/p/speelstraat")), Launch) with
    {
        LaunchedAt = Launch,
        EndsAt = Launch.AddDays(40),
    };

    [Theory]
    [InlineData(0, 1)]
    [InlineData(71, 1)]
    [InlineData(72, 6)]
    [InlineData(37 * 24, 6)]
    [InlineData(38 * 24, 1)]
    [InlineData((40 * 24) - 3, 1)]
    public void A_campaign_is_visited_hourly_in_its_first_three_days_and_its_last_two_and_every_six_hours_between(int hours, int next) =>
        Assert.Equal(Launch.AddHours(hours + next), Usual.NextAfter(Campaign with { ChangedAt = Launch.AddHours(hours) }, Launch.AddHours(hours)));

    [Fact]
    public void A_campaign_in_which_nothing_changed_for_a_week_is_visited_daily_until_its_last_days()
    {
        var dormant = Campaign with { ChangedAt = Launch.AddDays(5) };

        Assert.Equal(Launch.AddDays(11).AddHours(6), Usual.NextAfter(dormant, Launch.AddDays(11)));
        Assert.Equal(Launch.AddDays(13), Usual.NextAfter(dormant, Launch.AddDays(12)));
        Assert.Equal(Launch.AddDays(38), Usual.NextAfter(dormant, Launch.AddDays(37.5)));
        Assert.Equal(Launch.AddDays(38).AddHours(1), Usual.NextAfter(dormant, Launch.AddDays(38)));
    }

    [Fact]
    public void After_the_end_come_two_visits_and_then_rest()
    {
        var end = Campaign.EndsAt!.Value;

        Assert.Equal(end.AddHours(1), Usual.NextAfter(Campaign with { ChangedAt = end }, end.AddMinutes(-20)));
        Assert.Equal(end.AddDays(1), Usual.NextAfter(Campaign, end.AddHours(1)));
        Assert.Null(Usual.NextAfter(Campaign, end.AddDays(1)));
    }

    [Fact]
    public void What_the_platform_calls_over_ended_when_it_was_seen_so()
    {
        var over = Campaign with { EndedAt = Launch.AddDays(10) };

        Assert.Equal(Launch.AddDays(10).AddHours(1), Usual.NextAfter(over, Launch.AddDays(10)));
        Assert.Null(Usual.NextAfter(over, Launch.AddDays(11)));
    }

    [Fact]
    public void A_campaign_that_has_not_begun_is_visited_at_its_launch()
    {
        Assert.Equal(Launch, Usual.NextAfter(Campaign, Launch.AddHours(-5)));
        Assert.Equal(Launch.AddDays(-2), Usual.NextAfter(Campaign, Launch.AddDays(-3)));
    }

    [Fact]
    public void A_campaign_without_an_end_goes_on_for_as_long_as_it_lives() =>
        Assert.Equal(Launch.AddDays(400).AddHours(6), Usual.NextAfter(Campaign with { EndsAt = null, ChangedAt = Launch.AddDays(399) }, Launch.AddDays(400)));

    /// <summary>Whatever the settings and the dates: a visit lies ahead, never further than the longest pause, and after the end there are only as many as were said.</summary>
    [Fact]
    public void Visits_lie_ahead_and_come_to_an_end() =>
        Gen.Select(Gen.Int[1, 72], Gen.Int[1, 72], Gen.Int[1, 100], Gen.Int[0, 200], Gen.Int[0, 100], Gen.Int[1, 300].Array[0, 4], Gen.Int[-50, 2_000], Gen.Int[0, 400])
            .Sample((hot, steady, dormant, opening, closing, after, hours, quiet) =>
            {
                var cadence = new Cadence
                {
                    Hot = TimeSpan.FromHours(hot), Steady = TimeSpan.FromHours(steady), Dormant = TimeSpan.FromHours(dormant), Opening = TimeSpan.FromHours(opening), Closing = TimeSpan.FromHours(closing),
                    AfterEnd = [.. after.Order().Select(hour => TimeSpan.FromHours(hour))],
                };
                var end = Campaign.EndsAt!.Value;
                var now = Launch.AddHours(hours);
                var visits = Campaign with { ChangedAt = now.AddHours(-quiet) };
                var afterEnd = 0;
                while (cadence.NextAfter(visits, now) is { } next)
                {
                    Assert.True(next > now);
                    Assert.True(now > end || next - now <= (cadence.AfterEnd is [var first, ..] ? first : TimeSpan.Zero) + new[] { cadence.Hot, cadence.Steady, cadence.Dormant }.Max());
                    afterEnd += next > end ? 1 : 0;
                    now = next;
                }

                Assert.InRange(afterEnd, 0, cadence.AfterEnd.Count + 1);
            });
}

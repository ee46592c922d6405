using Succesmeter.Campaigns;

namespace Succesmeter.Tests.Campaigns;

public sealed class TicksTests
{
    private static readonly CampaignListing Silent = new()
    {
        Campaign = Seen.Campaign,
        Sequence = 1,
        Title = "x",
        Status = CampaignStatus.Live,
        AwaitsFacts = false,
        AsOf = Seen.Launch,
        TakenAt = Seen.Launch,
        GoalUnit = GoalUnit.Money,
        LaunchedAt = Seen.Launch,
        Horizon = Seen.Launch.AddDays(40).AddMinutes(20),
    };

    [Fact]
    public void A_silent_campaign_gets_one_tick_a_day_and_one_an_hour_in_its_last_two_days_and_one_at_its_end()
    {
        var ticks = new List<DateTimeOffset>();
        var campaign = Silent;
        for (var now = Seen.Launch.AddMinutes(5); now < Seen.Launch.AddDays(45); now = now.AddHours(1))
        {
            if (Ticks.Due(campaign, now) is not { } tick)
                continue;
            ticks.Add(tick);
            campaign = campaign with { AsOf = tick, Status = tick >= campaign.Horizon ? CampaignStatus.Failed : CampaignStatus.Live };
        }

        var end = Seen.Launch.AddDays(40).AddHours(1);
        Assert.Equal(end, ticks[^1]);
        Assert.Equal(48, ticks.Count(tick => tick > Silent.Horizon!.Value.AddDays(-2) && tick < Silent.Horizon));
        var daily = ticks.Where(tick => tick <= Silent.Horizon!.Value.AddDays(-2)).ToList();
        Assert.InRange(daily.Count, 37, 39);
        Assert.Single(daily.Select(tick => tick.Hour).Distinct());
        Assert.All(ticks, tick => Assert.Equal((0, 0), (tick.Minute, tick.Second)));
    }

    [Fact]
    public void A_host_that_slept_over_the_end_still_sends_its_tick() =>
        Assert.Equal(Seen.Launch.AddDays(40).AddHours(1), Ticks.Due(Silent, Seen.Launch.AddDays(400)));

    [Fact]
    public void What_was_seen_since_needs_no_tick() =>
        Assert.Null(Ticks.Due(Silent with { AsOf = Seen.Launch.AddDays(3) }, Seen.Launch.AddDays(3).AddMinutes(5)));

    [Fact]
    public void Ended_campaigns_and_those_that_await_facts_get_none()
    {
        Assert.Null(Ticks.Due(Silent with { Status = CampaignStatus.Cancelled }, Seen.Launch.AddDays(9)));
        Assert.Null(Ticks.Due(Silent with { AwaitsFacts = true }, Seen.Launch.AddDays(9)));
    }

    [Fact]
    public void Support_without_an_end_gets_its_tick_a_day_for_ever() =>
        Assert.NotNull(Ticks.Due(Silent with { Funding = FundingModel.Recurring, Horizon = null }, Seen.Launch.AddYears(3)));
}

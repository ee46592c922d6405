using Succesmeter.Campaigns;
using Succesmeter.Snapshots;

namespace Succesmeter.Tests.Campaigns;

public sealed class CampaignStateTests
{
    [Fact]
    public void A_newer_fact_lies_over_an_older_and_silence_keeps_it()
    {
        var state = Seen.State(Seen.On(1) with { Title = "Old", Place = "Molenbeek" }, Seen.On(2) with { Title = "New" });

        Assert.Equal(("New", "Molenbeek"), (state.Facts.Title, state.Facts.Place));
    }

    [Fact]
    public void A_goal_that_moves_keeps_the_goal_of_the_launch_beside_it()
    {
        var state = Seen.State(Seen.On(1), Seen.On(2) with { Goal = 2000 });

        Assert.Equal((2000m, 1000m), (state.Facts.Goal, state.Facts.LaunchGoal));
    }

    [Fact]
    public void Facts_are_awaited_until_goal_and_launch_are_known()
    {
        var bare = Seen.On(1) with { Goal = null, LaunchedAt = null };

        Assert.False(Seen.State(bare).Facts.AreEnough);
        Assert.False(Seen.State(bare, Seen.On(2) with { LaunchedAt = null }).Facts.AreEnough);
        Assert.True(Seen.State(bare, Seen.On(2) with { LaunchedAt = null }, Seen.On(3) with { Goal = null }).Facts.AreEnough);
    }

    [Fact]
    public void Recurring_support_needs_no_goal() =>
        Assert.True(Seen.State(Seen.On(1) with { Goal = null, Funding = FundingModel.Recurring, Pledged = null, Members = new Members(18, 20, 2) }).Facts.AreEnough);

    [Fact]
    public void Without_a_declared_end_sixty_days_stand_in()
    {
        var facts = Seen.State(Seen.On(1) with { EndsAt = null }).Facts;

        Assert.Equal(Seen.Launch.AddDays(60), facts.Horizon);
        Assert.True(facts.HorizonIsAssumed);
    }

    [Fact]
    public void An_end_on_a_day_lasts_to_its_last_moment() =>
        Assert.Equal(Seen.Launch.AddDays(3), Seen.State(Seen.On(1) with { EndsAt = new Moment(Seen.Launch.AddDays(2), IsWholeDay: true) }).Facts.Horizon);

    [Fact]
    public void Money_in_another_currency_is_set_aside_and_time_goes_on()
    {
        var state = Seen.State(Seen.On(1, 100)).With(Seen.On(2, 9999) with { Currency = "USD" }, out var setAside);

        Assert.Equal("currency USD differs from the campaign's EUR", setAside);
        Assert.Equal((10_000L, Seen.Launch.AddDays(2), 2), (state.Latest!.PledgedMinor!.Value, state.Latest.At, state.Snapshots));
    }

    [Fact]
    public void A_snapshot_that_is_not_newer_is_refused() =>
        Assert.Throws<ArgumentException>(() => Seen.State(Seen.On(2), Seen.On(2)));

    [Theory]
    [InlineData(39.9, 1000.0, CampaignStatus.Live)]
    [InlineData(40, 1000.0, CampaignStatus.Succeeded)]
    [InlineData(40, 999.99, CampaignStatus.Failed)]
    public void After_its_end_a_campaign_has_succeeded_or_failed(double day, double pledged, CampaignStatus expected) =>
        Assert.Equal(expected, Seen.State(Seen.On(1, (decimal)pledged)).StatusAt(Seen.Launch.AddDays(day)));

    [Fact]
    public void What_the_platform_declares_wins() =>
        Assert.Equal(CampaignStatus.Cancelled, Seen.State(Seen.On(1) with { Status = CampaignStatus.Cancelled }).StatusAt(Seen.Launch.AddDays(50)));

    [Fact]
    public void A_trail_stays_bounded_and_keeps_its_ends()
    {
        var state = Seen.State([.. Enumerable.Range(1, 3000).Select(hour => Seen.On(hour / 24.0, hour))]);

        Assert.InRange(state.Trail.Points.Length, 1, ReadingTrail.Most);
        Assert.Equal((Seen.Launch.AddHours(1), Seen.Launch.AddHours(3000)), (state.Trail.Points[0].At, state.Trail.Points[^1].At));
    }

    [Fact]
    public void An_action_shown_twice_is_one()
    {
        var mail = new HolderAction(new Moment(Seen.Launch), ActionKind.Mail);
        Assert.Equal(mail, Assert.Single(Seen.State(Seen.On(1) with { Actions = [mail] }, Seen.On(2) with { Actions = [mail] }).Actions));
    }
}

using Succesmeter.Campaigns;
using Succesmeter.Events;

namespace Succesmeter.Tests.Events;

public sealed class ToldEventsTests
{
    private static readonly CampaignId Campaign = new(new PlatformId("growfunding"), "kidical-mass");
    private static readonly DateTimeOffset Launch = new(2026, 4, 20, 8, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset End = Launch.AddDays(40);

    [Fact]
    public void Of_no_events_nothing_was_told()
    {
        var told = ToldEvents.Of([], Launch, null);

        Assert.Equal((0, false, false, null), (told.Count, told.Discovered, told.Ended, told.Status));
        Assert.Empty(told.Milestones);
        Assert.Empty(told.StatusEpisodes);
    }

    [Fact]
    public void Events_say_what_was_told()
    {
        CampaignEvent[] events =
        [
            One(EventTypes.Discovered, "", 1, 1), One(EventTypes.MilestoneReached, "10", 1, 2), One(EventTypes.MilestoneReached, "25", 1, 3),
            One(EventTypes.ForecastTurned, "behind", 1, 4) with { Before = "on-track" }, One(EventTypes.PaceBehind, "", 1, 5), One(EventTypes.ForecastTurned, "on-track", 2, 6) with { Before = "behind" },
            One(EventTypes.PaceBehind, "", 2, 7), One(EventTypes.ForecastTurned, "behind", 2, 8) with { Before = "on-track" }, One(EventTypes.Ended, "", 1, 9),
        ];

        // In the order of their keys, which is not that in which they were told.
        var told = ToldEvents.Of([.. events.Reverse()], End, "ended");

        Assert.Equal((End, 9, true, true), (told.Through, told.Count, told.Discovered, told.Ended));
        Assert.Equal([10, 25], told.Milestones);
        Assert.Equal("behind", told.Status);
        Assert.Equal([KeyValuePair.Create("behind", 2), KeyValuePair.Create("on-track", 2)], told.StatusEpisodes);
        Assert.Equal((true, 2, false, 0, false, 0), (told.IsBehind, told.TimesBehind, told.IsStalled, told.Stalls, told.IsIgnited, told.Ignitions));
    }

    [Fact]
    public void While_no_turn_was_told_the_status_is_the_one_that_the_forecast_began_with()
    {
        var told = ToldEvents.Of([One(EventTypes.Discovered, "", 1, 1)], End, "on-track");

        Assert.Equal("on-track", told.Status);
        Assert.Equal([KeyValuePair.Create("on-track", 1)], told.StatusEpisodes);
    }

    private static CampaignEvent One(string type, string level, int episode, int number) => new(Campaign, type, level, episode, Launch.AddDays(number)) { Number = number };
}

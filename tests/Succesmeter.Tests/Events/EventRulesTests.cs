using Succesmeter.Campaigns;
using Succesmeter.Emergence;
using Succesmeter.Events;
using Succesmeter.Scores;
using Succesmeter.Tests.Campaigns;

namespace Succesmeter.Tests.Events;

public sealed class EventRulesTests
{
    [Fact]
    public void A_first_sight_is_told_with_the_milestones_behind_it()
    {
        var (_, events) = Tell(ToldEvents.None, day: 1, pledged: 260);
        Assert.Equal(["campaign.discovered", "milestone.reached:10", "milestone.reached:25"], events.Select(Name));
    }

    [Fact]
    public void A_jump_tells_every_milestone_that_it_passed()
    {
        var (told, _) = Tell(ToldEvents.None, day: 1, pledged: 100);
        Assert.Equal(["milestone.reached:25", "milestone.reached:50", "milestone.reached:75", "milestone.reached:100", "milestone.reached:150"], Tell(told, day: 2, pledged: 1999).Events.Select(Name));
    }

    [Fact]
    public void An_instant_that_was_looked_at_tells_nothing()
    {
        var (told, _) = Tell(ToldEvents.None, day: 5, pledged: 100);
        Assert.Empty(Tell(told, day: 4, pledged: 2000).Events);
        Assert.Empty(Tell(told, day: 5, pledged: 2000).Events);
    }

    [Fact]
    public void A_status_entered_again_is_another_episode()
    {
        var (told, _) = Tell(ToldEvents.None, day: 1, status: "on-track");
        (told, _) = Tell(told, day: 2, status: "behind");
        (told, _) = Tell(told, day: 3, status: "on-track");
        (_, var events) = Tell(told, day: 4, status: "behind");

        var turned = Assert.Single(events);
        Assert.Equal(("forecast.turned", "behind", 2, "on-track"), (turned.Type, turned.Level, turned.Episode, turned.Before));
        Assert.Equal("growfunding/kidical-mass:forecast.turned:behind:2", turned.Id);
    }

    [Fact]
    public void An_end_is_told_once()
    {
        var (told, events) = Tell(ToldEvents.None with { Discovered = true }, day: 41);
        Assert.Contains(events, told => told.Type == EventTypes.Ended);
        Assert.Empty(Tell(told, day: 42).Events);
    }

    [Fact]
    public void A_community_ignites_once_an_episode_and_another_verdict_ends_the_episode()
    {
        var told = ToldEvents.None with { Discovered = true };
        var days = new List<string>();
        foreach (var (inARow, day) in ((int, int)[])[(0, 1), (1, 2), (2, 3), (3, 4), (1, 6), (2, 7), (0, 8), (1, 9), (2, 10)])
        {
            var estimate = new EmergenceEstimate { Verdict = inARow > 0 ? EmergenceVerdict.SelfSustaining : EmergenceVerdict.CannotTell };
            var state = Seen.State(Seen.On(day, 0)) with { Emergence = new EmergenceLook(Seen.Launch.AddDays(day), estimate, 60, inARow, false) };
            told = EventRules.Tell(told, state, null, Seen.Launch.AddDays(day), out var events);
            days.AddRange(events.Select(one => $"{day} {one.Type} {one.Episode}"));
        }

        Assert.Equal(["3 community.ignited 1", "10 community.ignited 2"], days);
    }

    private static (ToldEvents Told, IReadOnlyList<CampaignEvent> Events) Tell(ToldEvents told, int day, decimal pledged = 0, string? status = null)
    {
        var state = Seen.State(Seen.On(day, pledged));
        var after = EventRules.Tell(told, state, status is null ? null : new ScoreSummary { Elapsed = 0, Status = status, Confidence = "ok" }, Seen.Launch.AddDays(day), out var events);
        return (after, events);
    }

    private static string Name(CampaignEvent told) => told.Level.Length == 0 ? told.Type : $"{told.Type}:{told.Level}";
}

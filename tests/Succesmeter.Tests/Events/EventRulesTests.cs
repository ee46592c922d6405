using Succesmeter.Campaigns;
using Succesmeter.Emergence;
using Succesmeter.Events;
using Succesmeter.Forecasts;
using Succesmeter.Scores;
using Succesmeter.Snapshots;
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
            told = EventRules.Tell(told, state, null, default, Seen.Launch.AddDays(day), out var events);
            days.AddRange(events.Select(one => $"{day} {one.Type} {one.Episode}"));
        }

        Assert.Equal(["3 community.ignited 1", "10 community.ignited 2"], days);
    }

    [Theory]
    [InlineData(0.76, 0.74, false)]
    [InlineData(0.76, 0.71, false)]
    [InlineData(0.76, 0.69, true)]
    [InlineData(0.39, 0.44, false)]
    [InlineData(0.39, 0.46, true)]
    [InlineData(0.80, 0.38, true)]
    public void A_status_has_turned_when_the_probability_is_five_points_past_a_border(double before, double now, bool isTold)
    {
        var (told, _) = Tell(ToldEvents.None, day: 1, status: StatusOf(before), probability: before);
        Assert.Equal(isTold, Tell(told, day: 2, status: StatusOf(now), probability: now).Events.Any(static one => one.Type == EventTypes.ForecastTurned));
    }

    /// <summary>A law: between two turns the probability has moved by at least twice the band, less one step over the border.</summary>
    [Fact]
    public void A_probability_that_flickers_around_a_border_tells_at_most_once() =>
        Gen.Double[0, 1].Select(Gen.Double[-0.049, 0.049].Array[5, 30]).Sample((middle, noise) =>
        {
            var (told, turns) = (ToldEvents.None, 0);
            for (var at = 0; at < noise.Length; at++)
            {
                var probability = Math.Clamp(middle + noise[at], 0, 1);
                (told, var events) = Tell(told, day: at + 1, status: StatusOf(probability), probability: probability);
                turns += events.Count(static one => one.Type == EventTypes.ForecastTurned);
            }

            Assert.InRange(turns, 0, 1);
        });

    [Fact]
    public void A_goal_is_lost_again_only_when_the_amount_falls_two_in_a_hundred_short()
    {
        var (told, _) = Tell(ToldEvents.None, day: 1, pledged: 1000, status: "reached", probability: 1);
        (told, var few) = Tell(told, day: 2, pledged: 985, status: "on-track", probability: 0.97);
        (_, var many) = Tell(told, day: 3, pledged: 900, status: "on-track", probability: 0.95);

        Assert.Empty(few);
        Assert.Equal(["forecast.turned:on-track"], many.Select(Name));
    }

    [Fact]
    public void A_pace_is_behind_once_until_it_has_been_enough()
    {
        var told = ToldEvents.None with { Discovered = true };
        var said = new List<string>();
        foreach (var (day, perDay) in ((int, double)[])[(2, 1), (4, 1), (5, 19), (6, 12), (7, 20), (8, 13), (9, 14)])
        {
            told = EventRules.Tell(told, Seen.State(Seen.On(day, 10)), null, new Pace(perDay, 20), Seen.Launch.AddDays(day), out var events);
            said.AddRange(events.Select(one => $"{day} {one.Type} {one.Episode}: {one.PacePerDay} of {one.NeededPerDay}"));
        }

        Assert.Equal(["4 pace.behind 1: 1 of 20", "8 pace.behind 2: 13 of 20"], said);
    }

    [Fact]
    public void A_dialogue_has_stalled_when_a_comment_waits_three_days_and_goes_on_when_none_waits()
    {
        var told = ToldEvents.None with { Discovered = true };
        var said = new List<string>();
        Comment first = new("1", new Moment(Seen.Launch.AddDays(1)), CommentAuthor.Backer, null, null);
        Comment second = new("2", new Moment(Seen.Launch.AddDays(5)), CommentAuthor.Backer, null, null);
        Comment answer = new("3", new Moment(Seen.Launch.AddDays(6)), CommentAuthor.Holder, null, "1");
        Comment late = new("4", new Moment(Seen.Launch.AddDays(9.5)), CommentAuthor.Holder, null, "2");
        Comment third = new("5", new Moment(Seen.Launch.AddDays(10)), CommentAuthor.Backer, null, null);
        var shown = new List<Snapshot>();
        foreach (var (day, list) in ((double, Comment[])[])[(3, [first]), (4.5, [first]), (5.5, [first, second]), (7, [first, second, answer]), (9, [first, second, answer]), (9.8, [first, second, answer, late]), (11, [first, second, answer, late, third]), (13.5, [first, second, answer, late, third])])
        {
            shown.Add(Seen.On(day, 10) with { CommentList = list });
            told = EventRules.Tell(told, Seen.State([.. shown]), null, default, Seen.Launch.AddDays(day), out var events);
            said.AddRange(events.Select(one => FormattableString.Invariant($"{day} {one.Type} {one.Episode}: {one.OpenComments}")));
        }

        // On day 9 the second waits four days, but since the first was told some comment has waited without a break.
        Assert.Equal(["4.5 dialogue.stalled 1: 1", "13.5 dialogue.stalled 2: 1"], said);
    }

    [Fact]
    public void Events_are_numbered_as_they_are_told_and_say_what_was_seen()
    {
        var (told, first) = Tell(ToldEvents.None, day: 1, pledged: 260, probability: 0.8, status: "on-track");
        var (_, second) = Tell(told, day: 2, pledged: 500, probability: 0.8, status: "on-track");

        Assert.Equal([1, 2, 3, 4], first.Concat(second).Select(static one => one.Number));
        Assert.Equal((260m, 1000m, "EUR", 0.26, 0.8, "ok"), (first[0].Pledged, first[0].Goal, first[0].Currency, first[0].GoalShare, first[0].Probability, first[0].Confidence));
        Assert.Equal("kidical-mass", first[0].Title);
    }

    private static string StatusOf(double probability) => probability >= 0.75 ? "on-track" : probability >= 0.40 ? "uncertain" : probability >= 0.15 ? "behind" : "unlikely";

    private static (ToldEvents Told, IReadOnlyList<CampaignEvent> Events) Tell(ToldEvents told, int day, decimal pledged = 0, string? status = null, double? probability = null)
    {
        var state = Seen.State(Seen.On(day, pledged));
        var score = status is null ? null : new ScoreSummary { Elapsed = 0, Status = status, Confidence = "ok", Probability = probability };
        var after = EventRules.Tell(told, state, score, default, Seen.Launch.AddDays(day), out var events);
        return (after, events);
    }

    private static string Name(CampaignEvent told) => told.Level.Length == 0 ? told.Type : $"{told.Type}:{told.Level}";
}

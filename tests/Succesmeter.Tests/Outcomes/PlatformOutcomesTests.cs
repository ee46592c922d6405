using System.Collections.Immutable;
using Succesmeter.Campaigns;
using Succesmeter.Features;
using Succesmeter.Forecasts;
using Succesmeter.Outcomes;
using Succesmeter.Scores;
using Succesmeter.Snapshots;
using Succesmeter.Social;
using Succesmeter.Tests.Campaigns;
using Succesmeter.Tests.Features;
using Succesmeter.Tests.Forecasts;

namespace Succesmeter.Tests.Outcomes;

public sealed class PlatformOutcomesTests
{
    private static readonly PlatformId Platform = Seen.Campaign.Platform;

    [Fact]
    public void Of_many_finished_campaigns_the_newest_two_thousand_are_wanted()
    {
        var newest = new NewestFinished();
        foreach (var day in Enumerable.Range(0, PlatformOutcomes.Most + 5).Reverse())
            newest.Add(Listing($"c{day}", Seen.Launch.AddDays(day)));

        Assert.Equal(PlatformOutcomes.Most, newest.All.Count());
        Assert.Equal("c5", newest.All.MinBy(listing => listing.Horizon)!.Campaign.Name);
    }

    [Theory]
    [InlineData(CampaignStatus.Live)]
    [InlineData(CampaignStatus.Cancelled)]
    public void What_is_not_over_or_was_cancelled_is_not_asked_for(CampaignStatus status) => Assert.False(FinishedCampaign.IsOver(Listing("c", Seen.Launch) with { Status = status }));

    [Fact]
    public void Without_goal_launch_or_end_to_the_support_nothing_can_be_asked()
    {
        var listing = Listing("c", Seen.Launch);

        Assert.True(FinishedCampaign.IsOver(listing));
        Assert.False(FinishedCampaign.IsOver(listing with { AwaitsFacts = true }));
        Assert.False(FinishedCampaign.IsOver(listing with { Goal = 0 }));
        Assert.False(FinishedCampaign.IsOver(listing with { LaunchedAt = null }));
        Assert.False(FinishedCampaign.IsOver(listing with { Funding = FundingModel.Recurring }));
    }

    [Fact]
    public void The_courses_of_the_newest_five_hundred_are_set_beside_live_ones()
    {
        var outcomes = new PlatformOutcomes(Platform, [.. Enumerable.Range(0, 600).Select(at => Finished(at, at % 2 == 0))]);
        var courses = outcomes.ModelFor(SomeModel.Model, null).Courses;

        Assert.Equal(PlatformOutcomes.MostCourses, courses.Length);
        Assert.Equal("growfunding/c599", courses[0].Name);
        Assert.Equal((1, 0), (courses[0].Stands, courses[0].ReachedShare));
    }

    [Fact]
    public void Those_that_nobody_knows_the_end_of_count_nowhere()
    {
        var outcomes = new PlatformOutcomes(Platform, [Finished(0, true), Finished(1, false) with { IsKnown = false }]);
        var learned = outcomes.ModelFor(SomeModel.Model, null);

        Assert.Equal(1, learned.Fit.OwnOutcomesAt(0));
        Assert.Single(learned.Courses);
        Assert.Equal(1, outcomes.Drift().All.N);
    }

    [Fact]
    public void Newly_derived_ones_replace_their_elders_and_those_not_wanted_go()
    {
        var outcomes = new PlatformOutcomes(Platform, [Finished(0, true), Finished(1, true), Finished(2, true)]);

        var after = outcomes.With(
            new Dictionary<string, FinishedCampaign> { ["c1"] = Finished(1, false), ["c3"] = Finished(3, false) }, new HashSet<string> { "c1", "c2", "c3" });

        Assert.Equal([("c1", false), ("c2", true), ("c3", false)], after.Campaigns.Select(campaign => (campaign.Name, campaign.Reached)));
    }

    [Fact]
    public void Drift_looks_at_what_was_said_about_half_of_the_time_and_at_no_other_time()
    {
        var half = Finished(0, true);
        var early = Finished(1, true) with { Looks = [Look(0.1, 0.9)] };
        var late = Finished(2, true) with { Looks = [Look(0.39, 0.9), Look(0.61, 0.9)] };
        var old = Finished(3, false) with { Looks = [Look(0.5, 0.8) with { Shown = null }] };

        var (all, shown, hidden) = new PlatformOutcomes(Platform, [half, early, late, old]).Drift();

        Assert.Equal((2, 1, 1), (all.N, shown.N, hidden.N));
        Assert.Equal((0.3 + 0.8) / 2, all.Forecast!.Value, 12);
        Assert.Equal(0.5, all.Happened);
    }

    [Fact]
    public void What_was_learned_has_one_version_and_what_differs_has_another()
    {
        PlatformOutcomes Of(params bool[] reached) => new(Platform, [.. reached.Select((has, at) => Finished(at, has))]);

        Assert.Equal(Of(true, false).ModelFor(SomeModel.Model, null).Version, Of(true, false).ModelFor(SomeModel.Model, null).Version);
        Assert.NotEqual(Of(true, false).ModelFor(SomeModel.Model, null).Version, Of(true, true).ModelFor(SomeModel.Model, null).Version);
        Assert.NotEqual(Of(true, false).ModelFor(SomeModel.Model, null).Version, Of(true, false).ModelFor(SomeModel.Model, PlatformPrior.Growfunding).Version);
    }

    [Fact]
    public void A_score_names_all_that_it_depends_on()
    {
        var plain = new ScoringModel(SomeModel.Model, References.Shipped);
        var learned = plain with { Platforms = new Dictionary<PlatformId, PlatformModel> { [Platform] = new(new PlatformFit(1, null), []) } };
        var state = Seen.State(Seen.On(10, 400));
        var asOf = Seen.Launch.AddDays(10);
        var (before, after) = (Score.Of(state, asOf, plain)!, Score.Of(state, asOf, learned)!);

        Assert.Equal(plain.Name, before.Model);
        Assert.StartsWith(plain.Name + "-", after.Model, StringComparison.Ordinal);
        Assert.NotEqual(before.Financial.Probability, after.Financial.Probability);
        Assert.Equal(before.Financial.LogOdds, after.Financial.LogOdds);
        Assert.Equal((after.Financial.LogOdds, after.Model), (after.Summary.LogOdds, after.Summary.Model));
        Assert.Equal(plain.Name, learned.NameFor(new PlatformId("elsewhere")));
    }

    [Fact]
    public void Thirty_finished_campaigns_rank_a_live_one_and_give_it_a_meter_under_a_name_of_their_own()
    {
        PlatformOutcomes Of(int count, int lastReach = 20) => new(Platform, [.. Enumerable.Range(0, count).Select(at => Finished(at, true) with
        {
            Social = new SocialCourse($"c{at}", 1000 + at, 40, [.. FittedReferences.Days.Where(static day => day <= 40).Select(day =>
                new SocialLook(day, at == count - 1 ? lastReach : 10 + at, 10, (double)at / count, (double)(at * 7 % count) / count))]),
        })]);
        ScoringModel Model(PlatformOutcomes outcomes) =>
            new(SomeModel.Model, References.Shipped) { Platforms = new Dictionary<PlatformId, PlatformModel> { [Platform] = outcomes.ModelFor(SomeModel.Model, null) } };
        var state = Seen.State(Seen.On(10, 400) with
        {
            Backers = 30,
            Needs = new Needs(10, 5),
            CommentList = [.. Enumerable.Range(0, 4).Select(i => new Comment($"{i}", new Moment(Seen.Launch.AddDays(2)), CommentAuthor.Backer, null, null)),
                new Comment("a", new Moment(Seen.Launch.AddDays(3)), CommentAuthor.Holder, null, "1"), new Comment("b", new Moment(Seen.Launch.AddDays(3)), CommentAuthor.Holder, null, "2")],
        });
        var asOf = Seen.Launch.AddDays(10);

        var score = Score.Of(state, asOf, Model(Of(40)))!;
        Assert.NotNull(score.Social.Meter);
        Assert.Equal(["growfunding-own", null, "growfunding-own", "growfunding-own"], IndicatorNames.InMeter.Select(name => score.Social[name].ReferenceName));
        Assert.InRange(score.Social["dialogue"].Percentile!.Value, 45, 55);
        Assert.Equal(ScoreJson.Write(score), ScoreJson.Write(Score.Of(state, asOf, Model(Of(40)))!));

        Assert.NotEqual(Model(Of(40)).NameFor(Platform), Model(Of(40, lastReach: 21)).NameFor(Platform));
        var few = Score.Of(state, asOf, Model(Of(29)))!;
        Assert.Equal((null, References.Shipped.Card.Name), (few.Social.Meter, few.Social["reach"].ReferenceName));
        Assert.Equal(0, Of(29).ModelFor(SomeModel.Model, null).Crowds.Count);
    }

    [Fact]
    public void Where_none_of_the_own_past_is_like_it_a_campaign_stays_beside_the_shipped_references()
    {
        var courses = SocialCourses.Of(Enumerable.Range(0, 40).Select(at => new SocialCourse($"c{at:D2}", 300_000, 40, [.. FittedReferences.Days.Where(static day => day <= 40).Select(day => new SocialLook(day, at, null, null, null))])));
        var model = new ScoringModel(SomeModel.Model, References.Shipped) { Platforms = new Dictionary<PlatformId, PlatformModel> { [Platform] = new(PlatformFit.None, [], crowds: courses) } };

        var score = Score.Of(Seen.State(Seen.On(10, 400) with { Backers = 30 }), Seen.Launch.AddDays(10), model)!;

        Assert.NotNull(score.Social["reach"].Percentile);
        Assert.Equal(References.Shipped.Card.Name, score.Social["reach"].ReferenceName);
    }

    [Fact]
    public void Finished_campaigns_of_the_platform_are_set_beside_a_live_one_and_never_itself()
    {
        PastCurve Course(string name) => new(name, 1, 1, [.. Enumerable.Repeat(0.4, PastCurve.Points)]);
        var courses = new[] { "growfunding/a", "growfunding/b", "growfunding/c", Seen.Campaign.ToString() }.Select(Course);
        var model = new ScoringModel(SomeModel.Model, References.Shipped) { Platforms = new Dictionary<PlatformId, PlatformModel> { [Platform] = new(PlatformFit.None, courses) } };
        var state = Seen.State(Seen.On(10, 400));

        var score = Score.Of(state, Seen.Launch.AddDays(10), model)!.Explained(state, model);

        Assert.Equal(["growfunding/a", "growfunding/b", "growfunding/c"], score.Comparables.Select(past => past.Name));
    }

    internal static FinishedCampaign Finished(int at, bool reached) => new()
    {
        Name = $"c{at}",
        Sequence = 1,
        EndedAt = Seen.Launch.AddDays(at),
        IsKnown = true,
        AllOrNothing = true,
        PlannedDays = 40,
        ReachedAtShare = reached ? 0.7 : null,
        FinalRatio = reached ? 1.1 : 0.5,
        Ratios = [.. Enumerable.Range(0, PastCurve.Points).Select(point => (reached ? 1.1 : 0.5) * point / (PastCurve.Points - 1))],
        Looks = [Look(0.45, 0.3)],
    };

    private static Look Look(double share, double probability) => new()
    {
        ElapsedShare = share,
        Goal = 1,
        Features = ImmutableArray.Create(FundingFeatures.Of(Curves.Plain).Values),
        LogOdds = Math.Log(probability / (1 - probability)),
        Probability = probability,
        Shown = true,
        Model = SomeModel.Model.FullName,
    };

    private static CampaignListing Listing(string name, DateTimeOffset end) => new()
    {
        Campaign = new CampaignId(Platform, name),
        Sequence = 1,
        Title = name,
        Status = CampaignStatus.Succeeded,
        AwaitsFacts = false,
        AsOf = end.AddDays(1),
        TakenAt = end,
        Goal = 1000,
        LaunchedAt = end.AddDays(-40),
        Horizon = end,
    };
}

using Succesmeter.Campaigns;
using Succesmeter.Features;
using Succesmeter.Histories;
using Succesmeter.Networks;
using Succesmeter.Outcomes;
using Succesmeter.Snapshots;
using Succesmeter.Social;
using Succesmeter.Tests.Campaigns;
using Succesmeter.Tests.Features;
using Succesmeter.Tests.Forecasts;
using Succesmeter.Tests.Social;

namespace Succesmeter.Tests.Outcomes;

public sealed class SocialEndTests
{
    [Fact]
    public void Backers_are_kept_as_they_stood_at_four_instants_and_at_the_end()
    {
        // Launch to a tenth, a quarter and a tenth more, …: day 1, day 11; day 17 is too late for a quarter and too early for half; day 21, day 31.
        var end = Read(On(1, 5), On(2, 6), On(11, 40), On(17, 50), On(21, 60), On(31, 70), On(41, 90));

        Assert.Equal(90, end.FinalBackers);
        Assert.Equal([1, 11, 21, 31], end.Looks.Select(look => Math.Round(look.ElapsedShare * 40)));
        Assert.Equal([5, 40, 60, 70], end.Looks.Select(look => look.Features[5]));
    }

    [Fact]
    public void A_campaign_that_reached_its_goal_goes_on_being_looked_at() => Assert.Equal(2, Read(On(11, 40, 1500), On(21, 60, 1600), On(41, 90, 1700)).Looks.Length);

    [Fact]
    public void Backers_that_came_after_an_assumed_end_do_not_count()
    {
        // Day 60 lies half of the way between the readings of day 55 and day 65.
        var end = Read([.. new[] { On(1, 5), On(55, 60), On(65, 80) }.Select(seen => seen with { EndsAt = null, Funding = FundingModel.KeepItAll })]);

        Assert.Equal(70, end.FinalBackers);
    }

    [Fact]
    public void Without_a_number_of_backers_at_the_end_none_is_made_up() => Assert.Null(Read(On(1, 5), Seen.On(41, 1200)).FinalBackers);

    [Fact]
    public void Comments_count_until_the_end_and_answers_until_72_hours_after_it()
    {
        // Asked on days 10 and 39 and, too late, 41; the answer to the second came on day 41, two days after.
        Comment[] shown = [Asks("a", 10), Asks("b", 39), Asks("c", 41), Answers("x", 11, "a"), Answers("y", 41, "b")];
        var comments = Read(On(1, 5), On(41, 90) with { CommentList = shown[..4] }, On(44, 90) with { CommentList = shown }).Comments!;

        Assert.Equal(new CommentOutcome(2, 2, 2, true), comments);
        Assert.Equal(1, comments.Share);
    }

    [Fact]
    public void A_list_that_was_not_seen_to_the_last_only_bounds_it()
    {
        var comments = Read(On(1, 5), On(20, 9) with { CommentList = [Asks("a", 10), Answers("x", 11, "a")] }, On(41, 90)).Comments!;

        Assert.Equal(new CommentOutcome(1, 1, 1, false), comments);
        Assert.Null(comments.Share);
    }

    [Fact]
    public void Where_comments_were_never_listed_there_is_no_third_target() => Assert.Null(Read(On(1, 5), On(41, 90)).Comments);

    [Fact]
    public void Under_sixty_outcomes_they_are_counted_and_move_nothing()
    {
        var fit = FitOf([.. Enumerable.Range(0, 59).Select(_ => Grows(1))]);

        Assert.Equal(BackersFit.None with { Outcomes = 59 }, fit);
    }

    [Fact]
    public void With_sixty_the_quantiles_move_to_where_they_ended_and_what_beats_money_predicts()
    {
        // The number was foreseen to grow by .1, .5 and 1 in logarithms, and grew by .2 to 1.1 evenly, while the model of money here says that hardly anything more comes.
        var fit = FitOf([.. Enumerable.Range(0, 60).Select(at => Grows(0.2 + (0.9 * at / 59)))]);

        Assert.True(fit is { Outcomes: 60, Predicts: true });
        Assert.Equal(0.2 + (0.9 * 5 / 59) - 0.1, fit.Margin.Low, 0.01);
        Assert.Equal(0.2 + (0.9 * 29 / 59) - 0.5, fit.Margin.Middle, 0.01);
        Assert.Equal(0.2 + (0.9 * 53 / 59) - 1, fit.Margin.High, 0.01);
    }

    [Fact]
    public void What_is_worse_than_money_goes_on_describing() => Assert.True(FitOf([.. Enumerable.Range(0, 100).Select(_ => Grows(0))], Wild) is { Outcomes: 100, Predicts: false });

    [Fact]
    public void What_was_said_of_donors_outlives_a_new_reading_of_the_history()
    {
        var said = new DonorOutcome(new ShownFigure(0.2, 40, true), ShownFigure.None);
        var kept = new PlatformOutcomes(Seen.Campaign.Platform, [Finished("a"), Finished("b")]).WithDonors(campaign => campaign.Name == "a" ? said : DonorOutcome.None);
        var after = kept.With(new Dictionary<string, FinishedCampaign> { ["a"] = Finished("a") with { Sequence = 9 } }, new HashSet<string> { "a", "b" });

        Assert.Equal([(9, said), (1, null)], after.Campaigns.Select(campaign => (campaign.Sequence, campaign.Donors)));
    }

    /// <summary>Foresees e^50 times as many, which no money forecast does.</summary>
    private static readonly BackersModel Wild = SomeBackers.Model with { Margins = [.. Enumerable.Repeat(new BackersMargin(50, 50, 50), BackersModel.Parts)] };

    private static BackersFit FitOf(FinishedCampaign[] campaigns, BackersModel? model = null) =>
        new PlatformOutcomes(Seen.Campaign.Platform, [.. campaigns]).ModelFor(SomeModel.Model, null, model ?? SomeBackers.Model).Backers;

    /// <summary>Half of the time over, 99,999 backers.</summary>
    private static FinishedCampaign Grows(double growth)
    {
        var half = Curves.Plain with { PlannedDays = 40, ElapsedDays = 20, Gifts = 99_999 };
        return Finished("a") with
        {
            End = new SocialEnd { FinalBackers = (int)Math.Round((100_000 * Math.Exp(growth)) - 1), Looks = [new BackersLook(0.5, [.. FundingFeatures.Of(half).Values])] },
        };
    }

    private static FinishedCampaign Finished(string name) => new() { Name = name, Sequence = 1, EndedAt = Seen.Launch.AddDays(40), IsKnown = true, PlannedDays = 40 };

    private static Snapshot On(double day, int backers, decimal pledged = 100) => Seen.On(day, pledged) with { Backers = backers };

    private static Comment Asks(string id, double day) => new(id, new Moment(Seen.Launch.AddDays(day)), CommentAuthor.Backer, null, null);

    private static Comment Answers(string id, double day, string to) => new(id, new Moment(Seen.Launch.AddDays(day)), CommentAuthor.Holder, null, to);

    private static SocialEnd Read(params Snapshot[] course)
    {
        var reader = new FinishedCourse(new CampaignListing
        {
            Campaign = Seen.Campaign,
            Sequence = 7,
            Title = "Some",
            Status = CampaignStatus.Succeeded,
            AwaitsFacts = false,
            AsOf = Seen.Launch.AddDays(45),
            TakenAt = Seen.Launch.AddDays(45),
            Goal = 1000,
            LaunchedAt = Seen.Launch,
            Horizon = Seen.Launch.AddDays(40),
        });
        foreach (var snapshot in course)
            reader.Add(new HistoryEntry { At = snapshot.TakenAt, Snapshot = new ReceivedSnapshot(snapshot, new Received(snapshot.TakenAt, "some", 1)) });
        return reader.Finish().End!;
    }
}

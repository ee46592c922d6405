using Succesmeter.Advice;
using Succesmeter.Campaigns;
using Succesmeter.Scores;
using Succesmeter.Snapshots;
using Succesmeter.Social;
using Succesmeter.Tests.Campaigns;
using Succesmeter.Tests.Forecasts;

namespace Succesmeter.Tests.Advice;

public sealed class AdviceSituationsTests
{
    private static readonly DateTimeOffset Day10 = Seen.Launch.AddDays(10);

    [Fact]
    public void A_live_campaign_is_as_its_newest_totals_and_its_facts_say()
    {
        var now = Of(Seen.On(2, 50) with { Backers = 4 }, Seen.On(10, 400) with { Backers = 25, Rewards = [Priced(50), Priced(5), Priced(null), Priced(50)] });
        Assert.True(now.IsLive);
        Assert.Equal((10.0, 30.0, 0.4, 25, 21), (now.ElapsedDays!.Value, now.DaysLeft!.Value, now.Share!.Value, now.Backers!.Value, now.BackersLastWeek!.Value));
        Assert.Equal([5m, 50m], now.RewardPrices);
        Assert.NotNull(now.NeededPerDay);
    }

    [Fact]
    public void What_no_snapshot_shows_is_null_and_brings_up_nothing()
    {
        var now = Of(Seen.On(10, 400));
        Assert.Equal((null, null, null, null), (now.Backers, now.BackersLastWeek, now.OpenComments, now.DaysSinceThanks));
        Assert.Empty(now.RewardPrices);
    }

    [Fact]
    public void Over_or_not_yet_launched_is_not_live()
    {
        Assert.False(AsOf(Seen.State(Seen.On(39, 400)), Seen.Launch.AddDays(40)).IsLive);
        Assert.False(AsOf(Seen.State(Seen.On(-1, 0)), Seen.Launch.AddDays(-1)).IsLive);
        Assert.False(Of(Seen.On(10) with { Status = CampaignStatus.Cancelled }).IsLive);
    }

    [Fact]
    public void An_assumed_end_leaves_no_days_to_count() => Assert.Null(Of(Seen.On(10, 400) with { EndsAt = null }).DaysLeft);

    [Fact]
    public void A_comment_waits_from_its_second_day_on_unless_the_holder_wrote_after_it()
    {
        Comment By(CommentAuthor author, string id, double day, string? answers = null) => new(id, new Moment(Seen.Launch.AddDays(day)), author, null, answers);
        var list = new[]
        {
            By(CommentAuthor.Backer, "answered", 5), By(CommentAuthor.Holder, "answer", 6, "answered"), By(CommentAuthor.Holder, "word", 6.5),
            By(CommentAuthor.Backer, "followed", 6.2), By(CommentAuthor.Backer, "waits", 7), By(CommentAuthor.Backer, "young", 9.5),
        };
        Assert.Equal(1, Of(Seen.On(10, 400) with { CommentList = list }).OpenComments);
        Assert.Equal(0, Of(Seen.On(10, 400) with { CommentList = [] }).OpenComments);
    }

    [Fact]
    public void The_last_gift_is_the_newest_of_the_list_or_the_last_rise_of_the_total()
    {
        var listed = Seen.On(10, 30).Listing(ContributionsAre.All, Gift("a", 3), Gift("b", 6), Gift("c", 8) with { ByHolder = true });
        Assert.Equal(4, Of(listed).DaysSinceLastGift!.Value, 9);
        Assert.Equal(3, Of(Seen.On(5, 300), Seen.On(7, 400), Seen.On(10, 400)).DaysSinceLastGift!.Value, 9);
        Assert.Equal(1, Of(Seen.On(8, 20).Listing(ContributionsAre.All, Gift("a", 3), Gift("b", 6)), Seen.On(9, 400), Seen.On(10, 400)).DaysSinceLastGift!.Value, 9);
        Assert.Equal(10, Of(Seen.On(10, 0)).DaysSinceLastGift!.Value, 9);
        Assert.Null(Of(Seen.On(10, 400)).DaysSinceLastGift);
    }

    [Fact]
    public void Thanks_and_updates_are_thanks_and_a_log_without_any_counts_from_the_launch()
    {
        HolderAction[] log = [new(new Moment(Seen.Launch.AddDays(2)), ActionKind.Thanks), new(new Moment(Seen.Launch.AddDays(4)), ActionKind.Update), new(new Moment(Seen.Launch.AddDays(9)), ActionKind.Mail)];
        Assert.Equal(6, Of(Seen.On(10) with { ActionLogKept = true, Actions = log }).DaysSinceThanks!.Value, 9);
        Assert.Equal(10, Of(Seen.On(10) with { ActionLogKept = true, Actions = log[2..] }).DaysSinceThanks!.Value, 9);
    }

    [Fact]
    public void A_score_keeps_all_that_applied_beside_the_three_that_were_given()
    {
        var state = Seen.State(Seen.On(2, 250) with { Backers = 4 }, Seen.On(6, 490) with
        {
            Backers = 30,
            Rewards = [Priced(5), Priced(50)],
            ActionLogKept = true,
            CommentList = [new Comment("q", new Moment(Seen.Launch.AddDays(3)), CommentAuthor.Backer, null, null)],
        });
        var score = Score.Of(state, Day10, new ScoringModel(SomeModel.Model, References.Shipped))!;
        var lot = score.Summary.Advice!;
        Assert.Equal("answer-comments thank bring-one next-circle missing-reward moment", string.Join(' ', lot.Applied));
        Assert.Equal(AdviceRules.Most, lot.Given.Length);
        Assert.Equal(score.Advice.Select(static piece => piece.Code), lot.Given.ToArray());
        Assert.Subset(lot.Applied.ToHashSet(), lot.Given.ToHashSet());
    }

    private static AdviceSituation Of(params ReadOnlySpan<Snapshot> snapshots) => AsOf(Seen.State(snapshots), Day10);

    private static AdviceSituation AsOf(CampaignState state, DateTimeOffset asOf) =>
        AdviceSituations.Of(state, Crowd.Of(state, asOf), Score.Of(state, asOf, new ScoringModel(SomeModel.Model, References.Shipped))!.Financial, asOf);

    private static Reward Priced(decimal? price) => new(null, price, null, null);

    private static Contribution Gift(string id, double day) => new() { Id = id, At = new Moment(Seen.Launch.AddDays(day)), Amount = 10 };
}

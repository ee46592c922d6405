using Succesmeter.Advice;
using Succesmeter.Campaigns;

namespace Succesmeter.Tests.Advice;

public sealed class AdviceRulesTests
{
    private static readonly CampaignId Campaign = new(new PlatformId("growfunding"), "kidical-mass");
    private static readonly DateTimeOffset AsOf = new(2026, 5, 2, 12, 0, 0, TimeSpan.Zero);

    private static readonly AdviceSituation Quiet = new() { IsLive = true, ElapsedDays = 10, DaysLeft = 20, Share = 0.4 };

    [Fact]
    public void Where_nothing_calls_for_it_nothing_is_advised() => Assert.Empty(AdviceRules.Of(Quiet, Campaign, AsOf));

    [Fact]
    public void An_open_comment_brings_up_an_answer_with_its_number() =>
        Assert.Equal([("comments", 2)], Only(Quiet with { OpenComments = 2 }, AdviceCodes.AnswerComments).Trigger);

    [Theory]
    [InlineData(19, false)]
    [InlineData(20, true)]
    [InlineData(39, true)]
    [InlineData(40, false)]
    public void The_first_twenty_are_asked_to_bring_one(int backers, bool asked) =>
        Assert.Equal(asked, AdviceRules.Of(Quiet with { Backers = backers }, Campaign, AsOf).Any(piece => piece.Code == AdviceCodes.BringOne));

    [Fact]
    public void Three_silent_days_point_to_the_next_circle() =>
        Assert.Equal([("days", 3), ("share", 0.4)], Only(Quiet with { DaysSinceLastGift = 3.7 }, AdviceCodes.NextCircle).Trigger);

    [Fact]
    public void The_widest_step_between_prices_is_where_a_reward_is_missing() =>
        Assert.Equal([("below", 10), ("above", 100)], Only(Quiet with { RewardPrices = [100, 5, 10, 350, 10] }, AdviceCodes.MissingReward).Trigger);

    [Fact]
    public void A_pace_too_slow_by_more_than_noise_says_what_it_takes()
    {
        Assert.Equal([("needed", 121), ("pace", 98), ("days", 20)], Only(Quiet with { PacePerDay = 98.2, NeededPerDay = 120.5 }, AdviceCodes.Pace).Trigger);
        Assert.Empty(AdviceRules.Of(Quiet with { PacePerDay = 98.2, NeededPerDay = 107 }, Campaign, AsOf));
    }

    [Theory]
    [InlineData(0.44, null)]
    [InlineData(0.46, 50.0)]
    [InlineData(0.52, 50.0)]
    [InlineData(0.97, 100.0)]
    public void A_round_number_that_is_near_is_worth_telling(double share, double? percent) =>
        Assert.Equal(percent, AdviceRules.Of(Quiet with { Share = share }, Campaign, AsOf).SingleOrDefault()?.Trigger[0].Value);

    [Fact]
    public void What_the_platform_itself_has_seen_takes_the_place_of_a_published_source_and_has_no_say_in_the_lot()
    {
        var seen = new LeverEvidence(AdviceCodes.Thank, 0.04, 0.01, 0.07, 25, 60);
        for (var day = 0; day < 30; day++)
        {
            var plain = AdviceRules.Of(Everything, Campaign, AsOf.AddDays(day));
            var beside = AdviceRules.Of(Everything, Campaign, AsOf.AddDays(day), [seen]);

            Assert.Equal(plain.Select(piece => piece.Code), beside.Select(piece => piece.Code));
            Assert.All(beside, piece => Assert.Equal(piece.Code == AdviceCodes.Thank ? seen : null, piece.Compared));
            Assert.Equal(
                plain.Select(piece => piece.Code == AdviceCodes.Thank ? AdviceEvidence.OwnCampaigns : piece.Evidence), beside.Select(piece => piece.Evidence));
        }
    }

    [Fact]
    public void Over_means_silent() => Assert.Empty(AdviceRules.Of(Everything with { IsLive = false }, Campaign, AsOf));

    [Fact]
    public void Three_of_many_are_drawn_by_a_lot_that_holds_all_day_and_is_fair_over_days()
    {
        var given = new Dictionary<string, int>(StringComparer.Ordinal);
        var first = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var day = 0; day < 700; day++)
        {
            var morning = AdviceRules.Of(Everything, Campaign, AsOf.AddDays(day));
            Assert.Equal(morning.Select(piece => piece.Code), AdviceRules.Of(Everything, Campaign, AsOf.AddDays(day).AddHours(11)).Select(piece => piece.Code));
            Assert.Equal(AdviceRules.Most, morning.Count);
            foreach (var piece in morning)
                given[piece.Code] = given.GetValueOrDefault(piece.Code) + 1;
            first[morning[0].Code] = first.GetValueOrDefault(morning[0].Code) + 1;
        }

        // 700 draws of 3 of 7: each 300 times, and first 100 times, give or take four standard deviations.
        Assert.Equal(AdviceCodes.All.Order(StringComparer.Ordinal), given.Keys.Order(StringComparer.Ordinal));
        Assert.All(given.Values, times => Assert.InRange(times, 300 - 53, 300 + 53));
        Assert.All(first.Values, times => Assert.InRange(times, 100 - 38, 100 + 38));
    }

    /// <summary>All seven apply: the shares that are near a round number and below the whole leave none out.</summary>
    private static AdviceSituation Everything => Quiet with
    {
        Share = 0.49,
        Backers = 25,
        BackersLastWeek = 5,
        OpenComments = 1,
        DaysSinceLastGift = 4,
        DaysSinceThanks = 8,
        PacePerDay = 10,
        NeededPerDay = 100,
        RewardPrices = [5, 50],
    };

    private static AdvicePiece Only(AdviceSituation situation, string code)
    {
        var piece = Assert.Single(AdviceRules.Of(situation, Campaign, AsOf));
        Assert.Equal(code, piece.Code);
        return piece;
    }
}

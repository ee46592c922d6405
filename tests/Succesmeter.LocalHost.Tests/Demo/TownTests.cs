using Succesmeter.LocalHost.Demo;

namespace Succesmeter.LocalHost.Tests.Demo;

public sealed class TownTests
{
    private static readonly int[] Seeds = [1080, 1, 2];

    public static TheoryData<int> AllSeeds => [.. Seeds];

    [Fact]
    public void The_same_seed_and_instant_show_the_same_town() => Gen.Select(Gen.Int[0, 5], Gen.Double[-100, 2000]).Sample(
        (seed, days) =>
        {
            var instant = Founded.At.AddDays(days);
            var (one, other) = (Shown(Founded.Town(seed)), Shown(Founded.Town(seed)));
            Assert.NotEmpty(one);
            Assert.Equal(one, other);

            string[] Shown(Town town) => [.. town.At(instant, 5).Select(view => TownPages.Campaign(view, TownWords.In("nl"), Founded.Address))];
        },
        iter: 12);

    [Fact]
    public void It_does_not_matter_what_was_asked_before()
    {
        var (fresh, used) = (Founded.Town(), Founded.Town());
        for (var day = 0; day < 800; day += 40)
            _ = used.At(Founded.At.AddDays(day), 5).Count();

        Assert.Equal(fresh.Numbered(3).Gifts, used.Numbered(3).Gifts);
        Assert.Equal(fresh.Numbered(3).Comments, used.Numbered(3).Comments);
    }

    [Fact]
    public void Another_seed_is_another_town() =>
        Assert.NotEqual(Founded.Town(1).Numbered(3).Gifts, Founded.Town(2).Numbered(3).Gifts);

    [Fact]
    public void What_was_shown_stays() => Gen.Select(Gen.Int[0, 80], Gen.Double[0, 130], Gen.Double[0, 30]).Sample(
        (number, day, more) =>
        {
            var campaign = Founded.Town().Numbered(number);
            var then = campaign.At(campaign.LaunchedAt.AddDays(day));
            var later = campaign.At(campaign.LaunchedAt.AddDays(day + more));
            Assert.Equal(then.Gifts, later.Gifts.Take(then.Gifts.Count));
            Assert.Equal(then.Comments, later.Comments.Take(then.Comments.Count));
            Assert.Equal(then.Actions, later.Actions.Take(then.Actions.Count));
            Assert.Equal(then.Updates, later.Updates.Take(then.Updates.Count));
            Assert.True(then.Filled.Zip(later.Filled).All(pair => pair.Second || !pair.First));
            Assert.True(then.Gifts.All(gift => gift.At <= campaign.LaunchedAt.AddDays(day)));
            Assert.True(then.IsLive || then.State == later.State);
        },
        iter: 60);

    [Theory]
    [MemberData(nameof(AllSeeds))]
    public void When_it_is_founded_the_town_has_a_past_and_a_present(int seed)
    {
        var all = Founded.Town(seed).At(Founded.At, TownFigures.DaysBeforeFounding).ToList();
        var live = all.Where(view => view.IsLive).ToList();

        Assert.True(all.Count - live.Count >= 30, $"{all.Count - live.Count} finished");
        Assert.InRange(live.Count, 15, 30);
        Assert.Contains(live, view => view.Gifts.Count < 40);
        Assert.Equal(all.Count, all.Select(view => view.Campaign.Id).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(11, all.Select(view => view.Campaign.Kind).Distinct().Count());
    }

    [Fact]
    public void New_campaigns_follow_for_ever_and_can_be_found_by_their_id()
    {
        var town = Founded.Town();
        var ids = new HashSet<string>(StringComparer.Ordinal);
        for (var day = 0; day < 1500; day += 20)
        {
            var now = Founded.At.AddDays(day);
            var views = town.At(now, 0).ToList();
            Assert.InRange(views.Count, 15, 30);
            foreach (var view in views)
            {
                ids.Add(view.Campaign.Id);
                Assert.Same(view.Campaign, town.Find(view.Campaign.Id, now)!.Campaign);
                Assert.Null(town.Find(view.Campaign.Id, view.Campaign.LaunchedAt.AddSeconds(-1)));
            }
        }

        Assert.InRange(ids.Count, 700, 800);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("speelstraat")]
    [InlineData("speelstraat-0")]
    [InlineData("speelstraat--1")]
    [InlineData("speelstraat-99999999999999999999")]
    [InlineData("speelstraat-999999")]
    [InlineData("SPEELSTRAAT-1")]
    [InlineData("nothing-1")]
    public void Other_ids_are_not_found(string id) => Assert.Null(Founded.Town().Find(id, Founded.At));

    [Fact]
    public void No_two_people_of_the_town_have_one_name_or_account()
    {
        var people = new TownPeople(1);
        var dice = new TownDice(1, 1, 1);
        var met = Enumerable.Range(0, 50_000).Select(_ => people.Near(TownPeople.Outsider(dice), 0, 0, dice)).Distinct().ToList();

        Assert.InRange(met.Count, 3_900, TownFigures.People);
        Assert.Equal(met.Count, met.Select(person => person.Name).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(met.Count(person => person.Account is not null), met.Where(person => person.Account is not null).Select(person => person.Account).Distinct(StringComparer.Ordinal).Count());
    }

    [Theory]
    [MemberData(nameof(AllSeeds))]
    public void A_hit_reaches_its_goal_in_the_first_third(int seed) =>
        Assert.All(Founded.Town(seed).Of(TownKind.Hit, 4), campaign => Assert.True(campaign.RatioAt(0.33) >= 1, $"{campaign.Id} {campaign.RatioAt(0.33)}"));

    [Theory]
    [MemberData(nameof(AllSeeds))]
    public void A_slow_burner_has_little_early_and_reaches_its_goal_late(int seed) =>
        Assert.All(Founded.Town(seed).Of(TownKind.SlowBurner, 4), campaign =>
        {
            Assert.InRange(campaign.RatioAt(0.25), 0, 0.3);
            Assert.InRange(campaign.RatioAt(0.8), 0, 1.1);
            Assert.True(campaign.RatioAt(1) >= 1, campaign.Id);
        });

    [Theory]
    [MemberData(nameof(AllSeeds))]
    public void One_that_ignites_lies_still_until_day_12(int seed) =>
        Assert.All(Founded.Town(seed).Of(TownKind.Ignites, 4), campaign =>
        {
            Assert.InRange(campaign.RatioAt(12.0 / 40), 0, 0.45);
            Assert.True(campaign.RatioAt(1) >= 1, campaign.Id);
            Assert.True(Daily(campaign, 12, 26) > 1.5 * Daily(campaign, 4, 12), campaign.Id);
        });

    [Theory]
    [MemberData(nameof(AllSeeds))]
    public void An_article_brings_a_wave_at_once(int seed) =>
        Assert.All(Founded.Town(seed).Of(TownKind.Newspaper, 4), campaign =>
        {
            var day = (Assert.Single(campaign.Actions, action => action.Kind == "press").At - campaign.LaunchedAt).TotalDays;
            Assert.True(Daily(campaign, day, day + 2) > 4 * Daily(campaign, day - 5, day), campaign.Id);
        });

    [Theory]
    [MemberData(nameof(AllSeeds))]
    public void One_that_stalls_ends_near_sixty_per_cent(int seed) =>
        Assert.All(Founded.Town(seed).Of(TownKind.Stalls, 4), campaign =>
        {
            Assert.InRange(campaign.RatioAt(1), 0.52, 0.72);
            Assert.Equal("failed", campaign.At(campaign.ClosedAt).State);
            Assert.True(campaign.RatioAt(0.75) > campaign.RatioAt(1) - 0.12, campaign.Id);
        });

    [Fact]
    public void The_other_kinds_are_what_they_are_called()
    {
        var town = Founded.Town();
        Assert.All(town.Of(TownKind.Recurring, 4), campaign =>
        {
            var view = campaign.At(campaign.ClosedAt.AddHours(-1));
            Assert.Null(campaign.Goal);
            Assert.True(view.MembersActive > 20 && view.MembersStopped > 0 && view.Gifts.Count > view.MembersStarted, campaign.Id);
        });
        Assert.All(town.Of(TownKind.Endless, 4), campaign => Assert.Null(campaign.EndsAt));
        Assert.All(town.Of(TownKind.Orders, 4), campaign => Assert.True(campaign.Goal <= 150 && campaign.Gifts.All(gift => gift.Amount <= 8), campaign.Id));
        Assert.All(town.Of(TownKind.Sensitive, 4), campaign => Assert.True(campaign.IsSensitive));
        Assert.All(town.Of(TownKind.Cancelled, 4), campaign =>
        {
            Assert.Equal("cancelled", campaign.At(campaign.ClosedAt).State);
            Assert.True(campaign.ClosedAt < campaign.EndsAt!.Value.AddDays(-10));
        });
    }

    private static double Daily(TownCampaign campaign, double from, double to) =>
        campaign.Gifts.Count(gift => gift.At >= campaign.LaunchedAt.AddDays(from) && gift.At < campaign.LaunchedAt.AddDays(to)) / (to - from);
}

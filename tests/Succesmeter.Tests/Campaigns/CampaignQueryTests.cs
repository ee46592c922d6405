using Succesmeter.Campaigns;

namespace Succesmeter.Tests.Campaigns;

public sealed class CampaignQueryTests
{
    private static readonly DateTimeOffset At = new(2026, 5, 2, 12, 0, 0, TimeSpan.Zero);

    private static readonly Gen<CampaignListing[]> Lists = Gen.Select(
        Gen.Char['a', 'd'].Array[1, 3],
        Gen.OneOf(Gen.Const((int?)null), Gen.Int[0, 3].Select(static backers => (int?)backers)),
        Gen.OneOf(Gen.Const((decimal?)null), Gen.Int[0, 3].Select(static pledged => (decimal?)pledged)),
        Gen.Enum<CampaignStatus>(),
        OneOf<string?>(null, "nl", "fr"),
        OneOf<string?>(null, "on-track", "behind", "unlikely", "uncertain", "ended")).Array[0, 20].Select(static rows => rows.Select(static (row, number) =>
            Listing($"c{number}") with
            {
                Title = new string(row.Item1),
                Backers = row.Item2,
                Pledged = row.Item3,
                Status = row.Item4,
                Language = row.Item5,
                Score = row.Item6 is { } status ? new() { Elapsed = 0.5, Status = status, Confidence = row.Item1.Length == 1 ? "abstain" : "ok", Probability = 0.5, Meter = 50 } : null,
            }).ToArray());

    [Fact]
    public void An_order_keeps_every_campaign_and_turned_round_it_is_the_same_backwards() =>
        Gen.Select(Lists, OneOf([.. CampaignQuery.Sorts.Where(static sort => sort[0] != '-')])).Sample((list, sort) =>
        {
            var rising = new CampaignQuery { Sort = sort }.Of(list);
            var falling = new CampaignQuery { Sort = $"-{sort}" }.Of(list);
            return rising.Reverse().SequenceEqual(falling) && rising.ToHashSet().SetEquals(list) && rising.Count == list.Length;
        });

    [Fact]
    public void An_order_does_not_hang_on_how_the_list_was_shuffled() =>
        Gen.Select(Lists, OneOf([.. CampaignQuery.Sorts])).Sample((list, sort) =>
            new CampaignQuery { Sort = sort }.Of(list).SequenceEqual(new CampaignQuery { Sort = sort }.Of(list.Reverse())));

    [Fact]
    public void No_order_tells_a_score() =>
        Gen.Select(Lists, OneOf([.. CampaignQuery.Sorts])).Sample((list, sort) =>
        {
            var query = new CampaignQuery { Sort = sort };
            return query.Of(list).Select(static one => one.Campaign).SequenceEqual(query.Of(list.Select(static one => one with { Score = null })).Select(static one => one.Campaign));
        });

    [Fact]
    public void Two_filters_leave_what_each_alone_leaves() =>
        Lists.Sample(list =>
        {
            var both = new CampaignQuery { Status = CampaignStatus.Live, Language = "NL" }.Of(list);
            return both.ToHashSet().SetEquals(new CampaignQuery { Status = CampaignStatus.Live }.Of(list).Intersect(new CampaignQuery { Language = "nl" }.Of(list)));
        });

    [Fact]
    public void Attention_is_for_live_campaigns_whose_forecast_speaks_and_is_not_good() =>
        Lists.Sample(list => new CampaignQuery { NeedsAttention = true }.Of(list).ToHashSet().SetEquals(list.Where(static one =>
            one.Status == CampaignStatus.Live && one.Score is not null && one.Score.Confidence == "ok" && one.Score.Status is not "on-track" and not "ended")));

    [Theory]
    [InlineData("FETE", "a")]
    [InlineData("été", "a,b")]
    [InlineData("JARDIN", "b")]
    [InlineData("de", "a,b")]
    [InlineData("x", "")]
    public void A_title_is_searched_whatever_its_case_and_accents(string search, string found)
    {
        CampaignListing[] list = [Listing("a") with { Title = "Fête de quartier" }, Listing("b") with { Title = "Jardin d'ete DE tous" }];
        Assert.Equal(found, string.Join(',', new CampaignQuery { Search = search }.Of(list).Select(static one => one.Campaign.Name)));
    }

    [Fact]
    public void What_has_no_value_comes_first_and_progress_is_of_the_goal()
    {
        CampaignListing[] list = [Listing("half") with { Goal = 100, Pledged = 50 }, Listing("none") with { Goal = null, Pledged = 900 }, Listing("third") with { Goal = 300, Pledged = 100 }];
        Assert.Equal("none,third,half", string.Join(',', new CampaignQuery { Sort = "progress" }.Of(list).Select(static one => one.Campaign.Name)));
    }

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(at => values[at]);

    private static CampaignListing Listing(string name) => new()
    {
        Campaign = new CampaignId(new PlatformId("demostad"), name),
        Sequence = 1,
        Title = name,
        Status = CampaignStatus.Live,
        AwaitsFacts = false,
        AsOf = At,
        TakenAt = At,
        Goal = 2,
    };
}

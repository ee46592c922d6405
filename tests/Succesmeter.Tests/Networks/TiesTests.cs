using Succesmeter.Networks;
using Succesmeter.Snapshots;
using Succesmeter.Social;

namespace Succesmeter.Tests.Networks;

public sealed class TiesTests
{
    private static readonly TieCrowd s_accounts = new(Anonymous: 0, IdentityQuality.Account);

    /// <summary>Four donors with one prior gift each, two to each of two groups: 1 − 2·(2·1)/(4·3) = 2/3.</summary>
    [Fact]
    public void U_is_the_chance_that_two_donors_come_from_different_groups()
    {
        Assert.Equal(2.0 / 3, Figures(Some.Graph([0], [0], [1], [1]), 4, [0, 1]).Spread!.Value, 12);
        Assert.Equal(0, Figures(Some.Graph([0], [0], [1], [1]), 4, [0, 0]).Spread!.Value, 12);
        Assert.Null(Figures(Some.Graph([0], [0]), 2, [-1]).Spread);
        Assert.Null(Figures(Some.Graph([0]), 1, [0]).Spread);
    }

    [Fact]
    public void U_without_choosing_gifts_is_the_mean_over_all_choices() =>
        Gen.Int[0, 5].Array[1, 3].Array[2, 6].Sample(
            rows =>
            {
                var graph = Some.Graph(rows);
                int[] groups = [.. Enumerable.Range(0, graph.CampaignCount).Select(static c => c % 3)];
                double sum = 0;
                var choices = 0;
                Choose(0, []);
                return Math.Abs(Figures(graph, rows.Length, groups).Spread!.Value - (sum / choices)) < 1e-9;

                void Choose(int donor, int[] chosen)
                {
                    if (donor == rows.Length)
                    {
                        double n = chosen.Length;
                        sum += 1 - chosen.CountBy(static g => g).Sum(g => g.Value * (g.Value - 1) / (n * (n - 1)));
                        choices++;
                        return;
                    }

                    foreach (var campaign in graph.CampaignsOf(donor))
                        Choose(donor + 1, [.. chosen, groups[campaign]]);
                }
            },
            iter: 100);

    /// <summary>Donors 0, 1 share two campaigns and count once; 2 shares one with 1; donor 3 is not of the campaign.</summary>
    [Fact]
    public void Each_pair_counts_once()
    {
        var figures = Figures(Some.Graph([0, 1], [0, 1, 2], [2], [0, 2]), 3, [0, 0, 0]);
        Assert.Equal((2, 3), (figures.Pairs, figures.Sharing));
    }

    [Fact]
    public void Prior_is_before_the_own_gift_and_within_24_months()
    {
        // To campaign 0 on day 800: elsewhere just before, after, 24 months before (to the day in), and earlier (out).
        var since = (Some.Start.AddDays(800).AddMonths(-24) - Some.Start).TotalDays;
        var graph = Some.Timed(5, 5, (0, 0, 800), (0, 1, 799), (1, 0, 800), (1, 2, 801), (2, 0, 800), (2, 3, since), (3, 0, 800), (3, 4, since - 1), (4, 1, 790));
        var prior = PriorGifts.Of(graph, 0, Some.Start.AddDays(900), seed: 1);

        Assert.Equal((4, 2, 2), (prior.Donors, prior.WithPrior, prior.Circle));
        Assert.Equal([1], prior.Graph.CampaignsOf(0).ToArray());
        Assert.Equal([3], prior.Graph.CampaignsOf(1).ToArray());
        Assert.Equal([1], prior.Graph.CampaignsOf(2).ToArray());
        Assert.False(prior.IsSampled);
    }

    [Fact]
    public void What_happens_after_changes_nothing() =>
        Gen.Select(Gen.Int[1, 10].Array[1, 3].Array[25, 40], Gen.Int[0, 100]).Sample(
            (rows, seed) =>
            {
                var asOf = Some.Start.AddDays(700);
                (int, int, double)[] gifts = [.. rows.SelectMany((row, donor) => row.Select((campaign, i) => (donor, campaign, 10.0 + donor + i)).Append((donor, 0, 600.0)))];
                (int, int, double)[] later = [.. Enumerable.Range(0, rows.Length).Select(donor => (donor, 11 + (donor % 2), 701.0)), (rows.Length, 0, 702)];
                int[] groups = [.. Enumerable.Range(0, 13).Select(static c => c % 3)];
                var now = Ties.Of(Some.Timed(13, rows.Length + 1, gifts), 0, groups, s_accounts, asOf, (ulong)seed, draws: 20);
                var then = Ties.Of(Some.Timed(13, rows.Length + 1, [.. gifts, .. later]), 0, groups, s_accounts, asOf, (ulong)seed, draws: 20);
                return now == then;
            },
            iter: 30);

    [Fact]
    public void A_circle_that_comes_from_one_campaign_bonds_more_and_bridges_less_than_chance()
    {
        // Forty donors, thirty of whom gave to campaign 1 alone; a town of 300 gives everywhere.
        var ties = Ties.Of(Town(ownCampaign: true), 0, Groups, s_accounts, Some.Start.AddDays(600), seed: 1, draws: 200);

        Assert.Equal((Observability.Observed, Observability.Observed), (ties.Bonding.Observability, ties.Bridging.Observability));
        Assert.True(ties.Bonding.Value > 2, $"{ties.Bonding.Value}");
        Assert.True(ties.Bridging.Value < -0.3, $"{ties.Bridging.Value}");
        Assert.Equal(30 * 29 / 2, ties.BondingNull!.Observed);
        Assert.Equal(1 / 201.0, ties.BondingNull.AtLeast, 12);
        Assert.Equal(0.75, ties.Loyalty.Value!.Value, 12);
    }

    [Fact]
    public void A_circle_like_any_other_neither_bonds_nor_bridges()
    {
        var ties = Ties.Of(Town(ownCampaign: false), 0, Groups, s_accounts, Some.Start.AddDays(600), seed: 1, draws: 200);

        Assert.InRange(ties.Bonding.Value!.Value, -0.6, 0.6);
        Assert.InRange(ties.Bridging.Value!.Value, -0.1, 0.1);
    }

    [Fact]
    public void Anonymous_gifts_bound_loyalty_and_names_make_it_bounded()
    {
        var ties = Ties.Of(Town(ownCampaign: true), 0, Groups, new TieCrowd(Anonymous: 10, IdentityQuality.FullName), Some.Start.AddDays(600), seed: 1, draws: 20);

        Assert.Equal((30 / 50.0, 40 / 50.0), (ties.Loyalty.Low, ties.Loyalty.High));
        Assert.Equal((Observability.Bounded, TieReasons.NamesNotAccounts), (ties.Loyalty.Observability, ties.Loyalty.Reason));
    }

    [Fact]
    public void What_the_source_does_not_show_is_unobservable_and_never_zero()
    {
        var town = Town(ownCampaign: true);
        var first = Ties.Of(town, 0, Groups, new TieCrowd(0, IdentityQuality.FirstName), Some.Start.AddDays(600), 1, 10);
        Assert.All([first.Loyalty, first.Bridging, first.Bonding], static measure => Assert.Equal((Observability.Unobservable, null, TieReasons.FirstNamesOnly), (measure.Observability, measure.Value, measure.Reason)));

        var young = Ties.Of(town, 0, Groups, s_accounts, Some.Start.AddDays(300), 1, 10);
        Assert.Equal(TieReasons.FewerThanTwentyDonors, young.Loyalty.Reason);
        Assert.Equal(TieReasons.UnderTwelveMonthsOfHistory, Ties.Of(Shifted(town), 0, Groups, s_accounts, Some.Start.AddDays(600), 1, 10).Loyalty.Reason);

        var placeless = Ties.Of(town, 0, [.. Groups.Select(static _ => -1)], s_accounts, Some.Start.AddDays(600), 1, 10);
        Assert.Equal((Observability.Unobservable, TieReasons.NoDeclaredPlaceOrCategory), (placeless.Bridging.Observability, placeless.Bridging.Reason));

        // Forty donors who never gave elsewhere.
        var fresh = Ties.Of(Some.Graph([.. Enumerable.Repeat<int[]>([0], 40)]), 0, [0], s_accounts, Some.Start.AddDays(600), 1, 10);
        Assert.Equal((TieReasons.FewerThanTwentyWithPriorGift, TieReasons.FewerThanFiveShare), (fresh.Bridging.Reason, fresh.Bonding.Reason));
        Assert.Equal(0, fresh.Loyalty.Value);
    }

    [Fact]
    public void No_graph_however_odd_gives_a_value_that_is_no_number() =>
        Gen.Select(Some.Any, Gen.Int[0, 11], Gen.Int[-1, 3].Array[12]).Sample(
            static (graph, campaign, groups) =>
            {
                var ties = Ties.Of(graph, campaign, groups, s_accounts, Some.Start.AddDays(60), 1, 5);
                return new[] { ties.Loyalty, ties.Bridging, ties.Bonding }.All(static measure => measure.Value is null or > -100 and < 100);
            },
            iter: 200);

    [Fact]
    public void A_giant_star_beside_a_campaign_is_sampled_and_says_so()
    {
        var gifts = Enumerable.Range(0, 50_000).Select(static donor => (donor, 1, 10.0)).Concat(Enumerable.Range(0, 60).Select(static donor => (donor, 0, 500.0))).ToArray();
        var ties = Ties.Of(Some.Timed(2, 50_000, gifts), 0, [0, 0], s_accounts, Some.Start.AddDays(600), 1, 20);

        Assert.True(ties.BondingNull!.IsSampled);
        Assert.Equal(0, ties.Bonding.Value!.Value, 12);
        Assert.Equal(0, ties.Bridging.Value!.Value, 12);
    }

    [Theory]
    [InlineData(0, 0, null)]
    [InlineData(4, 0, null)]
    [InlineData(5, 0, 5)]
    [InlineData(9, 0, 5)]
    [InlineData(10, 0, 10)]
    [InlineData(0, 5, 0)]
    [InlineData(4, 5, 0)]
    [InlineData(4, 3, null)]
    public void Reciprocity_is_told_in_steps_of_five_and_under_five_not_even_whether_the_holder_gave(int backed, int others, int? shown)
    {
        // Campaign 0 is the holder's (donor 0); campaigns 20 to 29 are held by donors 1 to 10 of whom so many are found.
        var graph = Some.Timed(30, 11, [.. Enumerable.Range(1, backed).Select(static campaign => (0, campaign, 10.0)), (0, 0, 10.0), .. Enumerable.Range(1, 10).Select(static donor => (donor, 0, 101.0))]);
        var people = Enumerable.Range(0, 30).Select(static campaign => campaign == 0 ? 0 : campaign >= 20 ? campaign - 19 : -1).ToArray();
        var holders = new CampaignHolders(people, [.. Enumerable.Range(0, 11).Select(person => person == 0 ? backed > 0 ? 0 : null : person <= others ? person : (int?)null)]);

        Assert.Equal(shown, Reciprocity.Shown(graph, holders, 0, Some.Start.AddDays(100)));
        Assert.Null(Reciprocity.Shown(graph, holders, 10, Some.Start.AddDays(100)));
        Assert.Null(Reciprocity.Shown(graph, holders, 0, null));
    }

    [Fact]
    public void Reciprocity_counts_other_holders_campaigns_before_the_launch()
    {
        var graph = Some.Timed(5, 2, (0, 1, 100), (0, 2, 790), (0, 3, 801), (0, 4, 795), (1, 1, 5));
        var launch = Some.Start.AddDays(800);

        Assert.Equal(2, Reciprocity.Of(graph, 0, true, new HashSet<int> { 0, 4 }, launch).Value);
        Assert.Equal(0, Reciprocity.Of(graph, null, true, new HashSet<int> { 0 }, launch).Value);

        // Four months later the gift of day 801 is in and that of day 100 out.
        Assert.Equal(2, Reciprocity.Of(graph, 0, true, new HashSet<int> { 0, 4 }, launch.AddMonths(4)).Value);
        Assert.Equal(1, Reciprocity.Of(graph, 0, true, new HashSet<int> { 0, 2, 4 }, launch.AddMonths(4)).Value);
        Assert.Equal(Observability.Unobservable, Reciprocity.Of(graph, 0, false, new HashSet<int>(), launch).Observability);
        Assert.Equal(TieReasons.LaunchUnknown, Reciprocity.Of(graph, 0, true, new HashSet<int>(), null).Reason);
    }

    private static IReadOnlyList<int> Groups { get; } = [.. Enumerable.Range(0, 21).Select(static c => c % 5)];

    /// <summary>Campaign 0 on day 500 with forty donors; thirty gave before, all to campaign 1 or anywhere. Around them 300 donors with two gifts.</summary>
    private static DonorGraph Town(bool ownCampaign)
    {
        var random = new Random(5);
        var gifts = new List<(int, int, double)>();
        for (var donor = 0; donor < 40; donor++)
        {
            gifts.Add((donor, 0, 500));
            if (donor < 30)
                gifts.Add((donor, ownCampaign ? 1 : 1 + random.Next(20), 100));
        }

        for (var donor = 40; donor < 340; donor++)
            for (var i = 0; i < 2; i++)
                gifts.Add((donor, 1 + random.Next(20), 50 + i));
        return Some.Timed(21, 340, [.. gifts]);
    }

    /// <summary>The same with no gift before day 400.</summary>
    private static DonorGraph Shifted(DonorGraph town) => town.Within(Some.Start.AddDays(400), DateTimeOffset.MaxValue);

    private static CircleFigures Figures(DonorGraph graph, int donors, int[] groups) =>
        new CircleCount(donors, groups).Of(new Curveball(graph.CampaignStarts, graph.CampaignDonors.AsSpan().ToArray(), graph.DonorCount, 1));
}

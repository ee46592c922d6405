using Succesmeter.Networks;

namespace Succesmeter.Tests.Networks;

public sealed class NextGiftTests
{
    private static readonly NextGiftModel s_likely = new(new LogisticModel([0.5, 1, 0, 0, 0]), new LogisticModel([0.2, 0, 1, 0, 0]));

    /// <summary>Donor 0 gave to 0; donors 1 and 2 gave to 0 and 1, donor 2 also to 2: two ways to 1 and one to 2, weighing 1/ln 2 and 1/ln 3.</summary>
    [Fact]
    public void Common_neighbours_and_adamic_adar_of_a_small_town()
    {
        var graph = Some.Timed(4, 3, (0, 0, 1), (1, 0, 1), (1, 1, 2), (2, 0, 1), (2, 1, 2), (2, 2, 20));
        var features = Features(graph, donor: 0, day: 30);

        Assert.Equal([Math.Log(3), Math.Log(1), Math.Log(3), Math.Log(1 + (1 / Math.Log(2)) + (1 / Math.Log(3))), 0], features[0], Near);
        Assert.Equal([Math.Log(2), Math.Log(2), Math.Log(2), Math.Log(1 + (1 / Math.Log(3))), 0], features[1], Near);
        Assert.Equal([0, 0, 0, 0, 0], features[2], Near);
    }

    [Fact]
    public void What_happens_later_changes_no_feature() =>
        Gen.Select(Gen.Select(Gen.Int[0, 9], Gen.Int[0, 3], Gen.Int[0, 80]).Array[1, 60], Gen.Int[0, 9]).Sample(
            static (gifts, donor) =>
            {
                var before = Some.Timed(4, 10, [.. gifts.Where(static gift => gift.Item3 < 40).Select(static gift => (gift.Item1, gift.Item2, (double)gift.Item3))]);
                var all = Some.Timed(4, 10, [.. gifts.Select(static gift => (gift.Item1, gift.Item2, (double)gift.Item3))]);
                var (now, then) = (new double[ReturnFeatures.Names.Count], new double[ReturnFeatures.Names.Count]);
                var minute = DonorGraph.MinuteOf(Some.Start.AddDays(40));
                return Features(before, donor, 40).SelectMany(static row => row).SequenceEqual(Features(all, donor, 40).SelectMany(static row => row))
                    && ReturnFeatures.Of(before, donor, minute, now) == ReturnFeatures.Of(all, donor, minute, then) && now.SequenceEqual(then);
            },
            iter: 500);

    [Fact]
    public void Community_speaks_for_a_campaign_whose_donors_are_of_the_own_one()
    {
        var (graph, _) = Some.Planted(donors: 200, campaigns: 10, communities: 2, giftsEach: 3, loyal: 1, seed: 1);
        var partition = Leiden.Of(graph, 1);
        var features = new double[10 * LinkFeatures.Count];
        new LinkFeatures(graph, partition).Of(0, int.MaxValue / 2, [.. Enumerable.Range(0, 10)], features);

        for (var campaign = 0; campaign < 10; campaign++)
            Assert.Equal(campaign % 2 == 0, features[(campaign * LinkFeatures.Count) + LinkFeatures.Community] > 0);
    }

    /// <summary>Four of ten donors of each year come back in the next; two in a hundred rows of the truth are enough to be near it.</summary>
    [Fact]
    public void A_platform_with_enough_gifts_is_told_how_many_are_expected_and_whose_crowds_may_reach_a_live_campaign()
    {
        var (graph, spans, asOf) = Years(donorsAYear: 400, share: 0.4);
        var told = NextGifts.Of(graph, spans, asOf, 1);

        Assert.Null(told.Untold);
        Assert.Null(told.CrowdsUntold);

        // Who came this year is expected back at about .4; who came before and stayed away less often.
        Assert.InRange(told.Returning!.Returning, 100, 400);
        Assert.NotEmpty(told.Crowds);
        Assert.All(told.Crowds, static crowd => Assert.True(crowd.Expected >= 5 && crowd.Expected % 5 == 0 && crowd.Reached != crowd.Crowd && crowd.Reached.StartsWith("c3", StringComparison.Ordinal)));
        Assert.Equal(Dump(told), Dump(NextGifts.Of(graph, spans, asOf, 1)));

        static string Dump(ShownNextGifts told) => $"{told.Returning} {string.Join(';', told.Crowds)}";
    }

    [Fact]
    public void Fewer_than_fifty_who_came_back_or_stayed_away_are_not_enough()
    {
        var (graph, spans, asOf) = Years(donorsAYear: 60, share: 0.2);
        Assert.Equal(NextGifts.NotEnoughGifts, NextGifts.Of(graph, spans, asOf, 1).Untold);
        Assert.Equal((NextGifts.NotEnoughGifts, NextGifts.NotEnoughGifts), NextGifts.Of(Some.Graph(), [], asOf, 1) is var none ? (none.Untold, none.CrowdsUntold) : default);
    }

    [Fact]
    public void Ten_thousand_campaigns_of_one_donor_each_and_a_giant_star_are_told_in_time()
    {
        var pairs = Some.Graph([.. Enumerable.Range(0, 10_000).Select(static campaign => new[] { campaign })]);
        var star = Some.Graph([.. Enumerable.Range(0, 20_000).Select(static donor => donor % 100 == 0 ? new[] { 0, 1 } : new[] { 0 })]);
        foreach (var graph in (DonorGraph[])[pairs, star])
        {
            var shown = PlatformNetwork.Of(graph, Some.Start.AddYears(70), TimeZoneInfo.Utc, 1);
            Assert.NotNull(shown.CommunitiesUntold);
            Assert.Equal((null, NextGifts.NotEnoughGifts), (shown.Changes, shown.NextGifts.Untold));
        }
    }

    /// <summary>Four campaigns a year in three years, and two live ones of the fourth; each year so many new donors, of whom a share also give in the year after.</summary>
    private static (DonorGraph Graph, CampaignSpan?[] Spans, DateTimeOffset AsOf) Years(int donorsAYear, double share)
    {
        var dice = new Random(3);
        var gifts = new List<(int, int, double)>();
        for (var donor = 0; donor < 3 * donorsAYear; donor++)
        {
            var year = donor / donorsAYear;
            gifts.Add((donor, (4 * year) + dice.Next(4), (365 * year) + dice.Next(300)));
            if (dice.NextDouble() < share && year < 2)
                gifts.Add((donor, (4 * (year + 1)) + dice.Next(4), (365 * (year + 1)) + dice.Next(300)));
        }

        // The fourth year has begun: its campaigns are named c30 and c31.
        gifts.AddRange(Enumerable.Range(0, 30).Select(donor => (2 * donorsAYear + donor, 12 + (donor % 2), 1100.0)));
        string[] names = [.. Enumerable.Range(0, 12).Select(static c => $"c{c}"), "c30", "c31"];
        var timed = Some.Timed(14, 3 * donorsAYear, [.. gifts]);
        var graph = DonorGraph.Of(names, timed.DonorCount, [.. Enumerable.Range(0, timed.DonorCount).SelectMany(donor => timed.CampaignsOf(donor).ToArray().Select((campaign, i) =>
            new DonorPair(donor, campaign, timed.FirstMinutesOf(donor)[i], timed.LastMinutesOf(donor)[i])))]);
        return (graph, [.. Enumerable.Range(0, 14).Select(static c => (CampaignSpan?)new CampaignSpan(Some.Start.AddDays(365 * (c / 4)), Some.Start.AddDays((365 * (c / 4)) + 320)))], Some.Start.AddDays(1110));
    }

    [Fact]
    public void Of_who_gives_again_only_sums_in_steps_are_told()
    {
        var graph = Some.Graph([.. Enumerable.Repeat<int[]>([0], 43)]);
        var told = ExpectedReturns.Of(graph, s_likely, Some.Start.AddDays(100))!;

        // 43 / (1 + e^−½) = 26.8
        Assert.Equal((40, 25), (told.Donors, told.Returning));
        Assert.Null(ExpectedReturns.Of(Some.Graph([.. Enumerable.Repeat<int[]>([0], 19)]), s_likely, Some.Start.AddDays(100)));
        Assert.Null(ExpectedReturns.Of(Some.Graph(), s_likely, Some.Start));
    }

    [Fact]
    public void Crowds_that_may_reach_a_campaign_are_told_from_five_expected_donors_on()
    {
        // Campaign 0 is live. Crowd 1 shares donors with it, crowd 2 does not, crowd 3 is small.
        int[][] rows = [.. Enumerable.Repeat<int[]>([0, 1], 20), .. Enumerable.Repeat<int[]>([1], 60), .. Enumerable.Repeat<int[]>([2], 60), .. Enumerable.Repeat<int[]>([0, 3], 3), .. Enumerable.Repeat<int[]>([3], 8)];
        var crowds = LikelyCrowds.Of(Some.Graph([.. rows, [4]]), s_likely, 0, [0, 4], null, Some.Start.AddDays(400));

        // Of 60 each, σ(½) = .6225 give again; to 0 rather than 4 by popularity 24^.2 against 2^.2, in crowd 1 also by 20 ways: .972 of them, else .622.
        Assert.Equal([new LikelyCrowd(1, 35), new LikelyCrowd(2, 20)], crowds);
    }

    [Fact]
    public void Retention_judges_each_donor_by_months_that_are_over()
    {
        // Twenty-four come in 2024; ten give elsewhere within a year, six in the second one, four only to the same campaign.
        var gifts = new List<(int, int, double)>();
        for (var donor = 0; donor < 24; donor++)
        {
            gifts.Add((donor, 0, donor));
            if (donor < 10)
                gifts.Add((donor, 1, donor + 300));
            if (donor is >= 10 and < 16)
                gifts.Add((donor, 2, donor + 500));
        }

        var graph = Some.Timed(3, 24, [.. gifts]);
        Assert.Equal(
            [new CohortReturn(2024, 1, 20, 10), new CohortReturn(2024, 2, 20, 5)],
            CohortRetention.Of(graph, TimeZoneInfo.Utc, Some.Start.AddMonths(26)));
        Assert.Equal([new CohortReturn(2024, 1, 20, 10)], CohortRetention.Of(graph, TimeZoneInfo.Utc, Some.Start.AddMonths(14)));
        Assert.Empty(CohortRetention.Of(graph, TimeZoneInfo.Utc, Some.Start.AddMonths(12).AddDays(15)));
    }

    private static bool Near(double a, double b) => Math.Abs(a - b) < 1e-12;

    private static double[][] Features(DonorGraph graph, int donor, int day)
    {
        int[] candidates = [1, 2, 3];
        var features = new double[candidates.Length * LinkFeatures.Count];
        new LinkFeatures(graph, null).Of(donor, DonorGraph.MinuteOf(Some.Start.AddDays(day)), candidates, features);
        return [.. features.Chunk(LinkFeatures.Count)];
    }
}

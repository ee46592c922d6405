using Succesmeter.Campaigns;
using Succesmeter.Networks;
using Succesmeter.Snapshots;
using Succesmeter.Social;

namespace Succesmeter.Tests.Social;

public sealed class SocialProfileTests
{
    private static readonly Gen<Gift[]> Crowds =
        Gen.Select(Gen.Int[1, 400], Gen.Int[0, 40], Gen.Double[0, 21], (euros, donor, days) => Some.Gift(euros, donor == 0 ? null : (ulong)donor, days)).Array[0, 80];

    private static readonly string?[] s_places = [null, "1080", "1080 Molenbeek", "Molenbeek", "\ud800", "Évere"];

    [Fact]
    public void The_ten_indicators_stand_in_their_order_whatever_is_known()
    {
        Assert.Equal(
            ["reach", "breadth", "loyalty", "reciprocity", "bridging", "bonding", "dialogue", "locality", "in-kind", "emergence"],
            Some.Profile(Some.Gifts).Indicators.Select(i => i.Name));
        Assert.Equal(IndicatorNames.All, Some.Profile(new Crowd()).Indicators.Select(i => i.Name));
        Assert.Equal(["bonding-bridging", "local-city", "new-returning"], Some.Profile(new Crowd()).Compass.Select(p => p.Name));
    }

    [Fact]
    public void What_no_reference_has_has_no_percentile_and_two_percentiles_make_no_meter()
    {
        var profile = Some.Profile(Some.Asked(Some.Crowd));

        Assert.NotNull(profile.Reach().Percentile);
        Assert.NotNull(profile.Breadth().Percentile);
        Assert.Equal((0.75, null, Reasons.NoReferences), (profile["dialogue"].Value!.Value, profile["dialogue"].Percentile, profile["dialogue"].Reason));
        Assert.Equal((0.4, null, Reasons.NoReferences), (profile["in-kind"].Value!.Value, profile["in-kind"].Percentile, profile["in-kind"].Reason));
        Assert.Equal((null, Reasons.FewerThanThreePercentiles), (profile.Meter, profile.Reason));
    }

    [Fact]
    public void The_order_of_gifts_changes_nothing() =>
        Crowds.Sample(gifts => Some.Profile(gifts).Text() == Some.Profile(gifts.Reverse()).Text());

    [Fact]
    public void The_same_input_gives_the_same_profile() =>
        Crowds.Sample(gifts => Some.Profile(gifts).Text() == Some.Profile(gifts).Text());

    [Fact]
    public void What_is_seen_later_changes_nothing() =>
        Gen.Select(Crowds, Crowds, Gen.Double[0.00001, 30], Gen.Bool).Sample((gifts, more, days, givenBefore) =>
        {
            // Given later, or given before but shown by no snapshot until later.
            var seen = Some.AsOf.AddDays(days);
            var later = more.Select(g => g with { At = givenBefore ? g.At : new Moment(seen), FirstSeenAt = seen });
            return Some.Profile(gifts).Text() == Some.Profile(Some.CrowdOf(gifts) with { Gifts = [.. gifts, .. later] }).Text();
        });

    [Fact]
    public void A_gift_in_two_parts_by_one_donor_is_as_broad() =>
        Gen.Select(Crowds.Where(c => c.Any(g => g.Donor is not null)), Gen.Double[0, 1]).Sample((gifts, part) =>
        {
            var whole = gifts.First(g => g.Donor is not null);
            var first = (long)(whole.AmountMinor!.Value * part);
            var split = gifts.Where(g => g != whole)
                .Append(whole with { AmountMinor = first })
                .Append(whole with { AmountMinor = whole.AmountMinor - first, Key = whole.Key + 1 });
            var one = gifts.Where(g => g != whole).Append(whole);
            return Some.Profile(one).Breadth().Value == Some.Profile(split).Breadth().Value;
        });

    [Fact]
    public void One_more_donor_who_gives_the_median_reaches_one_more() =>
        Crowds.Where(c => c.Length % 2 == 1).Sample(gifts =>
        {
            var median = gifts.Select(g => g.AmountMinor!.Value).Order().ElementAt(gifts.Length / 2);
            var before = Some.Profile(gifts).Reach();
            var after = Some.Profile([.. gifts, Some.Gift(median / 100.0, 999)]).Reach();
            return after.Value == before.Value + 1 && after.Percentile >= before.Percentile;
        });

    [Fact]
    public void Pounds_and_the_euros_they_are_worth_score_alike() =>
        Crowds.Sample(gifts =>
        {
            // A pound is taken as 1.15 euros; twenty cents of the one are whole cents of the other.
            var pounds = gifts.Select(g => g with { AmountMinor = g.AmountMinor * 20 }).ToArray();
            var euros = gifts.Select(g => g with { AmountMinor = g.AmountMinor * 23 }).ToArray();
            return Some.Profile(pounds, Some.Context with { Currency = "GBP", Goal = 2000 }).Text()
                == Some.Profile(euros, Some.Context with { Goal = 2300 }).Text();
        });

    [Fact]
    public void Reach_is_known_donors_and_anonymous_gifts_and_those_behind_envelopes()
    {
        Gift[] gifts =
        [
            Some.Gift(20, 1), Some.Gift(30, 1), Some.Gift(20, 2), Some.Gift(25, 3),
            Some.Gift(20, null), Some.Gift(20, null) with { Key = 8 },
            Some.Gift(250, 4) with { People = 10 },
            Some.Gift(1, 5), Some.Gift(2, null),
        ];
        // Of the 18 single gifts the median is 25 (ten of the envelope), half is 12.50, five euros is less: the one and the two do not count. Four donors, two anonymous, nine behind.
        var reach = Some.Profile(gifts).Reach();
        Assert.Equal(15, reach.Value);
        Assert.Equal(Observability.Declared, reach.Observability);
    }

    [Theory]
    [InlineData("EUR", 4.99, 2)]
    [InlineData("EUR", 5, 3)]
    [InlineData("GBP", 4.34, 2)]
    [InlineData("GBP", 4.35, 3)]
    [InlineData("DKK", 37.3, 2)]
    [InlineData("DKK", 37.4, 3)]
    [InlineData("XXX", 49.99, 2)]
    [InlineData("XXX", 50, 3)]
    public void Beside_two_of_a_hundred_a_gift_counts_from_five_euros_or_where_their_worth_is_unknown_from_fifty(string currency, double amount, int expected) =>
        Assert.Equal(
            expected, Some.Profile([Some.Gift(100, 1), Some.Gift(100, 2), Some.Gift(amount, 3)], Some.Context with { Currency = currency }).Reach().Value);

    [Fact]
    public void Where_all_give_little_half_the_median_is_enough() =>
        Assert.Equal(4, Some.Profile([Some.Gift(1, 1), Some.Gift(1, 2), Some.Gift(1, 3), Some.Gift(0.5, 4), Some.Gift(0.49, 5)]).Reach().Value);

    [Fact]
    public void An_envelope_of_25_scores_as_25_equal_gifts()
    {
        var envelope = Some.Profile([.. Some.Gifts, Some.Gift(500, 50, 1) with { People = 25 }]);
        var gifts = Some.Profile([.. Some.Gifts, .. Enumerable.Range(50, 25).Select(i => Some.Gift(20, (ulong)i, 1))]);

        foreach (var (one, other) in envelope.Indicators.Zip(gifts.Indicators).Take(2))
        {
            Assert.Equal(other.Value, one.Value);
            Assert.Equal(other.Percentile, one.Percentile);
            Assert.Equal(Observability.Declared, one.Observability);
            Assert.Equal(Observability.Observed, other.Observability);
        }

        Assert.Equal(gifts.Indicators.Skip(2), envelope.Indicators.Skip(2));
    }

    [Fact]
    public void No_gifts_are_a_reach_of_zero_and_no_breadth()
    {
        var profile = Some.Profile([]);
        Assert.Equal(0, profile.Reach().Value);
        Assert.Equal(Observability.Observed, profile.Reach().Observability);
        Assert.Null(profile.Breadth().Value);
        Assert.Equal((Observability.Unobservable, Reasons.NoGifts), (profile.Breadth().Observability, profile.Breadth().Reason));
        Assert.Equal((null, Reasons.FewerThanThreePercentiles), (profile.Meter, profile.Reason));
    }

    [Fact]
    public void One_gift_has_a_reach_and_hardly_a_breadth()
    {
        var profile = Some.Profile([Some.Gift(20, 1)]);
        Assert.Equal(1, profile.Reach().Value);
        Assert.Equal((1.0, Observability.Bounded, Reasons.FewerThanTwentyDonors), (profile.Breadth().Value!.Value, profile.Breadth().Observability, profile.Breadth().Reason));
        Assert.Null(profile.Breadth().Percentile);
        Assert.Null(profile.Meter);
    }

    [Fact]
    public void One_donor_500_times_is_one_donor()
    {
        var profile = Some.Profile(Enumerable.Range(0, 500).Select(i => Some.Gift(5 + (i % 3), 1, i / 25.0) with { Key = (ulong)i }));
        Assert.Equal(1, profile.Reach().Value);
        Assert.Equal(Reasons.FewerThanTwentyDonors, profile.Breadth().Reason);
        Assert.Null(profile.Meter);
    }

    [Fact]
    public void Anonymous_gifts_alone_are_a_count_of_gifts()
    {
        var profile = Some.Profile(Some.Gifts.Select(g => g with { Donor = null, Identity = null, Anonymous = true }));
        Assert.Equal((30.0, Observability.Bounded, Reasons.GiftCountOnly), (profile.Reach().Value!.Value, profile.Reach().Observability, profile.Reach().Reason));
        Assert.Equal((Observability.Bounded, Reasons.GiftCountOnly), (profile.Breadth().Observability, profile.Breadth().Reason));
    }

    [Fact]
    public void First_names_tell_nobody_apart_and_full_names_nearly()
    {
        Gift[] twice = [Some.Gift(20, 1), Some.Gift(25, 1), .. Some.Gifts.Skip(5)];
        var first = Some.Profile(twice.Select(g => g with { Identity = IdentityQuality.FirstName })).Reach();
        var full = Some.Profile(twice.Select(g => g with { Identity = IdentityQuality.FullName })).Reach();
        Assert.Equal((27.0, Reasons.GiftCountOnly), (first.Value!.Value, first.Reason));
        Assert.Equal((26.0, Reasons.NamesNotAccounts), (full.Value!.Value, full.Reason));
        Assert.True(full.Interval!.Value.High >= Some.Profile(twice).Reach().Interval!.Value.High);
    }

    [Fact]
    public void A_refunded_gift_was_not_given()
    {
        var without = Some.Profile(Some.Gifts);
        var known = Some.Profile([.. Some.Gifts, Some.Gift(60, 99, 2), Some.Gift(-60, 99, 1)]);
        var anonymous = Some.Profile([.. Some.Gifts, Some.Gift(60, null, 2), Some.Gift(-60, null, 1)]);
        Assert.Equal(without.Text(), known.Text());
        Assert.Equal(without.Text(), anonymous.Text());
    }

    [Fact]
    public void A_partly_refunded_gift_is_what_was_left()
    {
        var part = Some.Profile([.. Some.Gifts, Some.Gift(60, 99, 2), Some.Gift(-20, 99, 1)]);
        Assert.Equal(Some.Profile([.. Some.Gifts, Some.Gift(40, 99, 2)]).Breadth(), part.Breadth());
        Assert.Equal(31, part.Reach().Value);
    }

    [Fact]
    public void Backers_stand_in_where_no_list_is_shown()
    {
        var profile = Some.Profile(new Crowd { Pledged = 900, Backers = 40, BackersAWeekAgo = 26 });
        Assert.Equal((40.0, Observability.Observed), (profile.Reach().Value!.Value, profile.Reach().Observability));
        Assert.Equal((Observability.Unobservable, Reasons.NoListAndNoCount), (profile.Breadth().Observability, profile.Breadth().Reason));
        Assert.Null(profile.Meter);
    }

    [Fact]
    public void A_total_without_list_or_count_shows_nobody()
    {
        var profile = Some.Profile(new Crowd { Pledged = 900 });
        Assert.All(profile.Indicators, i => Assert.Equal((null, null, Observability.Unobservable), (i.Value, i.Percentile, i.Observability)));
        Assert.Equal(0, Some.Profile(new Crowd { Pledged = 0 }).Reach().Value);
    }

    [Fact]
    public void The_newest_gifts_alone_are_a_lower_bound()
    {
        var reach = Some.Profile(Some.Crowd with { ListIsComplete = false }).Reach();
        Assert.Equal((30.0, Observability.Bounded, 100), (reach.Value!.Value, reach.Observability, reach.Interval!.Value.High));
    }

    [Fact]
    public void Hidden_amounts_bound_the_breadth_when_a_tenth_of_the_money_is_theirs()
    {
        var few = Some.Profile(Some.CrowdOf([.. Some.Gifts, Some.Gift(0, 90) with { AmountMinor = null }]) with { Pledged = 735 + 50 });
        Assert.Equal(Observability.Observed, few.Breadth().Observability);
        Assert.Equal(31, few.Reach().Value);

        var open = Some.Profile(Some.Gifts).Breadth();
        var many = Some.Profile(Some.CrowdOf([.. Some.Gifts, .. Enumerable.Range(90, 5).Select(i => Some.Gift(0, (ulong)i) with { AmountMinor = null })]) with { Pledged = 735 + 500 }).Breadth();
        Assert.Equal((Observability.Bounded, Reasons.AmountsUnder90Percent), (many.Observability, many.Reason));
        Assert.True(many.Value < open.Value);
        Assert.True(many.Interval!.Value.High - many.Interval.Value.Low > open.Interval!.Value.High - open.Interval.Value.Low);

        var all = Some.Profile(Some.CrowdOf(Some.Gifts.Select(g => g with { AmountMinor = null })) with { Pledged = 735 });
        Assert.Equal((Observability.Unobservable, Reasons.NoAmounts), (all.Breadth().Observability, all.Breadth().Reason));
        Assert.Equal(30, all.Reach().Value);
    }

    [Fact]
    public void Sealed_gifts_bound_what_the_rows_showed_exactly()
    {
        // The oldest twenty of fifty donors are sealed away.
        Gift[] gifts = [.. Enumerable.Range(0, 50).Select(i => Some.Gift(10 + (i % 7), (ulong)i, daysAgo: 20 - (i * 0.39)))];
        var past = gifts[..20];
        var sealedAway = new SealedGivers(20, 20, past.Sum(g => g.AmountMinor!.Value), past.Sum(g => Math.Pow(g.AmountMinor!.Value, 2)));
        var whole = SocialMeasures.Of(Some.CrowdOf(gifts), Some.Context, Some.AsOf);
        var kept = SocialMeasures.Of(Some.CrowdOf(gifts) with { Gifts = gifts[20..], Sealed = sealedAway }, Some.Context, Some.AsOf);

        Assert.Equal(whole.Reach.Value, kept.Reach.High);
        Assert.Equal(30, kept.Reach.Low);
        Assert.InRange(whole.Breadth.Value!.Value, kept.Breadth.Low - 0.01, kept.Breadth.High + 0.01);
        Assert.Equal(Observability.Bounded, kept.Breadth.Observability);
    }

    [Fact]
    public void All_at_one_instant_is_a_crowd_like_any_other()
    {
        var profile = Some.Profile(Some.Gifts.Select(g => g with { At = new Moment(Some.AsOf), FirstSeenAt = Some.AsOf }));
        Assert.Equal(Some.Profile(Some.Gifts).Breadth().Value, profile.Breadth().Value);
        Assert.Equal(30, profile.Reach().Value);
    }

    [Theory]
    [InlineData(-3.0, 5000.0, "EUR", Reasons.BeforeLaunch)]
    [InlineData(null, 5000.0, "EUR", Reasons.LaunchUnknown)]
    [InlineData(21.0, null, "EUR", Reasons.GoalUnknown)]
    [InlineData(21.0, 0.0, "EUR", Reasons.GoalUnknown)]
    [InlineData(21.0, 5000.0, "XXX", Reasons.CurrencyUnknown)]
    [InlineData(21.0, 5000.0, null, Reasons.CurrencyUnknown)]
    public void Without_the_facts_to_compare_by_there_are_values_and_no_percentiles(double? days, double? goal, string? currency, string reason)
    {
        var profile = Some.Profile(Enumerable.Range(0, 30).Select(i => Some.Gift(20 + i, (ulong)i)), new CampaignContext { DaysSinceLaunch = days, Goal = goal, Currency = currency });
        Assert.Equal(30, profile.Reach().Value);
        Assert.All([profile.Reach(), profile.Breadth()], i => Assert.Equal((null, reason), (i.Percentile, i.Reason)));
        Assert.Null(profile.Meter);
    }

    [Fact]
    public void A_change_within_the_interval_is_no_trend_and_a_wave_is()
    {
        var steady = Some.Profile(Some.Gifts);
        Assert.Null(steady.Breadth().Trend);

        var wave = Some.Profile([.. Some.Gifts, .. Enumerable.Range(100, 120).Select(i => Some.Gift(20, (ulong)i, daysAgo: (i - 99) * 0.05))]);
        Assert.True(wave.Reach().Trend > 10);
        Assert.True(wave.Reach().Percentile > steady.Reach().Percentile);
    }

    [Theory]
    [InlineData(29, Reasons.FewReferencesMiddleThird)]
    [InlineData(9, Reasons.FewReferences)]
    public void Under_thirty_references_there_is_no_percentile(int n, string reason)
    {
        var few = new References(
            References.Shipped.Card, [new ReferenceTable(IndicatorNames.Reach, true, [1000], [5], [new ReferenceCell(n, [10, 30, 31, 50])])]);
        var reach = SocialProfile.Of(Some.Crowd, Some.Context, few, Some.AsOf).Reach();
        Assert.Equal((30.0, null, reason), (reach.Value!.Value, reach.Percentile, reach.Reason));
    }

    [Fact]
    public void Whatever_comes_in_what_comes_out_is_numbers()
    {
        var wild = Gen.Select(
            Gen.OneOf<long>(Gen.Long[-100_000, 100_000], Gen.OneOf(0L, 1L, long.MaxValue / 4, long.MinValue / 4)).Nullable(),
            Gen.Int[0, 30],
            Gen.Double[-30, 400],
            Gen.OneOf(1, 1, 1, 25, 0, -4, int.MaxValue),
            Gen.OneOf<IdentityQuality?>(null, IdentityQuality.Account, IdentityQuality.FullName, IdentityQuality.FirstName),
            Gen.Bool,
            (amount, donor, days, people, identity, untimed) => Some.Gift(0, donor < 5 ? null : (ulong)donor, days) with
            {
                AmountMinor = amount, People = people, Identity = identity, ByHolder = donor == 29, Place = s_places[donor % s_places.Length], At = untimed ? null : new Moment(Some.AsOf.AddDays(-days), people == 0),
            }).Array[0, 60];
        var crowds = Gen.Select(
            wild, Gen.Bool, Gen.OneOf<decimal?>(null, 0, -5, 100, 1e20m), Gen.OneOf<int?>(null, 0, 12, int.MaxValue, -1),
            Gen.OneOf<SealedGivers?>(null, new SealedGivers(0, 0, 0, 0), new SealedGivers(50, 30, 90_000, 5e8), new SealedGivers(3, 1, -5, 0)),
            (gifts, complete, pledged, backers, past) => new Crowd
            {
                Gifts = gifts, ListIsComplete = complete, Pledged = pledged, Backers = backers, BackersAWeekAgo = backers / 2, Sealed = past,
            });
        var contexts = Gen.Select(
            Gen.OneOf<double?>(null, -1, 0, 1e-9, 800, 1e300, double.NaN, double.PositiveInfinity), Gen.OneOf("EUR", "JPY", "???", null),
            Gen.OneOf<double?>(null, -100, 0, 0.001, 3, 7, 21, 59.9, 4000, 1e9), Gen.OneOf(0.0, 1, 30, 60, 1e9),
            (goal, currency, days, planned) => new CampaignContext { Goal = goal, Currency = currency, DaysSinceLaunch = days, PlannedDays = planned });

        var figure = Gen.Select(Gen.OneOf<double?>(null, 0, 0.5, -3, 1), Gen.OneOf<int?>(null, 0, 20, 500), (value, at) => new ShownFigure(value, at, false));
        var share = Gen.Select(Gen.OneOf<double?>(null, 0, 0.5, 1), Gen.OneOf<int?>(null, 0, 20, 500), (value, at) => new ShownFigure(value, at, false));
        var ties = Gen.Select(share, figure, figure, Gen.OneOf<int?>(null, 0, 5), (a, b, c, backed) => new ShownTies(a, b, c) { Reciprocity = backed });
        var comments = Gen.Select(Gen.Int[0, 9], Gen.Double[-40, 40], Gen.OneOf<CommentAuthor?>(null, CommentAuthor.Backer, CommentAuthor.Holder, CommentAuthor.Other), Gen.Int[0, 9],
            (id, days, by, answers) => new Comment(id == 0 ? null : $"{id}", id == 1 ? null : new Moment(Some.AsOf.AddDays(days), id == 2), by, new Pseudonym(1, (ulong)id, 1), answers > 4 ? null : $"{answers}")).Array[0, 8];
        var asked = Gen.Select(ties, comments, Gen.OneOf<int?>(null, 0, 3, int.MaxValue), Gen.OneOf<Needs?>(null, new Needs(0, 0), new Needs(3, 9), new Needs(int.MaxValue, 1) { Declared = true }), Gen.Bool);

        Gen.Select(crowds, contexts, asked).Sample((plain, context, more) =>
        {
            var (tied, said, count, needs, hidden) = more;
            var crowd = plain with
            {
                Ties = count == 3 ? null : tied,
                IsSensitive = count == 0,
                Comments = CommentLedger.Empty.With(new Snapshot { Campaign = new CampaignId(new PlatformId("x"), "y"), TakenAt = Some.AsOf.AddDays(-30), CommentList = hidden && said.Length == 0 ? null : said }),
                CommentCount = count,
                Collaborators = count,
                Needs = needs,
                NeedsAt = Some.AsOf,
                LatestAt = Some.AsOf.AddDays(hidden ? 9 : -30),
                Place = s_places[said.Length % s_places.Length],
                Bursts = GiftBursts.In(plain.Gifts, []),
            };
            var profile = SocialProfile.Of(crowd, context, Some.Four, Some.AsOf);
            Assert.All(profile.Compass, p => Assert.True(p.Position is null ? p is { Low: null, High: null, Reason: not null } : -1 <= p.Low && p.Low <= p.Position && p.Position <= p.High && p.High <= 1));
            Assert.All(profile.Indicators, i =>
            {
                Assert.True(i.Value is null || (double.IsFinite(i.Value.Value) && (i.Value >= 0 || i.Name is "bridging" or "bonding")));
                Assert.True(i.N is null or >= 0);
                // Something was seen and has no value: nothing to answer, or a number of comments and no more.
                Assert.True(i.Observability is not Observability.Unobservable || i.Value is null);
                Assert.True(i.Value is not null || i.Observability is Observability.Unobservable || i.Name is "dialogue" or "in-kind");
                Assert.True(i.Bounds is not { } ends || (!(ends.Low > i.Value) && !(ends.High < i.Value)));
                Assert.Equal(i.Percentile is null, i.Interval is null);
                Assert.True(i.Percentile is not null || i.Reason is not null);
                Assert.True(i.Observability is Observability.Observed || i.Reason is not null);
                Assert.True(i.Percentile is null || (0 <= i.Interval!.Value.Low && i.Interval.Value.Low <= i.Percentile && i.Percentile <= i.Interval.Value.High && i.Interval.Value.High <= 100));
                Assert.True(i.Trend is null || double.IsFinite(i.Trend.Value));
            });
            Assert.Equal(profile.Meter is null, profile.Reason is not null);
            Assert.True(profile.Meter is null || (profile.Interval!.Value.Low <= profile.Meter && profile.Meter <= profile.Interval.Value.High));
            Assert.True(profile.Meter is null || profile.Indicators.Count(i => i.Percentile is not null) >= 3);
        });
    }

    [Fact]
    public void A_hundred_thousand_gifts_in_an_hour_are_scored()
    {
        var profile = Some.Profile(Enumerable.Range(0, 100_000).Select(i => Some.Gift(5 + (i % 50), (ulong)i, daysAgo: i / 2_400_000.0)));
        Assert.Equal(100_000, profile.Reach().Value);
        Assert.InRange(profile.Breadth().Value!.Value, 10, 20);
    }
}

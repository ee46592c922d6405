using Succesmeter.Features;

namespace Succesmeter.Tests.Features;

public sealed class FundingFeaturesTests
{
    [Theory]
    [InlineData("pledged-share", 0.4)]
    [InlineData("goal", 3)]
    [InlineData("elapsed", 10)]
    [InlineData("planned", 40)]
    [InlineData("all-or-nothing", 0)]
    [InlineData("gifts", 12)]
    [InlineData("pledged-share-first-day", 0.1)]
    [InlineData("gifts-first-day", 4)]
    [InlineData("pledged-share-first-three-days", 0.1)]
    [InlineData("pledged-share-last-day", 0.25)]
    [InlineData("pledged-share-last-three-days", 0.25)]
    [InlineData("pledged-share-last-week", 0.3)]
    [InlineData("gifts-last-three-days", 7)]
    [InlineData("gifts-last-week", 8)]
    [InlineData("silence", 0)]
    [InlineData("giving-days", 3)]
    [InlineData("best-day", 0.25)]
    [InlineData("mean-gift", 1.5228787452803376)]
    [InlineData("rewards", double.NaN)]
    [InlineData("holder-campaigns", double.NaN)]
    public void Each_feature_says_what_its_name_says(string name, double expected) =>
        Assert.Equal(expected, Value(Curves.Plain, name), 9);

    [Fact]
    public void Every_feature_has_a_name_of_its_own_a_unit_and_a_word_on_the_unknown()
    {
        var features = FundingFeatures.All.Concat(Aim.Features).ToArray();

        Assert.Equal(features.Length, features.Select(feature => feature.Name).Distinct().Count());
        Assert.All(features, feature => Assert.False(string.IsNullOrWhiteSpace(feature.Unit) || string.IsNullOrWhiteSpace(feature.WhenUnknown)));
        Assert.Equal(FundingFeatures.Count, FundingFeatures.Of(Curves.Plain).Values.Length);
    }

    [Fact]
    public void Features_that_no_model_uses_come_last_so_that_the_others_keep_their_places() =>
        Assert.Equal(FundingFeatures.All, FundingFeatures.All.OrderByDescending(feature => feature.InModels));

    [Fact]
    public void Half_a_day_counts_by_half()
    {
        // At noon of the second day the last day reaches back to noon of the first, when half of the first day's 100 was in.
        var noon = Curves.Plain with { ElapsedDays = 1.5, Pledged = 120, Gifts = 5, Days = Curves.Totals((100, 4), (120, 5)) };

        Assert.Equal(0.07, Value(noon, "pledged-share-last-day"), 9);
    }

    [Fact]
    public void Silence_begins_when_the_day_of_the_last_gift_is_over()
    {
        var silent = Curves.Plain with { ElapsedDays = 6.25, Pledged = 150, Gifts = 5, Days = [.. Curves.Plain.Days.Take(6), new DayTotal(150, 5)] };

        Assert.Equal(2.25, Value(silent, "silence"), 9);
    }

    [Fact]
    public void At_the_launch_nothing_is_known_but_the_plan()
    {
        var launch = FundingFeatures.Of(Curves.Plain with { ElapsedDays = 0, Pledged = 0, Gifts = 0, Days = [] });

        Assert.All(
            FundingFeatures.All.Zip(launch.Values.ToArray()).Where(x => x.First.Effect != Effect.Free),
            x => Assert.True(x.First.Name == "mean-gift" ? double.IsNaN(x.Second) : x.Second == 0, x.First.Name));
    }

    [Fact]
    public void Gifts_that_are_not_shown_are_unknown_and_not_zero() =>
        Assert.All(
            ["gifts", "gifts-first-day", "gifts-last-three-days", "gifts-last-week"],
            name => Assert.True(double.IsNaN(Value(
                Curves.Plain with { Gifts = null, Days = [.. Curves.Plain.Days.Select(day => day with { Gifts = null })] }, name))));

    [Fact]
    public void More_money_moves_every_feature_the_way_its_effect_says() =>
        Gen.Select(Curves.Any, Gen.Double[0.01, 5_000]).Sample((curve, amount) =>
            NeverAgainst(FundingFeatures.Of(curve), FundingFeatures.Of(curve.WithMore(amount)), 1));

    [Fact]
    public void Silence_moves_every_feature_against_its_effect() =>
        Gen.Select(Curves.Any, Gen.Double[0, 30]).Sample((curve, days) =>
            NeverAgainst(FundingFeatures.Of(curve), FundingFeatures.Of(curve.AfterSilence(days)), -1));

    [Fact]
    public void An_aim_looks_harder_when_it_is_higher_and_easier_when_it_is_later_or_money_comes_in() =>
        Gen.Select(Curves.Any, Gen.Double[0, 3], Gen.Double[0, 2], Gen.Double[0, 30], Gen.Double[0, 2_000]).Sample((curve, above, more, later, amount) =>
        {
            var features = FundingFeatures.Of(curve);
            var aim = new Aim(features.Values[0] + Aim.AnythingMore + above, curve.PlannedDays);

            NeverAgainst(aim, features, aim with { Ratio = aim.Ratio + more }, features, -1);
            NeverAgainst(aim, features, aim with { Day = aim.Day + later }, features, 1);
            NeverAgainst(aim, features, aim, FundingFeatures.Of(curve.WithMore(amount)), 1);
            NeverAgainst(aim, features, aim, FundingFeatures.Of(curve.AfterSilence(later / 10)), -1);
        });

    private static void NeverAgainst(FundingFeatures before, FundingFeatures after, int direction) =>
        NeverAgainst(FundingFeatures.All, before.Values, after.Values, direction);

    private static void NeverAgainst(Aim before, FundingFeatures campaignBefore, Aim after, FundingFeatures campaignAfter, int direction)
    {
        Span<double> one = stackalloc double[Aim.Features.Length];
        Span<double> two = stackalloc double[Aim.Features.Length];
        before.Write(campaignBefore, one);
        after.Write(campaignAfter, two);
        NeverAgainst(Aim.Features, one, two, direction);
    }

    private static void NeverAgainst(IReadOnlyList<FundingFeature> features, ReadOnlySpan<double> before, ReadOnlySpan<double> after, int direction)
    {
        for (var at = 0; at < features.Count; at++)
        {
            var moved = (after[at] - before[at]) * direction * (features[at].Effect == Effect.Lowers ? -1 : 1);
            Assert.False(features[at].Effect != Effect.Free && moved < -1e-9, $"{features[at].Name} went from {before[at]} to {after[at]}");
        }
    }

    private static double Value(FundingCurve curve, string name) =>
        FundingFeatures.Of(curve).Values[FundingFeatures.All.Select(feature => feature.Name).ToList().IndexOf(name)];
}

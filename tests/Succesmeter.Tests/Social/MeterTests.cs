using Succesmeter.Campaigns;
using Succesmeter.Social;

namespace Succesmeter.Tests.Social;

public sealed class MeterTests
{
    [Fact]
    public void The_meter_places_the_mean_of_four_percentiles_among_means()
    {
        var profile = Of(Some.Asked(Some.Crowd));

        // In Some.Four a value of x % of the most stands at the x-th percentile: 30 of 100 people, breadth of 20, three of four answered, two of five filled.
        Assert.Equal([30, (int)Math.Round(profile.Breadth().Value!.Value * 5), 75, 40], IndicatorNames.InMeter.Select(name => profile[name].Percentile!.Value));
        Assert.Equal((30 + (profile.Breadth().Value!.Value * 5) + 75 + 40) / 4, profile.Meter!.Value, 0.6);
        Assert.InRange(profile.Meter.Value, profile.Interval!.Value.Low, profile.Interval.Value.High);
        Assert.Null(profile.Reason);
        Assert.Equal((100, Some.Four.Card.Name), (profile["dialogue"].ReferenceN, profile["dialogue"].ReferenceName));
    }

    [Fact]
    public void Three_of_the_four_are_placed_among_references_with_the_same_three()
    {
        var profile = Of(Some.Asked(Some.Crowd) with { Needs = null });
        var only = new References(Some.Four.Card, [.. Some.Four.Tables.Where(t => t.Name != "meter:reach+breadth+dialogue")]);

        Assert.NotNull(profile.Meter);
        Assert.Equal((null, Reasons.FewReferences), Meter(SocialProfile.Of(Some.Asked(Some.Crowd) with { Needs = null }, Some.Context, only, Some.AsOf)));
    }

    [Fact]
    public void Two_of_the_four_are_no_meter() =>
        Assert.Equal((null, Reasons.FewerThanThreePercentiles), Meter(Of(Some.Asked(Some.Crowd) with { Needs = null, Comments = CommentLedger.Empty })));

    [Fact]
    public void What_was_shown_once_and_then_hidden_stays_in_the_meter_at_its_least()
    {
        var shown = Some.Asked(Some.Crowd);
        var hidden = shown with
        {
            LatestAt = Some.AsOf,
            Comments = shown.Comments with { ShownAt = Some.AsOf.AddDays(-8) },
            NeedsAt = Some.AsOf.AddDays(-8),
            CommentCount = 12,
        };
        var profile = Of(hidden);

        // Four comments were seen, eight more are counted: at the least three of twelve are answered, at the most eleven or twelve.
        Assert.Equal((0.25, Observability.Bounded, Reasons.Hidden), (profile["dialogue"].Value!.Value, profile["dialogue"].Observability, profile["dialogue"].Reason));
        Assert.Equal((0.4, Observability.Bounded, Reasons.Hidden), (profile["in-kind"].Value!.Value, profile["in-kind"].Observability, profile["in-kind"].Reason));
        Assert.Equal(25, profile["dialogue"].Percentile);
        Assert.True(profile.Meter < Of(shown).Meter);
        Assert.True(profile.Interval!.Value.High - profile.Interval.Value.Low > Of(shown).Interval!.Value.High - Of(shown).Interval!.Value.Low);
    }

    [Fact]
    public void A_week_without_a_look_at_it_is_not_hiding() =>
        Assert.Equal(Observability.Observed, Of(Some.Asked(Some.Crowd) with { NeedsAt = Some.AsOf.AddDays(-7) })["in-kind"].Observability);

    [Fact]
    public void Ties_locality_and_emergence_never_move_the_meter() =>
        Assert.Equal(
            Of(Some.Asked(Some.Crowd)).Meter,
            Of(Some.Asked(Some.Crowd) with
            {
                Ties = new(new(0.9, 30, false), new(0.2, 30, false), new(3, 30, false)) { Reciprocity = 9 },
                Emergence = new Measure(0.9, 0.8, 1, 30, Observability.Observed, IsComparable: false),
            }).Meter);

    private static (int?, string?) Meter(SocialProfile profile) => (profile.Meter, profile.Reason);

    private static SocialProfile Of(Crowd crowd) => SocialProfile.Of(crowd, Some.Context, Some.Four, Some.AsOf);
}

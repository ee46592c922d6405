using Succesmeter.Snapshots;
using Succesmeter.Social;
using Succesmeter.Tests.Campaigns;

namespace Succesmeter.Tests.Social;

public sealed class InKindTests
{
    [Fact]
    public void Two_of_five_needs_with_four_helpers_among_forty_backers()
    {
        var inKind = Of(Seen.On(5) with { Needs = new Needs(5, 2), Collaborators = 4, Backers = 40 });
        Assert.Equal((0.4, 5, Observability.Observed), (inKind.Value!.Value, inKind.N!.Value, inKind.Observability));
        Assert.Equal(new SideFigure("helpers", 10, "per 100 backers"), inKind.Beside);
        // Jeffreys for 2 of 5: Beta(2.5, 3.5) (by numerical integration of the density: .12778, .73937).
        Assert.Equal(0.1278, inKind.Bounds!.Value.Low!.Value, 0.0001);
        Assert.Equal(0.7394, inKind.Bounds.Value.High!.Value, 0.0001);
    }

    [Fact]
    public void What_the_holder_says_is_declared() =>
        Assert.Equal((Observability.Declared, Reasons.NeedsDeclared), (Of(Declared).Observability, Of(Declared).Reason));

    private static Snapshot Declared { get; } = Seen.On(5) with { Needs = new Needs(5, 2) { Declared = true } };

    [Fact]
    public void To_ask_for_less_later_fills_nothing() =>
        Assert.Equal(0.4, Of(Seen.On(5) with { Needs = new Needs(5, 2) }, Seen.On(6) with { Needs = new Needs(2, 2) }).Value);

    [Fact]
    public void More_filled_than_asked_is_all() => Assert.Equal(1, Of(Seen.On(5) with { Needs = new Needs(2, 7) }).Value);

    [Fact]
    public void Nothing_asked_is_no_share_of_anything() =>
        Assert.Equal((null, Observability.Observed, Reasons.NothingAsked), Whole(Of(Seen.On(5) with { Needs = new Needs(0, 0) })));

    [Fact]
    public void A_waived_reward_is_no_help_in_kind() =>
        Assert.Equal(
            (null, Observability.Unobservable, Reasons.NeedsNotShown),
            Whole(Of(Seen.On(5).Listing(ContributionsAre.All, new Contribution { Amount = 20, RewardWaived = true }))));

    private static (double?, Observability, string?) Whole(Indicator indicator) => (indicator.Value, indicator.Observability, indicator.Reason);

    private static Indicator Of(params ReadOnlySpan<Snapshot> snapshots)
    {
        var state = Seen.State(snapshots);
        var asOf = state.Latest!.At;
        return SocialProfile.Of(Crowd.Of(state, asOf), CampaignContext.Of(state, asOf), References.Shipped, asOf)["in-kind"];
    }
}

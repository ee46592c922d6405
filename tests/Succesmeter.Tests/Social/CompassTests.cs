using Succesmeter.Networks;
using Succesmeter.Social;

namespace Succesmeter.Tests.Social;

public sealed class CompassTests
{
    private static readonly ShownTies Ties = new(new ShownFigure(0.4, 30, false), new ShownFigure(0.1, 30, false), new ShownFigure(1.5, 30, false));

    [Fact]
    public void A_quarter_more_spread_is_all_the_way_to_bridging_and_three_doublings_to_bonding()
    {
        // (.1/.25 − 1.5/3)/2 = −.05; margins (.025 + 1.645·.5/√20)/.25/2 = .418 and (.25 + 1.645/(√3·ln 2))/3/2 = .270, as squares: .497.
        var point = Profile(Ties).Compass[0];
        Assert.Equal(-0.05, point.Position);
        Assert.Equal(-0.55, point.Low!.Value, 0.011);
        Assert.Equal(0.45, point.High!.Value, 0.011);
    }

    [Fact]
    public void Four_in_ten_who_return_lie_a_fifth_towards_new()
    {
        var profile = Profile(Ties);
        Assert.Equal(-0.2, profile.Compass[2].Position);
        Assert.Equal((0.4, 30, Observability.Observed), (profile["loyalty"].Value!.Value, profile["loyalty"].N!.Value, profile["loyalty"].Observability));
        // Jeffreys for 12 of 30, and half a step on either side.
        var (low, high) = JeffreysInterval.Of(12, 30);
        Assert.Equal(Math.Round(low - 0.025, 2), profile["loyalty"].Bounds!.Value.Low);
        Assert.Equal(Math.Round(high + 0.025, 2), profile["loyalty"].Bounds!.Value.High);
    }

    [Fact]
    public void Anonymous_gifts_may_all_be_of_donors_who_returned_or_none()
    {
        var loyalty = SocialProfile.Of(
            Some.CrowdOf([.. Some.Gifts, .. Enumerable.Range(0, 10).Select(i => Some.Gift(20, null) with { Key = (ulong)i })]) with { Ties = Ties }, Some.Context, References.Shipped, Some.AsOf)["loyalty"];
        // 12 of 40 to 22 of 40.
        Assert.Equal((Observability.Bounded, Reasons.AnonymousDonors), (loyalty.Observability, loyalty.Reason));
        Assert.Equal(Math.Round(JeffreysInterval.Of(12, 40).Low - 0.025, 2), loyalty.Bounds!.Value.Low);
        Assert.Equal(Math.Round(JeffreysInterval.Of(22, 40).High + 0.025, 2), loyalty.Bounds.Value.High);
    }

    [Fact]
    public void Without_the_network_or_with_too_few_donors_nothing_is_said()
    {
        Assert.All(Some.Profile(Some.Crowd).Compass, p => Assert.Null(p.Position));
        Assert.Equal(Reasons.NetworkNotBuilt, Some.Profile(Some.Crowd)["bonding"].Reason);
        Assert.Equal(Reasons.TooFewToShow, Profile(ShownTies.None)["loyalty"].Reason);
        Assert.Equal(Reasons.SensitiveCampaign, Some.Profile(Some.Crowd with { Ties = Ties, IsSensitive = true })["loyalty"].Reason);
    }

    [Fact]
    public void Reciprocity_is_a_count_where_holders_and_donors_have_the_same_accounts()
    {
        Assert.Equal(Reasons.HolderNotInAccountSpace, Profile(Ties)["reciprocity"].Reason);
        Assert.Equal((5.0, Reasons.NotRanked), (Profile(Ties with { Reciprocity = 5 })["reciprocity"].Value!.Value, Profile(Ties with { Reciprocity = 5 })["reciprocity"].Reason));
        Assert.Equal((null, Reasons.TooFewToShow), (Profile(Ties with { Reciprocity = 0 })["reciprocity"].Value, Profile(Ties with { Reciprocity = 0 })["reciprocity"].Reason));
    }

    [Fact]
    public void Names_bound_what_accounts_observe() =>
        Assert.Equal(
            (Observability.Bounded, Reasons.NamesNotAccounts),
            Some.Profile(Some.CrowdOf(Some.Gifts.Select(g => g with { Identity = Succesmeter.Snapshots.IdentityQuality.FullName })) with { Ties = Ties })["bridging"] is var b ? (b.Observability, b.Reason) : default);

    [Theory]
    [InlineData("1080 Molenbeek", "1080", 0.6)]
    [InlineData("Évere", "evere", 0.6)]
    [InlineData("1080", "B-1080", 0.6)]
    public void Donors_of_the_campaigns_own_place_are_local(string campaign, string gift, double share)
    {
        // 18 of 30 there, 12 elsewhere: 1 − 2·.6.
        var profile = Local(campaign, 18, gift, 12, gift == "evere" ? "Ieper" : "9000");
        Assert.Equal((share, Observability.Bounded, Reasons.PlaceStandsInForDistance), (profile["locality"].Value!.Value, profile["locality"].Observability, profile["locality"].Reason));
        Assert.Equal(-0.2, profile.Compass[1].Position);
    }

    [Fact]
    public void Too_few_places_or_too_few_there_or_names_beside_postcodes_say_nothing()
    {
        Assert.Equal(Reasons.FewPlaces, Local("1080", 10, "1080", 9, "9000")["locality"].Reason);
        Assert.Equal(Reasons.FewPlaces, Local("1080", 10, "1080", 12, "9000", silent: 20)["locality"].Reason);
        Assert.Equal(Reasons.FewerThanFiveThere, Local("1080", 4, "1080", 20, "9000")["locality"].Reason);
        Assert.Equal(Reasons.PlaceKindsDiffer, Local("Molenbeek", 20, "1080", 9, "9000")["locality"].Reason);
        Assert.Equal(Reasons.CampaignPlaceUnknown, Local("?", 20, "1080", 9, "9000")["locality"].Reason);
    }

    [Fact]
    public void One_donor_who_gives_often_lives_in_one_place() =>
        Assert.Equal(
            Local("1080", 18, "1080", 12, "9000")["locality"],
            Some.Profile(LocalCrowd("1080", 18, "1080", 12, "9000", 0) is var crowd ? Some.CrowdOf([.. crowd.Gifts, .. Enumerable.Range(0, 9).Select(i => Some.Gift(20, 0, 3) with { Key = (ulong)(900 + i), Place = "1080" })]) with { Place = "1080" } : crowd)["locality"]);

    private static SocialProfile Local(string campaign, int there, string here, int others, string elsewhere, int silent = 0) =>
        Some.Profile(LocalCrowd(campaign, there, here, others, elsewhere, silent));

    private static Crowd LocalCrowd(string campaign, int there, string here, int others, string elsewhere, int silent) =>
        Some.CrowdOf(Enumerable.Range(0, there + others + silent).Select(i => Some.Gift(20, (ulong)i) with { Place = i < there ? here : i < there + others ? elsewhere : null })) with { Place = campaign };

    private static SocialProfile Profile(ShownTies ties) => Some.Profile(Some.Crowd with { Ties = ties });
}

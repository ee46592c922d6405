using Succesmeter.Campaigns;
using Succesmeter.Snapshots;
using Succesmeter.Social;
using Succesmeter.Tests.Campaigns;

namespace Succesmeter.Tests.Social;

public sealed class AttackTests
{
    [Fact]
    public void What_the_holder_gives_is_money_and_nobody()
    {
        var own = Some.Gift(300, 99, 2) with { ByHolder = true };
        var with = Some.Profile([.. Some.Gifts, own]);
        Assert.Equal(Some.Profile(Some.Gifts).Text(), with.Text());
    }

    [Fact]
    public void Where_a_page_counts_backers_the_holder_is_one_too_many()
    {
        Crowd crowd = new() { Backers = 40, Pledged = 900, Gifts = [Some.Gift(300, 99, 2) with { ByHolder = true }] };
        Assert.Equal(39, Some.Profile(crowd).Reach().Value);
    }

    [Fact]
    public void Ten_equal_small_gifts_within_an_hour_are_left_out_until_a_coach_has_looked()
    {
        var state = Seen.State(Seen.On(10, 735).Listing(ContributionsAre.All, Honest), Seen.On(11, 855).Listing(ContributionsAre.All, [.. Honest, .. Burst(12)]));
        var burst = Assert.Single(state.Bursts);
        Assert.Equal((1000L, 12), (burst.AmountMinor, burst.Gifts));

        var marked = Profile(state);
        Assert.Equal((30.0, Observability.Bounded, Reasons.BurstLeftOut), (marked.Reach().Value!.Value, marked.Reach().Observability, marked.Reach().Reason));
        Assert.Equal(new ValueRange(30, 42), marked.Reach().Bounds);
        Assert.Equal(Profile(Seen.State(Seen.On(11, 735).Listing(ContributionsAre.All, Honest))).Breadth().Value, marked.Breadth().Value);

        var confirmed = state.Confirming(burst);
        Assert.Empty(confirmed.Bursts);
        Assert.Equal((42.0, Observability.Observed), (Profile(confirmed).Reach().Value!.Value, Profile(confirmed).Reach().Observability));
    }

    [Fact]
    public void More_of_the_same_after_a_coach_has_looked_are_looked_at_anew()
    {
        var before = Seen.State(Seen.On(11).Listing(ContributionsAre.All, [.. Honest, .. Burst(12)]));
        var more = Burst(15).Select((g, i) => g with { Id = $"more-{i}", At = new Moment(g.At!.Value.At.AddDays(0.8)) });
        var after = before.Confirming(before.Bursts[0]).With(Seen.On(12).Listing(ContributionsAre.All, [.. Honest, .. Burst(12), .. more]), out _);
        Assert.Equal(15, Assert.Single(after.Bursts).Gifts);
    }

    [Theory]
    [InlineData(9, 10, 1.0)]
    [InlineData(12, 39, 1.0)]
    [InlineData(12, 10, 30.0)]
    public void Few_or_larger_or_slower_gifts_are_no_burst(int gifts, int euros, double hours) =>
        Assert.Empty(Seen.State(Seen.On(11).Listing(ContributionsAre.All, [.. Honest, .. Burst(gifts, euros, hours)])).Bursts);

    [Fact]
    public void Equal_gifts_in_an_hour_full_of_others_are_no_burst() =>
        Assert.Empty(Seen.State(Seen.On(11).Listing(ContributionsAre.All, [.. Honest, .. Burst(12), .. Burst(12).Select((g, i) => g with { Id = $"o-{i}", Amount = 11 + i })])).Bursts);

    [Fact]
    public void A_list_that_is_no_longer_shown_leaves_what_was_seen_as_the_least()
    {
        var shown = Seen.On(10, 735).Listing(ContributionsAre.All, Honest);
        var reach = Profile(Seen.State(shown, Seen.On(12, 900))).Reach();
        Assert.Equal((30.0, Observability.Bounded, Reasons.ListIncomplete), (reach.Value!.Value, reach.Observability, reach.Reason));
        Assert.Equal(Observability.Observed, Profile(Seen.State(shown, Seen.On(12, 735))).Reach().Observability);
    }

    [Fact]
    public void A_number_of_backers_that_is_no_longer_shown_stays_as_the_least()
    {
        var reach = Profile(Seen.State(Seen.On(10) with { Backers = 50 }, Seen.On(12, 900))).Reach();
        Assert.Equal((50.0, Observability.Bounded, Reasons.Hidden, 100), (reach.Value!.Value, reach.Observability, reach.Reason, reach.Interval!.Value.High));
    }

    /// <summary>€10 to €39, one every seven hours.</summary>
    private static Contribution[] Honest { get; } = [.. Enumerable.Range(0, 30).Select(i => Gift($"h-{i}", 10 + i, Seen.Launch.AddHours(7 * i), (ulong)i))];

    private static Contribution[] Burst(int gifts, int euros = 10, double hours = 1) =>
        [.. Enumerable.Range(0, gifts).Select(i => Gift($"b-{i}", euros, Seen.Launch.AddDays(10.1).AddHours(hours * i / gifts), (ulong)(500 + i)))];

    private static Contribution Gift(string id, decimal euros, DateTimeOffset at, ulong donor) =>
        new() { Id = id, Amount = euros, At = new Moment(at), Donor = new Pseudonym(1, donor, 1), Identity = IdentityQuality.Account };

    private static SocialProfile Profile(CampaignState state) =>
        SocialProfile.Of(Crowd.Of(state, state.Latest!.At), CampaignContext.Of(state, state.Latest.At), References.Shipped, state.Latest.At);
}

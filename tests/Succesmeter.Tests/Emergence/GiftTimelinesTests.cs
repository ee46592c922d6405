using Succesmeter.Campaigns;
using Succesmeter.Emergence;
using Succesmeter.Snapshots;
using Succesmeter.Social;
using Succesmeter.Tests.Campaigns;

namespace Succesmeter.Tests.Emergence;

public sealed class GiftTimelinesTests
{
    private static readonly TimeZoneInfo Brussels = TimeZoneInfo.FindSystemTimeZoneById("Europe/Brussels");

    [Fact]
    public void Without_a_launch_there_is_no_timeline() =>
        Assert.Null(Of(CampaignState.Of(Seen.Campaign), 3));

    [Fact]
    public void A_gift_with_a_time_was_given_then()
    {
        var at = Seen.Launch.AddHours(30);
        var timeline = Of(Seen.State(Seen.On(2).Listing(ContributionsAre.All, new Contribution { Id = "a", At = new Moment(at), Amount = 10 })), 2)!;
        Assert.Equal([new GiftTime(at)], timeline.Gifts);
        Assert.Equal((Seen.Launch, Seen.Launch, true, false), (timeline.WatchedFrom, timeline.LaunchedAt, timeline.ListIsComplete, timeline.ActionLogKept));
        Assert.Equal(Seen.Launch.AddDays(40), timeline.EndsAt);
    }

    [Fact]
    public void A_gift_without_a_time_was_given_between_the_snapshot_that_shows_it_first_and_the_one_before()
    {
        var gift = new Contribution { Id = "a", Amount = 10 };
        var state = Seen.State(
            Seen.On(1).Listing(ContributionsAre.All, gift),
            Seen.On(1.25).Listing(ContributionsAre.All, gift, gift with { Id = "b" }),
            Seen.On(1.5).Listing(ContributionsAre.All, gift, gift with { Id = "b" }));
        Assert.Equal([new GiftTime(Seen.Launch, Seen.Launch.AddDays(1)), new GiftTime(Seen.Launch.AddDays(1), Seen.Launch.AddDays(1.25))], Of(state, 2)!.Gifts);
    }

    [Fact]
    public void A_day_is_narrowed_by_the_snapshots_in_it_and_stands_alone_where_they_contradict_it()
    {
        var gift = new Contribution { Id = "a", Amount = 10, At = new Moment(new DateTimeOffset(2026, 4, 20, 22, 0, 0, TimeSpan.Zero), IsWholeDay: true) };
        var late = gift with { Id = "b", At = new Moment(new DateTimeOffset(2026, 4, 19, 22, 0, 0, TimeSpan.Zero), IsWholeDay: true) };
        var state = Seen.State(Seen.On(1).Listing(ContributionsAre.All), Seen.On(1.25).Listing(ContributionsAre.All, gift), Seen.On(3).Listing(ContributionsAre.All, gift, late));
        Assert.Equal(
            [new GiftTime(Seen.Launch.AddDays(1), Seen.Launch.AddDays(1.25)), new GiftTime(late.At!.Value.At, late.At.Value.At.AddDays(1))],
            Of(state, 3)!.Gifts);
    }

    [Fact]
    public void Refunds_are_no_gifts_and_hidden_amounts_are()
    {
        var at = new Moment(Seen.Launch.AddHours(3));
        var state = Seen.State(Seen.On(1).Listing(ContributionsAre.All, new Contribution { Id = "a", At = at, Amount = -10 }, new Contribution { Id = "b", At = at }));
        Assert.Single(Of(state, 1)!.Gifts);
    }

    [Fact]
    public void A_list_of_the_newest_is_watched_from_its_oldest_gift()
    {
        var (old, young) = (Seen.Launch.AddHours(50), Seen.Launch.AddHours(60));
        var state = Seen.State(Seen.On(3).Listing(ContributionsAre.Recent, new Contribution { Id = "a", At = new Moment(young) }, new Contribution { Id = "b", At = new Moment(old) }));
        var timeline = Of(state, 3)!;
        Assert.Equal((old, false), (timeline.WatchedFrom, timeline.ListIsComplete));
    }

    [Fact]
    public void Actions_are_those_of_the_log_and_a_day_alone_is_its_morning()
    {
        var midnight = new DateTimeOffset(2026, 4, 21, 22, 0, 0, TimeSpan.Zero);
        var snapshot = Seen.On(3) with
        {
            ActionLogKept = true,
            Actions = [new HolderAction(new Moment(Seen.Launch.AddHours(5)), ActionKind.Mail), new HolderAction(new Moment(midnight, IsWholeDay: true), ActionKind.Press)],
        };
        var timeline = Of(Seen.State(snapshot), 3)!;
        Assert.True(timeline.ActionLogKept);
        Assert.Equal([Seen.Launch.AddHours(5), midnight.AddHours(9)], timeline.Actions);
    }

    [Fact]
    public void After_the_end_nothing_more_is_watched() =>
        Assert.Equal(Seen.Launch.AddDays(40), Of(Seen.State(Seen.On(1)), 60)!.AsOf);

    [Fact]
    public void An_assumed_end_is_no_deadline()
    {
        var timeline = Of(Seen.State(Seen.On(1) with { EndsAt = null }), 70)!;
        Assert.Null(timeline.EndsAt);
        Assert.Equal(Seen.Launch.AddDays(70), timeline.AsOf);
    }

    [Fact]
    public void A_campaign_of_cascades_is_told_from_its_state()
    {
        var gifts = Crowds.Hours(seed: 9, perDay: 2, ratio: 0.7).Select((hour, i) => new Contribution { Id = $"{i}", At = new Moment(Seen.Launch.AddHours(hour)), Amount = 10 });
        var state = Seen.State(Seen.On(40) with { ActionLogKept = true, ContributionsAre = ContributionsAre.All, Contributions = [.. gifts] });
        Assert.Equal(EmergenceVerdict.SelfSustaining, EmergenceEstimate.Of(Of(state, 40)!).Verdict);
    }

    [Fact]
    public void One_donor_five_hundred_times_is_no_crowd()
    {
        var donor = new Pseudonym(1, 1, 1);
        var gifts = Crowds.Hours(seed: 9, perDay: 5, ratio: 0.7).Take(500).Select((hour, i) => Gift(i, hour) with { Donor = donor, Identity = IdentityQuality.Account }).ToArray();
        var estimate = EmergenceEstimate.Of(Of(Seen.State(Seen.On(40).Listing(ContributionsAre.All, gifts) with { ActionLogKept = true }), 40)!);
        Assert.Equal((EmergenceVerdict.CannotTell, Observability.Unobservable, EmergenceReasons.FewGifts, 1), (estimate.Verdict, estimate.Observability, estimate.Reason, estimate.Contributions));
    }

    [Fact]
    public void The_first_gift_of_a_donor_counts_and_people_who_cannot_be_told_apart_all_count()
    {
        var state = Seen.State(Seen.On(10).Listing(
            ContributionsAre.All,
            Gift(0, 50) with { Donor = new Pseudonym(1, 1, 1), Identity = IdentityQuality.Account },
            Gift(1, 20) with { Donor = new Pseudonym(1, 1, 1), Identity = IdentityQuality.Account },
            Gift(2, 60) with { Donor = new Pseudonym(2, 2, 1), Identity = IdentityQuality.FirstName },
            Gift(3, 70) with { Donor = new Pseudonym(2, 2, 1), Identity = IdentityQuality.FirstName },
            Gift(4, 80), Gift(5, 90)));
        Assert.Equal(new[] { 20.0, 60, 70, 80, 90 }, Of(state, 10)!.Gifts.Select(gift => (gift.Earliest - Seen.Launch).TotalHours).Order());
    }

    private static Contribution Gift(int id, double hour) => new() { Id = $"{id}", At = new Moment(Seen.Launch.AddHours(hour)), Amount = 10 };

    private static GiftTimeline? Of(CampaignState state, double day) => GiftTimelines.Of(state, Seen.Launch.AddDays(day), Brussels);
}

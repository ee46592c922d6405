using Succesmeter.Campaigns;
using Succesmeter.Emergence;
using Succesmeter.Events;
using Succesmeter.Histories;
using Succesmeter.Scores;
using Succesmeter.Snapshots;
using Succesmeter.Social;
using Succesmeter.Tests.Emergence;
using Succesmeter.Tests.Forecasts;

namespace Succesmeter.Tests.Campaigns;

public sealed class EmergenceLookTests
{
    private static readonly TimeZoneInfo Brussels = TimeZoneInfo.FindSystemTimeZoneById("Europe/Brussels");

    /// <summary>Forty days of cascades, all of them listed with their times.</summary>
    private static readonly Contribution[] Cascades =
        [.. Crowds.Hours(seed: 9, perDay: 2, ratio: 0.7).Select((hour, i) => new Contribution { Id = $"{i}", At = new Moment(Seen.Launch.AddHours(hour)), Amount = 10 + (i % 7) })];

    [Fact]
    public void Without_a_listed_gift_nobody_looks()
    {
        var states = Played(Seen.On(1) with { Backers = 40 }, Seen.On(2) with { Backers = 60 });
        Assert.All(states, static record => Assert.Null(record.State.Emergence));
        var said = EmergenceLook.Shown(states[1].State, Seen.Launch.AddDays(2));
        Assert.Equal((EmergenceVerdict.CannotTell, Observability.Unobservable, Reasons.GiftsNotListed), (said.Verdict, said.Observability, said.Reason));
    }

    [Fact]
    public void There_is_one_look_a_day_at_the_first_instant_of_the_platforms_own_day()
    {
        // The launch is at ten in the morning in Brussels; its midnights are at 22:00 UTC.
        int[] minutes = [60, 300, 834, 846, 1200, 2274, 2286];
        var looks = Played([.. minutes.Select(minute => Listing(minute / 1440.0))]).Select(static record => record.State.Emergence!.At);
        Assert.Equal(((int[])[60, 60, 60, 846, 846, 846, 2286]).Select(minute => Seen.Launch.AddDays(minute / 1440.0)), looks);
    }

    [Fact]
    public void Silence_is_looked_at_too()
    {
        var record = Played(Listing(12))[0];
        var after = Step.Of(record, new HistoryEntry { At = Seen.Launch.AddDays(13) }, Model, Brussels).Record;
        Assert.Equal(Seen.Launch.AddDays(13), after.State.Emergence!.At);
    }

    [Fact]
    public void The_end_is_looked_at_on_its_own_day_and_later_days_only_when_more_gifts_come_to_light()
    {
        var records = Played(Listing(39.95, shown: 30), Listing(40, shown: 30), Listing(41, shown: 30), Listing(42, shown: 31), Listing(43, shown: 31));
        Assert.Equal(
            [(39.95, false), (40, true), (40, true), (42, true), (42, true)],
            records.Select(record => ((record.State.Emergence!.At - Seen.Launch).TotalDays, record.State.Emergence.IsFinal)));
    }

    [Fact]
    public void A_look_says_what_the_estimate_of_its_instant_says()
    {
        var record = Played(Listing(30), Listing(30.1))[1];
        Assert.Equal(EmergenceEstimate.Of(GiftTimelines.Of(Played(Listing(30))[0].State, Seen.Launch.AddDays(30), Brussels)!), record.State.Emergence!.Estimate);
    }

    [Fact]
    public void The_holders_own_gifts_and_bursts_follow_nobody()
    {
        var bought = Enumerable.Range(0, 20).Select(i => new Contribution { Id = $"bought-{i}", At = new Moment(Seen.Launch.AddDays(20).AddMinutes(i)), Amount = 1 });
        var own = Cascades[0] with { Id = "own", ByHolder = true };
        var plain = Listing(30);
        Assert.Equal(
            GiftTimelines.Of(Seen.State(plain), Seen.Launch.AddDays(30), Brussels)!.Gifts,
            GiftTimelines.Of(Seen.State(plain with { Contributions = [.. plain.Contributions, own, .. bought] }), Seen.Launch.AddDays(30), Brussels)!.Gifts);
    }

    [Fact]
    public void A_community_that_carries_itself_on_two_days_in_a_row_is_told_once()
    {
        var record = CampaignRecord.Of(Seen.Campaign);
        var told = new List<(double Day, CampaignEvent Event)>();
        var rows = new List<(double Day, int InARow)>();
        for (var day = 30.0; day < 40; day += 0.5)
        {
            var step = Step.Of(record, new HistoryEntry { At = Seen.Launch.AddDays(day), Snapshot = Received(Listing(day)) }, Model, Brussels);
            record = step.Record;
            rows.Add((day, record.State.Emergence!.DaysInARow));
            told.AddRange(step.Events.Where(static one => one.Type == EventTypes.CommunityIgnited).Select(one => (day, one)));
        }

        Assert.Equal(EmergenceVerdict.SelfSustaining, record.State.Emergence!.Estimate.Verdict);
        var (ignitedOn, ignited) = Assert.Single(told);
        Assert.Equal((rows.First(static row => row.InARow == 2).Day, "growfunding/kidical-mass:community.ignited:1"), (ignitedOn, ignited.Id));
        Assert.Equal(rows.Max(static row => row.InARow), record.State.Emergence.DaysInARow);
    }

    [Fact]
    public void A_day_without_a_look_breaks_the_row() =>
        Assert.Equal([1, 2, 1], Played(Listing(36), Listing(37), Listing(39)).Select(static record => record.State.Emergence!.DaysInARow));

    private static readonly ScoringModel Model = new(SomeModel.Model, References.Shipped);

    private static List<CampaignRecord> Played(params Snapshot[] snapshots)
    {
        var records = new List<CampaignRecord>();
        var record = CampaignRecord.Of(Seen.Campaign);
        foreach (var snapshot in snapshots)
            records.Add(record = Step.Of(record, new HistoryEntry { At = snapshot.TakenAt, Snapshot = Received(snapshot) }, Model, Brussels).Record);
        return records;
    }

    private static ReceivedSnapshot Received(Snapshot snapshot) => new(snapshot, new Received(snapshot.TakenAt, "some", 1));

    /// <summary>What a page shows that keeps a log of actions.</summary>
    private static Snapshot Listing(double day, int shown = int.MaxValue)
    {
        var at = Seen.Launch.AddDays(day);
        return Seen.On(day) with
        {
            ActionLogKept = true,
            ContributionsAre = ContributionsAre.All,
            Contributions = [new Contribution { Id = "first", At = new Moment(Seen.Launch.AddMinutes(1)), Amount = 10 }, .. Cascades.Where(gift => gift.At!.Value.At <= at).Take(shown)],
        };
    }
}

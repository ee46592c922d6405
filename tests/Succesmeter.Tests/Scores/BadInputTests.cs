using System.Text.Json;
using Succesmeter.Campaigns;
using Succesmeter.Histories;
using Succesmeter.Scores;
using Succesmeter.Snapshots;
using Succesmeter.Social;
using Succesmeter.Tests.Campaigns;
using Succesmeter.Tests.Forecasts;

namespace Succesmeter.Tests.Scores;

/// <summary>Odd data through the whole fold, the score and its JSON: nothing throws, nothing is not a number, and what cannot be told is said to be so.</summary>
public sealed class BadInputTests
{
    private static readonly ScoringModel Model = new(SomeModel.Model, References.Shipped);

    [Fact]
    public void No_gifts() => Assert.Equal(("cannot-tell", "unobservable", "no-gifts"), Emergence(Last(Seen.On(5).Listing(ContributionsAre.All), Seen.On(10).Listing(ContributionsAre.All))));

    [Fact]
    public void One_gift()
    {
        var score = Last(Seen.On(5).Listing(ContributionsAre.All, Gift("a", 1)), Seen.On(10).Listing(ContributionsAre.All, Gift("a", 1)));
        Assert.Equal(("cannot-tell", "unobservable", "fewer-than-50-gifts"), Emergence(score));
        Assert.Equal(1, Indicator(score, "reach").GetProperty("value").GetInt32());
    }

    [Fact]
    public void All_at_one_instant() =>
        Assert.Equal(("cannot-tell", "unobservable", "fewer-than-50-gifts"), Emergence(Last(Seen.On(10, 6000).Listing(ContributionsAre.All, Gifts(200, static _ => 3)))));

    [Fact]
    public void Before_the_launch()
    {
        var score = Last(Seen.On(-2).Listing(ContributionsAre.All, Gifts(60, static i => -3 + (i / 100.0))));
        Assert.Equal(("cannot-tell", "unobservable", "before-launch"), Emergence(score));
        Assert.Empty(score.GetProperty("advice").EnumerateArray());
        Assert.Equal("cannot-tell", Emergence(Last(Seen.On(5).Listing(ContributionsAre.All, Gifts(60, static i => -3 + (i / 100.0))))).Verdict);
    }

    [Fact]
    public void In_the_future()
    {
        // A clock that runs ahead: a gift is never later than it was seen.
        var score = Last(Seen.On(5).Listing(ContributionsAre.All, Gifts(60, static i => 100_000 + i)), Seen.On(10).Listing(ContributionsAre.All, Gifts(60, static i => 100_000 + i)));
        Assert.Equal("cannot-tell", Emergence(score).Verdict);
        Assert.Equal(60, Indicator(score, "reach").GetProperty("value").GetInt32());
    }

    [Fact]
    public void Negative_and_refunded()
    {
        var gifts = Gifts(80, static i => 0.1 + (i / 10.0));
        var refunds = gifts.Select(static gift => gift with { Id = gift.Id + "-back", Amount = -gift.Amount, At = new Moment(gift.At!.Value.At.AddHours(1)) }).ToArray();
        var score = Last(Seen.On(9, 2000).Listing(ContributionsAre.All, gifts), Seen.On(10, 0).Listing(ContributionsAre.All, [.. gifts, .. refunds]));
        Assert.Equal(0, Indicator(score, "reach").GetProperty("value").GetInt32());
        Assert.Equal("cannot-tell", Emergence(Last(Seen.On(10, 0).Listing(ContributionsAre.All, refunds))).Verdict);
    }

    [Fact]
    public void A_hundred_thousand_in_an_hour()
    {
        var snapshots = Enumerable.Range(0, 10).Select(part => Seen.On(3 + (part / 100.0), 25 * 10_000 * (part + 1)).Listing(
            ContributionsAre.New, Gifts(10_000, i => 3 + (((part * 10_000) + i) / 2_400_000.0), $"{part}-"))).ToList();
        var score = Last([.. snapshots, Seen.On(4, 2_500_000)]);
        Assert.Equal("cannot-tell", Emergence(score).Verdict);
        Assert.NotEqual("observed", Emergence(score).Observability);
        Assert.Equal("bounded", Indicator(score, "reach").GetProperty("observability").GetString());
    }

    [Fact]
    public void All_anonymous()
    {
        var score = Last(Seen.On(10, 2000).Listing(ContributionsAre.All, [.. Gifts(80, static i => i / 9.0).Select(static gift => gift with { Donor = null, Identity = null, Anonymous = true })]));
        Assert.Equal((80, "bounded", "gift-count-only"), (Indicator(score, "reach").GetProperty("value").GetInt32(), Text(Indicator(score, "reach"), "observability"), Text(Indicator(score, "reach"), "reason")));
        Assert.Equal("bounded", Emergence(score).Observability);
    }

    [Fact]
    public void One_donor_five_hundred_times()
    {
        var score = Last(Seen.On(10, 12_500).Listing(ContributionsAre.All, [.. Gifts(500, static i => i / 60.0).Select(static gift => gift with { Donor = new Pseudonym(1, 1, 1) })]));
        Assert.Equal(1, Indicator(score, "reach").GetProperty("value").GetInt32());
        Assert.Equal(1, Indicator(score, "breadth").GetProperty("value").GetInt32());
        Assert.Equal("fewer-than-20-donors", Text(Indicator(score, "breadth"), "reason"));
    }

    [Fact]
    public void A_gift_by_the_holder()
    {
        var score = Last(Seen.On(10, 500).Listing(ContributionsAre.All, Gift("own", 1) with { Amount = 500, ByHolder = true }));
        Assert.Equal(0, Indicator(score, "reach").GetProperty("value").GetInt32());
        Assert.Equal(("cannot-tell", "unobservable", "no-gifts"), Emergence(score));
    }

    [Fact]
    public void An_envelope_of_twenty_five_is_twenty_five_equal_gifts_and_declared()
    {
        var envelope = Last(Seen.On(10, 500).Listing(ContributionsAre.All, Gift("e", 1) with { Amount = 500, People = 25 }));
        var apart = Last(Seen.On(10, 500).Listing(ContributionsAre.All, [.. Enumerable.Range(0, 25).Select(i => Gift($"{i}", i / 3.0) with { Amount = 20, Donor = new Pseudonym(1, (ulong)i, 1) })]));
        foreach (var name in (string[])["reach", "breadth"])
        {
            Assert.Equal(Indicator(apart, name).GetProperty("value").GetDouble(), Indicator(envelope, name).GetProperty("value").GetDouble());
            Assert.Equal(("declared", "people-declared"), (Text(Indicator(envelope, name), "observability"), Text(Indicator(envelope, name), "reason")));
        }

        Assert.Equal(1, envelope.GetProperty("emergence").GetProperty("contributions").GetInt32());
    }

    [Fact]
    public void Anything_at_any_time_is_scored_without_a_fault() =>
        Gen.Select(Gen.Double[-3, 60], Gen.Int[-40, 200], Gen.Int[0, 6], Gen.Int[1, 80]).Array[0, 90].Sample(
            rows =>
            {
                var gifts = rows.Select((row, i) => new Contribution
                {
                    Id = $"{i}",
                    At = row.Item3 == 0 ? null : new Moment(Seen.Launch.AddDays(row.Item1), IsWholeDay: row.Item3 == 1),
                    Amount = row.Item3 == 2 ? null : row.Item2,
                    Donor = row.Item3 is 3 or 4 ? new Pseudonym(1, (ulong)row.Item4 / 4, 1) : null,
                    Identity = row.Item3 == 3 ? IdentityQuality.Account : row.Item3 == 4 ? IdentityQuality.FullName : null,
                    People = row.Item3 == 5 ? row.Item4 : 1,
                    ByHolder = row.Item3 == 6,
                }).ToArray();
                var kind = (ContributionsAre)(rows.Length % 3);
                _ = Last([.. ((double[])[-1, 0, 0.01, 12, 39.99, 40, 45]).Select(day => Seen.On(day, rows.Length * 20).Listing(kind, gifts) with { ActionLogKept = rows.Length % 2 == 0 })]);
            },
            iter: 40);

    /// <summary>Plays the snapshots, and a tick a day after the last; each score is written, read again, and looked through.</summary>
    private static JsonElement Last(params Snapshot[] snapshots)
    {
        var record = CampaignRecord.Of(Seen.Campaign);
        JsonElement last = default;
        foreach (var entry in snapshots.Select(static snapshot => new HistoryEntry { At = snapshot.TakenAt, Snapshot = new ReceivedSnapshot(snapshot, new Received(snapshot.TakenAt, "some", 1)) })
            .Append(new HistoryEntry { At = snapshots[^1].TakenAt.AddDays(1) }).ToList())
        {
            var step = Step.Of(record, entry, Model, TimeZoneInfo.Utc);
            record = step.Record;
            var bytes = ScoreJson.Write(step.Score!.Explained(record.State, Model));
            var json = JsonDocument.Parse(bytes).RootElement;
            Assert.DoesNotContain("NaN", json.GetRawText(), StringComparison.Ordinal);
            Assert.DoesNotContain("Infinity", json.GetRawText(), StringComparison.Ordinal);
            if (!entry.IsTick)
                last = json;
        }

        return last;
    }

    private static (string Verdict, string Observability, string? Reason) Emergence(JsonElement score)
    {
        var emergence = score.GetProperty("emergence");
        return (Text(emergence, "verdict")!, Text(emergence, "observability")!, Text(emergence, "reason"));
    }

    private static JsonElement Indicator(JsonElement score, string name) =>
        score.GetProperty("social").GetProperty("indicators").EnumerateArray().Single(indicator => Text(indicator, "name") == name);

    private static string? Text(JsonElement json, string name) => json.GetProperty(name).GetString();

    private static Contribution Gift(string id, double day) =>
        new() { Id = id, At = new Moment(Seen.Launch.AddDays(day)), Amount = 25, Donor = new Pseudonym(1, 1, 1), Identity = IdentityQuality.Account };

    /// <summary>Of as many donors, by account.</summary>
    private static Contribution[] Gifts(int count, Func<int, double> day, string prefix = "") =>
        [.. Enumerable.Range(0, count).Select(i => Gift($"{prefix}{i}", day(i)) with { Amount = 20 + (i % 11), Donor = new Pseudonym(2, (ulong)i, 1) })];
}

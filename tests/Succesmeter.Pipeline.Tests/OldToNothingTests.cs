using System.Text;
using Succesmeter.Campaigns;
using Succesmeter.Histories;
using Succesmeter.Ratings;
using Succesmeter.Snapshots;
using Succesmeter.Testing;
using Succesmeter.Testing.Memory;

namespace Succesmeter.Pipeline.Tests;

public sealed class OldToNothingTests
{
    private static readonly DateTimeOffset Seen = Some.Snapshot.TakenAt;

    [Fact]
    public async Task Raw_files_go_after_thirty_days()
    {
        var town = new MemoryTown();
        foreach (var (name, days) in ((string, int)[])[("old", 30), ("young", 29)])
            foreach (var container in (string[])["incoming", "archive", "quarantine"])
                town.Raw.Put(container, name, "{}"u8.ToArray(), Some.End.AddDays(-days));

        await town.RetentionStage(Some.End).RunAsync(default);

        Assert.Equal(["archive/young", "incoming/young", "quarantine/young"], town.Raw.Contents.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_names_an_erased_donor_is_taken_out_of_younger_ones()
    {
        var town = new MemoryTown();
        await town.Tombstones.AddAsync(Some.Campaign.Platform, town.Pseudonyms.AllOf(Some.Campaign.Platform, "u-7")[0]);
        town.Raw.Put("quarantine", "a.ndjson", """{"line":1,"raw":"{\"donor\":\"u-7\""}"""u8.ToArray(), Some.End.AddDays(-1));

        await town.RetentionStage(Some.End).RunAsync(default);

        Assert.Equal("""{"line":1,"raw":null}""", Encoding.UTF8.GetString(Assert.Single(town.Raw.Contents).Value));
    }

    [Fact]
    public async Task A_coach_is_forgotten_with_what_was_said_36_months_ago()
    {
        var (town, platform) = (new MemoryTown(), Some.Campaign.Platform);
        await town.DeliverAsync(Some.Received(Some.Snapshot));
        await town.ScoreAsync(Some.Campaign);
        foreach (var (left, at) in ((string, DateTimeOffset)[])[("a", Some.End), ("b", Some.End.AddSeconds(1))])
            await town.Ratings.PutAsync(platform, new Rating(left, "z", Better.Left, new Pseudonym(1, 2, 1), at), default);

        await town.RetentionStage(Some.End.AddMonths(36).AddSeconds(1)).RunAsync(default);

        Assert.Equal("b", Assert.Single(await town.Ratings.ReadAsync(platform, default)).Left);
    }

    /// <summary>Who gave twice is one person still, and what was said of the campaign stays; but the same person in two campaigns is nobody in particular.</summary>
    [Fact]
    public async Task Pseudonyms_become_numbers_36_months_after_a_campaign_was_last_seen()
    {
        var town = new MemoryTown();
        var ids = new[] { Some.Campaign, new CampaignId(Some.Campaign.Platform, "another") };
        foreach (var id in ids)
        {
            await town.DeliverAsync(Some.Received(Snapshot(id, Seen.AddDays(-1), 20, 7)), Some.Received(Snapshot(id, Seen, 21, 7)));
            await town.ScoreAsync(id);
        }

        var before = (await town.Store.FindRecordAsync(ids[0], default)).LatestScore!.Value.ToArray();
        await town.RetentionStage(Seen.AddMonths(36).AddSeconds(-1)).RunAsync(default);
        Assert.All(await DonorsAsync(town, ids), static donor => Assert.False(donor.IsExpired));

        await town.RetentionStage(Seen.AddMonths(36)).RunAsync(default);
        foreach (var id in ids)
            await town.ScoreAsync(id);

        Assert.All(await DonorsAsync(town, ids), static donor => Assert.True(donor is { IsExpired: true, High: >= 1 and <= 3 }));
        var record = await town.Store.FindRecordAsync(ids[0], default);
        Assert.False(record.IsReplaying);
        Assert.False(record.NamesDonors);
        Assert.Equal(Encoding.UTF8.GetString(before), Encoding.UTF8.GetString(record.LatestScore!.Value.Span));

        // Nothing is left to do, and the files of edges heard of nobody new.
        var version = (await town.Store.LoadAsync(ids[0], [], default)).Version;
        await town.RetentionStage(Seen.AddMonths(37)).RunAsync(default);
        Assert.Equal(version, (await town.Store.LoadAsync(ids[0], [], default)).Version);
        Assert.DoesNotContain(await town.Edges.BlocksAsync(ids[0].Platform), static block => block.Edges.Any(static edge => edge.Donor.IsExpired));
    }

    [Fact]
    public async Task Broken_off_and_gone_on_with_two_people_never_become_one()
    {
        var town = new MemoryTown();
        var days = Enumerable.Range(0, 200).Select(day => Some.Received(Snapshot(Some.Campaign, Seen.AddDays(-200 + day), day, (ulong)(100 + day)))).ToList();
        await town.DeliverAsync(days);
        await town.ScoreAsync(Some.Campaign);

        var dying = new DyingAfter(town.Store, commits: 3);
        await Assert.ThrowsAsync<AggregateException>(() => town.RetentionStage(Seen.AddMonths(36), dying).RunAsync(default));
        Assert.Contains(await DonorsAsync(town, [Some.Campaign]), static donor => donor.IsExpired);
        await town.ScoreAsync(Some.Campaign);
        await town.RetentionStage(Seen.AddMonths(36)).RunAsync(default);
        await town.ScoreAsync(Some.Campaign);

        var all = (await town.EntriesAsync(Some.Campaign)).SelectMany(static entry => entry.Snapshot!.Snapshot.Contributions).ToLookup(static gift => gift.Donor!.Value, static gift => gift.Id);
        Assert.All(all, static gifts => Assert.True(gifts.Key.IsExpired && gifts.Distinct().Count() == 1));
    }

    private static Snapshot Snapshot(CampaignId campaign, DateTimeOffset takenAt, int day, ulong donor) => Some.Snapshot with
    {
        Campaign = campaign,
        TakenAt = takenAt,
        Pledged = 100 + day,
        ContributionsAre = ContributionsAre.New,
        Contributions = [new Contribution { Id = $"by-{donor}-{(donor == 7 ? 0 : day)}", Amount = 20, Donor = new Pseudonym(donor, donor, 1), Identity = IdentityQuality.Account }],
        CommentList = [new Comment("c", null, CommentAuthor.Backer, new Pseudonym(1_000_000, 5, 1), null)],
    };

    private static async Task<List<Pseudonym>> DonorsAsync(MemoryTown town, CampaignId[] campaigns)
    {
        var donors = new List<Pseudonym>();
        foreach (var id in campaigns)
        {
            donors.AddRange((await town.EntriesAsync(id)).SelectMany(static entry => entry.Snapshot?.Snapshot.Donors ?? []));
            donors.AddRange((await town.Store.FindRecordAsync(id, default)).State.Gifts.Open.Select(static gift => gift.Donor!.Value));
        }

        return donors;
    }

    private sealed class DyingAfter(ICampaignStore inner, int commits) : ForwardingStore(inner)
    {
        private int left = commits;

        public override Task<LoadedCampaign?> CommitAsync(LoadedCampaign loaded, CampaignCommit commit, CancellationToken cancellation) =>
            left-- > 0 ? base.CommitAsync(loaded, commit, cancellation) : throw new HostDiedException();
    }
}

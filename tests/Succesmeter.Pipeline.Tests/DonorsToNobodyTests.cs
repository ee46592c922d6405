using System.Text;
using Microsoft.Extensions.Time.Testing;
using Succesmeter.Campaigns;
using Succesmeter.Erasures;
using Succesmeter.Snapshots;
using Succesmeter.Testing;
using Succesmeter.Testing.Memory;

namespace Succesmeter.Pipeline.Tests;

public sealed class DonorsToNobodyTests
{
    private static readonly PlatformId Platform = Some.Campaign.Platform;

    /// <summary>Who gives, and who comments, in <see cref="SomeHistory"/>.</summary>
    private static readonly Pseudonym[] Gone = [new(1, 0, 1), new(2, 0, 1)];

    private static readonly ErasedDonors Erased = new(Gone.Select(Tombstone.Of));

    private readonly FakeTimeProvider _time = new(Some.End);

    [Fact]
    public void Erased_is_as_if_the_donor_had_been_anonymous_from_the_start() =>
        Gen.Select(SomeHistory.Any, Gen.Int[1, 7]).Sample(
            (history, portion) =>
            {
                var town = new MemoryTown();
                town.PlayAsync(history, portion).Wait();
                town.Erasures.AddAsync(Asked(Gone), default).Wait();
                town.ErasureStage(_time).RunAsync(default).Wait();
                town.ScoreAsync(Some.Campaign).Wait();

                var other = new MemoryTown();
                other.PlayAsync([.. history.Select(static received => received with { Snapshot = received.Snapshot.Kept(Erased) })], portion).Wait();
                Assert.Equal(other.RowsAsync(Some.Campaign).Result, town.RowsAsync(Some.Campaign).Result);
            },
            iter: 20);

    [Fact]
    public void A_host_that_dies_at_any_commit_ends_in_the_same_rows() =>
        Gen.Select(SomeHistory.Any, Gen.Int).Sample(
            (history, seed) =>
            {
                var (quiet, disturbed) = (new MemoryTown(), new MemoryTown());
                foreach (var town in (MemoryTown[])[quiet, disturbed])
                {
                    town.PlayAsync(history, 5).Wait();
                    town.Erasures.AddAsync(Asked(Gone), default).Wait();
                }

                quiet.ErasureStage(_time).RunAsync(default).Wait();
                quiet.ScoreAsync(Some.Campaign).Wait();

                // Between its deaths others score what stands there.
                var dying = new DyingStore(disturbed.Store, new Random(seed));
                while (disturbed.Erasures.ReadOpenAsync(default).Result is [{ SweptAt: null }])
                {
                    try
                    {
                        disturbed.ErasureStage(_time, dying).RunAsync(default).Wait();
                    }
                    catch (AggregateException died) when (died.Flatten().InnerExceptions.All(static one => one is HostDiedException))
                    {
                        disturbed.ScoreAsync(Some.Campaign).Wait();
                    }
                }

                disturbed.ScoreAsync(Some.Campaign).Wait();
                Assert.Equal(quiet.RowsAsync(Some.Campaign).Result, disturbed.RowsAsync(Some.Campaign).Result);
                Assert.False(NamesAny(disturbed, Some.Campaign).Result);
            },
            iter: 15);

    [Fact]
    public async Task Whoever_scores_meanwhile_brings_nobody_back()
    {
        var town = new MemoryTown();
        await town.DeliverAsync(Given(Some.Campaign, 3));
        await town.ScoreAsync(Some.Campaign);
        await town.Erasures.AddAsync(Asked(Gone), default);

        // A late snapshot has another host replay all of it, at every commit of ours.
        var late = 0;
        var isNested = false;
        town.Store.BeforeCommit = async campaign =>
        {
            if (isNested || late++ >= 4)
                return;
            isNested = true;
            await town.DeliverAsync(Some.Received(Given(Some.Campaign, 1)[0].Snapshot with { TakenAt = Some.Launch.AddHours(late), Pledged = late }));
            await town.AnotherHost().RunAsync([new Scores.ScoreRequest(campaign)], default);
            isNested = false;
        };
        await town.ErasureStage(_time).RunAsync(default);
        town.Store.BeforeCommit = null;
        await town.ScoreAsync(Some.Campaign);

        Assert.False(await NamesAny(town, Some.Campaign));
        Assert.Equal(3 + 4, (await town.EntriesAsync(Some.Campaign)).Count);
    }

    [Fact]
    public async Task Sealed_gifts_and_what_still_waits_lose_the_donor_too()
    {
        var town = new MemoryTown();
        var many = Enumerable.Range(0, 9_000).Select(static gift => new Contribution { Id = $"g{gift}", Amount = 5, Donor = gift % 100 == 0 ? Gone[0] : new Pseudonym(7, (ulong)gift, 1), Identity = IdentityQuality.Account });
        await town.DeliverAsync(Some.Received(Some.Snapshot with { ContributionsAre = ContributionsAre.New, Contributions = [.. many] }));
        await town.DeliverAsync(Some.Received(Some.Snapshot with { TakenAt = Some.Snapshot.TakenAt.AddDays(1), ContributionsAre = ContributionsAre.New, Contributions = [.. many.Select(static gift => gift with { Id = $"more-{gift.Id}" })] }));
        await town.ScoreAsync(Some.Campaign);
        Assert.Contains(town.Store.SealedOf(Some.Campaign), static gift => gift.Donor == Gone[0]);
        var counted = (await town.Store.FindRecordAsync(Some.Campaign, default)).State.Gifts.Count;

        await town.DeliverAsync(Some.Received(Given(Some.Campaign, 1)[0].Snapshot with { TakenAt = Some.Snapshot.TakenAt.AddDays(2), ContributionsAre = ContributionsAre.New }));
        await town.Erasures.AddAsync(Asked(Gone), default);
        await town.ErasureStage(_time).RunAsync(default);
        await foreach (var parcel in town.Store.ReadParcelsAsync(Some.Campaign, default))
            Assert.False(parcel.Snapshots[0].Snapshot.Names(Erased));
        await town.ScoreAsync(Some.Campaign);

        Assert.NotEmpty(town.Store.SealedOf(Some.Campaign));
        Assert.DoesNotContain(town.Store.SealedOf(Some.Campaign), static gift => gift.Donor == Gone[0]);
        Assert.False(await NamesAny(town, Some.Campaign));
        Assert.Equal(counted + 1, (await town.Store.FindRecordAsync(Some.Campaign, default)).State.Gifts.Count);
    }

    [Fact]
    public async Task Campaigns_to_which_the_donor_did_not_give_are_not_touched()
    {
        var town = new MemoryTown();
        var other = new CampaignId(Platform, "another");
        await town.DeliverAsync(Some.Received(Some.Snapshot with { Campaign = other, ContributionsAre = ContributionsAre.All, Contributions = [new Contribution { Id = "1", Amount = 5, Donor = new Pseudonym(3, 3, 1) }] }));
        await town.ScoreAsync(other);
        var version = (await town.Store.LoadAsync(other, [], default)).Version;

        await town.Erasures.AddAsync(Asked(Gone), default);
        await town.ErasureStage(_time).RunAsync(default);

        Assert.Equal(version, (await town.Store.LoadAsync(other, [], default)).Version);
    }

    [Fact]
    public async Task It_is_finished_by_a_second_time_when_every_reader_of_before_has_ended_and_then_rests()
    {
        var town = new MemoryTown();
        var settles = new ErasureOptions().Settles;
        var id = (await town.Erasures.AddAsync(Asked(Gone), default)).Id;
        var stage = town.ErasureStage(_time);

        await stage.RunAsync(default);
        Assert.True(await town.Erasures.FindAsync(id, default) is { SweptAt: not null, FinishedAt: null });

        // What a slow reader writes after the first time.
        await town.DeliverAsync(Given(Some.Campaign, 1));
        _time.Advance(settles - TimeSpan.FromSeconds(1));
        await stage.RunAsync(default);
        Assert.Null((await town.Erasures.FindAsync(id, default))!.FinishedAt);

        _time.Advance(TimeSpan.FromSeconds(1));
        await stage.RunAsync(default);
        Assert.NotNull((await town.Erasures.FindAsync(id, default))!.FinishedAt);
        Assert.False(await NamesAny(town, Some.Campaign));

        var reads = town.Tombstones.Reads;
        await stage.RunAsync(default);
        Assert.Equal(reads, town.Tombstones.Reads);
    }

    [Fact]
    public async Task Raw_files_lose_the_name_and_one_that_waits_to_be_read_is_left_to_its_reader()
    {
        var town = new MemoryTown();
        await town.Erasures.AddAsync(Erasure.Of(Platform, town.Pseudonyms.AllOf(Platform, "Ann Peeters"), Some.End), default);
        var row = """{"platform":"growfunding","contributions":[{"donor":"ANN Peeters"},{"donor":"Jan"}]}""";
        town.Raw.Put("archive", "files/a.ndjson", Encoding.UTF8.GetBytes(row), Some.End);
        town.Raw.Put("archive", "pages/b.gz", Encoding.UTF8.GetBytes("<p>Merci, Ann Peeters!</p>"), Some.End);
        town.Raw.Put("archive", "pages/c.gz", Encoding.UTF8.GetBytes("<p>Ann en Peeters</p>"), Some.End);
        town.Raw.Put("incoming", "young", Encoding.UTF8.GetBytes(row), Some.End);
        town.Raw.Put("incoming", "stuck", Encoding.UTF8.GetBytes(row), Some.End.AddHours(-1));

        await town.ErasureStage(_time).RunAsync(default);

        var left = town.Raw.Contents;
        Assert.Equal(["archive/files/a.ndjson", "archive/pages/c.gz", "incoming/stuck", "incoming/young"], left.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("""{"platform":"growfunding","contributions":[{"donor":null},{"donor":"Jan"}]}""", Encoding.UTF8.GetString(left["archive/files/a.ndjson"]));
        Assert.Equal(left["archive/files/a.ndjson"], left["incoming/stuck"]);
        Assert.Equal(row, Encoding.UTF8.GetString(left["incoming/young"]));
    }

    private static Erasure Asked(IEnumerable<Pseudonym> donors) => Erasure.Of(Platform, donors, Some.End);

    private static ReceivedSnapshot[] Given(CampaignId campaign, int days) => [.. Enumerable.Range(1, days).Select(day => Some.Received(Some.Snapshot with
    {
        Campaign = campaign,
        TakenAt = Some.Launch.AddDays(day),
        ContributionsAre = ContributionsAre.All,
        Contributions = [.. Enumerable.Range(0, day).Select(gift => new Contribution { Id = $"{gift}", Amount = 20, Donor = gift % 2 == 0 ? Gone[0] : new Pseudonym(3, (ulong)gift, 1), Identity = IdentityQuality.Account })],
    }))];

    /// <summary>In state, history, checkpoints, parcels, segments and edges.</summary>
    private static async Task<bool> NamesAny(MemoryTown town, CampaignId campaign)
    {
        var loaded = await town.Store.LoadAsync(campaign, [], default);
        var newest = await town.Store.NewestCheckpointAsync(campaign, DateTimeOffset.MaxValue, default);
        return Holds(loaded.Record.State) || (newest is not null && Holds(newest.State))
            || (await town.EntriesAsync(campaign)).Any(static entry => entry.Snapshot?.Snapshot.Names(Erased) == true)
            || loaded.Parcels.Any(static parcel => parcel.Snapshots.Any(static received => received.Snapshot.Names(Erased)))
            || (await town.Edges.BlocksAsync(campaign.Platform)).Any(static block => block.Names(Erased));

        static bool Holds(CampaignState state) =>
            state.Gifts.Open.Any(static gift => gift.Donor is { } donor && Gone.Contains(donor));
    }
}

using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Succesmeter.Campaigns;
using Succesmeter.Events;
using Succesmeter.Histories;
using Succesmeter.Intake;
using Succesmeter.Networks;
using Succesmeter.Scores;
using Succesmeter.Snapshots;
using Succesmeter.Storage.Tables;
using Succesmeter.Testing;
using Succesmeter.Testing.Memory;

namespace Succesmeter.Storage.Tests.Tables;

/// <summary>What every store of histories promises.</summary>
public abstract class CampaignStoreContract
{
    private protected abstract Task<ICampaignStore> StoreAsync();

    [Fact]
    public async Task A_campaign_never_seen_is_empty()
    {
        var loaded = await (await StoreAsync()).LoadAsync(Some.Campaign, [], default);

        Assert.Null(loaded.Version);
        Assert.Empty(loaded.Parcels);
        Assert.Null(loaded.Record.KnownThrough);
        Assert.Equal(Some.Campaign, loaded.Record.State.Campaign);
    }

    [Fact]
    public async Task Parcels_come_back_in_order_and_the_same_key_replaces()
    {
        var store = await StoreAsync();
        foreach (var key in (string[])["2", "1", "2"])
            await store.AddParcelAsync(Some.Campaign, new Parcel(key, [Some.Received(Some.Snapshot), Some.Received(Some.Snapshot with { TakenAt = Some.End }, line: 2)]), default);

        var loaded = await store.LoadAsync(Some.Campaign, [], default);

        Assert.Equal(["1", "2"], loaded.Parcels.Select(parcel => parcel.Key));
        Assert.Equal([Some.Received(Some.Snapshot), Some.Received(Some.Snapshot with { TakenAt = Some.End }, line: 2)], loaded.Parcels[0].Snapshots);
    }

    [Fact]
    public async Task A_commit_changes_everything_it_names_and_comes_back_whole()
    {
        var store = await StoreAsync();
        await store.AddParcelAsync(Some.Campaign, new Parcel("1", [Some.Received(Some.Snapshot)]), default);
        var loaded = await store.LoadAsync(Some.Campaign, [], default);
        var commit = Commit(loaded);

        var committed = await store.CommitAsync(loaded, commit, default);

        var again = await store.LoadAsync(Some.Campaign, [], default);
        Assert.Equal(Dump.Of(commit.Record! with { LatestScore = null }), Dump.Of(again.Record with { LatestScore = null }));
        Assert.Equal("{}", Encoding.UTF8.GetString(again.Record.LatestScore!.Value.Span));
        Assert.Equal(again.Version, committed!.Version);
        Assert.Empty(again.Parcels);
        Assert.Equal(Dump.Of(commit.Entries), Dump.Of(await ListAsync(store.ReadEntriesAsync(Some.Campaign, null, Some.End, default))));
        Assert.Equal(Dump.Of(commit.Events), Dump.Of(await ListAsync(store.ReadEventsAsync(Some.Campaign, default))));
    }

    [Fact]
    public async Task Of_two_who_loaded_the_same_only_one_commits()
    {
        var store = await StoreAsync();
        var one = await store.LoadAsync(Some.Campaign, [], default);
        var other = await store.LoadAsync(Some.Campaign, [], default);
        Assert.NotNull(await store.CommitAsync(one, Commit(one) with { ParcelsDone = [] }, default));
        Assert.Null(await store.CommitAsync(other, Commit(other) with { ParcelsDone = [] }, default));

        one = await store.LoadAsync(Some.Campaign, [], default);
        other = await store.LoadAsync(Some.Campaign, [], default);
        Assert.NotNull(await store.CommitAsync(one, Commit(one) with { ParcelsDone = [] }, default));
        Assert.Null(await store.CommitAsync(other, Commit(other) with { ParcelsDone = [] }, default));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Putting_away_a_parcel_that_was_replaced_since_it_was_loaded_is_a_conflict(bool byKey)
    {
        var store = await StoreAsync();
        await store.AddParcelAsync(Some.Campaign, new Parcel("1", [Some.Received(Some.Snapshot)]), default);
        var loaded = await store.LoadAsync(Some.Campaign, byKey ? ["1"] : [], default);
        await store.AddParcelAsync(Some.Campaign, new Parcel("1", [Some.Received(Some.Snapshot with { Pledged = 1 })]), default);

        Assert.Null(await store.CommitAsync(loaded, Commit(loaded), default));
        var again = await store.LoadAsync(Some.Campaign, byKey ? ["1"] : [], default);
        Assert.Equal(1, again.Parcels.Single().Snapshots.Single().Snapshot.Pledged);
        Assert.NotNull(await store.CommitAsync(again, Commit(again), default));
    }

    [Fact]
    public async Task Putting_away_a_parcel_that_is_gone_is_a_conflict_and_changes_nothing()
    {
        var store = await StoreAsync();
        await store.AddParcelAsync(Some.Campaign, new Parcel("1", [Some.Received(Some.Snapshot)]), default);
        var loaded = await store.LoadAsync(Some.Campaign, [], default);

        Assert.Null(await store.CommitAsync(loaded, Commit(loaded) with { ParcelsDone = ["1", "2"] }, default));

        Assert.Single((await store.LoadAsync(Some.Campaign, [], default)).Parcels);
        Assert.Empty(await ListAsync(store.ReadEntriesAsync(Some.Campaign, null, Some.End, default)));
    }

    [Fact]
    public async Task Entries_are_read_after_one_instant_and_up_to_another()
    {
        var store = await StoreAsync();
        var loaded = await store.LoadAsync(Some.Campaign, [], default);
        HistoryEntry[] entries = [.. Enumerable.Range(1, 5).Select(day => new HistoryEntry { At = Some.Launch.AddDays(day) }),
            new HistoryEntry { At = Some.Launch.AddDays(3), Snapshot = Some.Received(Some.Snapshot with { TakenAt = Some.Launch.AddDays(3) }) }];
        await store.CommitAsync(loaded, new CampaignCommit { Record = loaded.Record, Entries = entries }, default);

        var read = await ListAsync(store.ReadEntriesAsync(Some.Campaign, Some.Launch.AddDays(1), Some.Launch.AddDays(4), default));

        Assert.Equal([(2, true), (3, false), (3, true), (4, true)], read.Select(entry => ((int)(entry.At - Some.Launch).TotalDays, entry.IsTick)));
    }

    [Fact]
    public async Task A_tick_keeps_the_ties_that_it_brought()
    {
        var store = await StoreAsync();
        var loaded = await store.LoadAsync(Some.Campaign, [], default);
        var ties = new ShownTies(new ShownFigure(0.35, 40, true), ShownFigure.None, new ShownFigure(-1.5, 25, false));
        HistoryEntry[] entries = [new HistoryEntry { At = Some.Launch }, new HistoryEntry { At = Some.End, Ties = ties }];
        await store.CommitAsync(loaded, new CampaignCommit { Record = loaded.Record with { State = loaded.Record.State with { Ties = ties } }, Entries = entries }, default);

        Assert.Equal([null, ties], (await ListAsync(store.ReadEntriesAsync(Some.Campaign, null, Some.End, default))).Select(entry => entry.Ties));
        Assert.Equal(ties, (await store.FindRecordAsync(Some.Campaign, default)).State.Ties);
    }

    [Fact]
    public async Task Notes_wait_in_parcels_and_stand_in_the_history_before_what_was_seen_at_their_instant()
    {
        var store = await StoreAsync();
        ReceivedNote[] notes =
        [
            Some.Received(new Note.ConfirmedBurst(Some.Launch, new GiftBurst(500, Some.Launch, Some.Launch.AddHours(1), 12))),
            Some.Received(new Note.GaveByHand(Some.Launch, 25, 25_000)),
            Some.Received(new Note.ConfirmedByHand(Some.Launch, 25, 25_000)),
            Some.Received(new Note.Acted(Some.Launch, ActionKind.Thanks) { Withdrawn = true }),
        ];
        foreach (var note in notes)
            await store.AddParcelAsync(Some.Campaign, Parcel.Of(note), default);

        var loaded = await store.LoadAsync(Some.Campaign, [], default);
        Assert.Equal(notes, loaded.Parcels.SelectMany(parcel => parcel.Notes).OrderBy(note => note.Note.Id, StringComparer.Ordinal));
        Assert.All(loaded.Parcels, parcel => Assert.Empty(parcel.Snapshots));

        HistoryEntry[] entries =
        [
            new HistoryEntry { At = Some.Launch },
            new HistoryEntry { At = Some.Launch, Snapshot = Some.Received(Some.Snapshot with { TakenAt = Some.Launch }) },
            .. notes.Select(note => new HistoryEntry { At = Some.Launch, Note = note }),
        ];
        Assert.NotNull(await store.CommitAsync(loaded, new CampaignCommit { Record = loaded.Record, Entries = entries, ParcelsDone = [.. loaded.Parcels.Select(parcel => parcel.Key)] }, default));

        var read = await ListAsync(store.ReadEntriesAsync(Some.Campaign, null, Some.Launch, default));
        Assert.Equal([.. notes, null, null], read.Select(entry => entry.Note));
        Assert.Equal([false, false, false, false, false, true], read.Select(entry => entry.IsTick));
        Assert.Empty(await ListAsync(store.ReadEntriesAsync(Some.Campaign, Some.Launch, Some.End, default)));
    }

    [Fact]
    public async Task The_newest_checkpoint_before_an_instant_is_found()
    {
        var store = await StoreAsync();
        var loaded = await store.LoadAsync(Some.Campaign, [], default);
        var state = CampaignState.Of(Some.Campaign).With(Some.Snapshot, out _);
        Checkpoint[] checkpoints = [.. Enumerable.Range(1, 3).Select(day => new Checkpoint(Some.Launch.AddDays(day), state with { Snapshots = day }))];
        var committed = await store.CommitAsync(loaded, new CampaignCommit { Record = loaded.Record, Checkpoints = checkpoints }, default);

        Assert.Equal(2, (await store.NewestCheckpointAsync(Some.Campaign, Some.Launch.AddDays(3), default))!.State.Snapshots);
        Assert.Null(await store.NewestCheckpointAsync(Some.Campaign, Some.Launch.AddDays(1), default));
        Assert.Equal([Some.Launch.AddDays(3)], await store.CheckpointsAfterAsync(Some.Campaign, Some.Launch.AddDays(2), default));

        await store.CommitAsync(committed!, new CampaignCommit { Record = loaded.Record, CheckpointsDone = [Some.Launch.AddDays(2)] }, default);
        Assert.Equal(1, (await store.NewestCheckpointAsync(Some.Campaign, Some.Launch.AddDays(3), default))!.State.Snapshots);
        Assert.Equal(2, (await store.CheckpointsAfterAsync(Some.Campaign, null, default)).Count);
    }

    [Fact]
    public async Task A_page_of_parcels_says_that_there_are_more()
    {
        var store = await StoreAsync();
        for (var i = 0; i < 33; i++)
            await store.AddParcelAsync(Some.Campaign, new Parcel($"{i:D2}", [Some.Received(Some.Snapshot)]), default);

        var loaded = await store.LoadAsync(Some.Campaign, [], default);

        Assert.True(loaded.HasMoreParcels);
        Assert.Equal(32, loaded.Parcels.Count);
    }

    [Fact]
    public async Task Parcels_asked_for_by_key_come_alone_and_those_that_are_gone_are_left_out()
    {
        var store = await StoreAsync();
        foreach (var key in (string[])["1", "2"])
            await store.AddParcelAsync(Some.Campaign, new Parcel(key, [Some.Received(Some.Snapshot)]), default);

        var loaded = await store.LoadAsync(Some.Campaign, ["2", "3"], default);

        Assert.Equal("2", Assert.Single(loaded.Parcels).Key);
        Assert.Null(loaded.Version);
        var committed = await store.CommitAsync(loaded, Commit(loaded), default);
        Assert.Equal(committed!.Version, (await store.LoadAsync(Some.Campaign, ["2", "1"], default)).Version);
        Assert.Equal(Dump.Of(committed.Record with { LatestScore = null }), Dump.Of(await store.FindRecordAsync(Some.Campaign, default) with { LatestScore = null }));
    }

    [Fact]
    public async Task Parcels_of_a_file_are_found_by_its_receipt()
    {
        var store = await StoreAsync();
        var receipt = new Receipt { Id = "abc", Source = "a.ndjson", ReceivedAt = Some.Launch };
        await store.AddParcelAsync(Some.Campaign, new Parcel(Parcel.KeyOf(Some.Launch, "abc", 7), [Some.Received(Some.Snapshot)]), default);

        Assert.True(await store.HasParcelAsync(Some.Campaign, receipt, default));
        Assert.False(await store.HasParcelAsync(Some.Campaign, receipt with { Id = "ab" }, default));
    }

    private protected static CampaignCommit Commit(LoadedCampaign loaded)
    {
        var state = CampaignState.Of(Some.Campaign).With(Some.Snapshot, out _);
        var told = new CampaignEvent(Some.Campaign, EventTypes.MilestoneReached, "25", 1, Some.Snapshot.TakenAt) { GoalShare = 0.31, Probability = 0.5 };
        var summary = new ScoreSummary { Elapsed = 0.3, Status = "on-track", Confidence = "low", Probability = 0.5, FinalRatioP50 = 1.1, Meter = 62 };
        return new CampaignCommit
        {
            Record = loaded.Record with
            {
                State = state,
                FoldedThrough = Some.Snapshot.TakenAt,
                KnownThrough = Some.Snapshot.TakenAt,
                Sequence = loaded.Record.Sequence + 1,
                Told = new ToldEvents { Through = Some.Snapshot.TakenAt, Discovered = true, Milestones = [10, 25], Status = "on-track", StatusEpisodes = ToldEvents.None.StatusEpisodes.Add("on-track", 1), IsIgnited = true, Ignitions = 2 },
                UnsentEvents = [told],
                LatestScore = "{}"u8.ToArray(),
                LatestSummary = summary,
                Recent = [RecentSnapshot.Of(Some.Snapshot)],
            },
            Entries = [new HistoryEntry { At = Some.Snapshot.TakenAt, Snapshot = Some.Received(Some.Snapshot), Score = summary, SetAside = "no reason" }],
            Events = [told],
            ParcelsDone = [.. loaded.Parcels.Select(parcel => parcel.Key)],
        };
    }

    private protected static async Task<List<T>> ListAsync<T>(IAsyncEnumerable<T> items)
    {
        var list = new List<T>();
        await foreach (var item in items)
            list.Add(item);
        return list;
    }
}

public sealed class MemoryCampaignStoreTests : CampaignStoreContract
{
    private protected override Task<ICampaignStore> StoreAsync() => Task.FromResult<ICampaignStore>(new MemoryCampaignStore());
}

public sealed class TableCampaignStoreTests : CampaignStoreContract
{
    private protected override async Task<ICampaignStore> StoreAsync() => new TableCampaignStore(await TestStorage.NewAccountAsync(), NullLogger<TableCampaignStore>.Instance);

    [Fact]
    public async Task What_another_instance_did_meanwhile_costs_a_second_load_and_nothing_else()
    {
        var (one, other) = await TwoInstancesAsync();

        // The record changes behind its back, once; then a parcel of its own is folded by the other.
        await one.AddParcelAsync(Some.Campaign, new Parcel("2", [Some.Received(Some.Snapshot)]), default);
        await one.AddParcelAsync(Some.Campaign, new Parcel("3", [Some.Received(Some.Snapshot)]), default);
        var theirs = await other.LoadAsync(Some.Campaign, ["2"], default);
        var changed = Commit(theirs) with { Record = theirs.Record with { Sequence = 77 } };
        Assert.NotNull(await other.CommitAsync(theirs, changed, default));

        var old = await one.LoadAsync(Some.Campaign, ["2", "3"], default);
        Assert.Null(await one.CommitAsync(old, Commit(old), default));
        var anew = await one.LoadAsync(Some.Campaign, ["2", "3"], default);
        Assert.Equal((77, "3"), (anew.Record.Sequence, anew.Parcels.Single().Key));
        Assert.NotNull(await one.CommitAsync(anew, Commit(anew), default));
        Assert.Empty((await one.LoadAsync(Some.Campaign, ["2", "3"], default)).Parcels);
    }

    [Fact]
    public async Task Parcels_that_brought_nothing_are_put_away_under_a_record_that_was_read_and_one_without_parcels_is_read_as_well()
    {
        var (one, other) = await TwoInstancesAsync();
        await one.AddParcelAsync(Some.Campaign, new Parcel("2", [Some.Received(Some.Snapshot)]), default);
        var theirs = await other.LoadAsync(Some.Campaign, [], default);
        Assert.NotNull(await other.CommitAsync(theirs, Commit(theirs) with { Record = theirs.Record with { Sequence = 77 }, ParcelsDone = [] }, default));

        var old = await one.LoadAsync(Some.Campaign, ["2"], default);
        Assert.Null(await one.CommitAsync(old, new CampaignCommit { ParcelsDone = ["2"] }, default));
        var anew = await one.LoadAsync(Some.Campaign, ["2"], default);
        Assert.Equal(77, anew.Record.Sequence);
        Assert.NotNull(await one.CommitAsync(anew, new CampaignCommit { ParcelsDone = ["2"] }, default));
        Assert.Equal(77, (await one.LoadAsync(Some.Campaign, ["gone"], default)).Record.Sequence);
    }

    /// <summary>Two on one account, of which the first committed the campaign and so remembers its record.</summary>
    private static async Task<(TableCampaignStore One, TableCampaignStore Other)> TwoInstancesAsync()
    {
        var account = await TestStorage.NewAccountAsync();
        var one = new TableCampaignStore(account, NullLogger<TableCampaignStore>.Instance);
        await one.AddParcelAsync(Some.Campaign, new Parcel("1", [Some.Received(Some.Snapshot)]), default);
        var known = await one.LoadAsync(Some.Campaign, ["1"], default);
        Assert.NotNull(await one.CommitAsync(known, Commit(known), default));
        return (one, new TableCampaignStore(account, NullLogger<TableCampaignStore>.Instance));
    }

    [Fact]
    public async Task Segments_are_listed_and_done_with_in_a_commit()
    {
        var store = await StoreAsync();
        var loaded = await store.LoadAsync(Some.Campaign, [], default);
        var committed = await store.CommitAsync(loaded, new CampaignCommit { Record = loaded.Record, Segments = [new GiftSegment(0, []), new GiftSegment(1, [])] }, default);
        Assert.Equal([0, 1], await store.SegmentsAsync(Some.Campaign, default));

        await store.CommitAsync(committed!, new CampaignCommit { Record = loaded.Record with { Sequence = 1 }, SegmentsDone = [1] }, default);
        Assert.Equal([0], await store.SegmentsAsync(Some.Campaign, default));
    }

    [Fact]
    public async Task Parcels_are_listed_however_many_wait()
    {
        var store = await StoreAsync();
        for (var i = 0; i < 40; i++)
            await store.AddParcelAsync(Some.Campaign, new Parcel($"{i:D2}", [Some.Received(Some.Snapshot)]), default);

        Assert.Equal(Enumerable.Range(0, 40).Select(static i => $"{i:D2}"), (await ListAsync(store.ReadParcelsAsync(Some.Campaign, default))).Select(static parcel => parcel.Key));
    }

    [Fact]
    public async Task Every_campaign_of_a_platform_is_passed_in_order_and_told_by_parcel_or_entry()
    {
        var store = await StoreAsync();
        foreach (var (name, platform, pledged, isCommitted) in ((string, string, int, bool)[])[("b", "p", 7, false), ("a", "p", 1, true), ("c", "p", 7, true), ("d", "p", 1, false), ("c", "p~x", 7, true), ("c", "q", 7, true)])
        {
            var id = new CampaignId(new PlatformId(platform), name);
            var received = Some.Received(Some.Snapshot with { Campaign = id, Pledged = pledged });
            if (!isCommitted)
            {
                await store.AddParcelAsync(id, new Parcel("1", [received]), default);
                continue;
            }

            var loaded = await store.LoadAsync(id, [], default);
            await store.CommitAsync(loaded, new CampaignCommit { Record = loaded.Record with { NamesDonors = true }, Entries = [new HistoryEntry { At = received.Snapshot.TakenAt, Snapshot = received }] }, default);
        }

        Assert.Equal([("a", false), ("b", true), ("c", true), ("d", false)], await HavingAsync(after: null));
        Assert.Equal([("c", true), ("d", false)], await HavingAsync(after: "b"));
        Assert.True((await store.FindRecordAsync(new CampaignId(new PlatformId("p"), "c"), default)).NamesDonors);

        async Task<List<(string, bool)>> HavingAsync(string? after) =>
            [.. (await ListAsync(store.ReadHavingAsync(new PlatformId("p"), after, static snapshot => snapshot.Pledged == 7, default))).Select(static one => (one.Campaign.Name, one.Has))];
    }

    [Fact]
    public async Task A_snapshot_too_large_for_a_row_is_told_by_name()
    {
        var store = await StoreAsync();
        var dice = new Random(1);
        var gifts = Enumerable.Range(0, 60_000).Select(_ => new Contribution { Id = Convert.ToHexString(BitConverter.GetBytes(dice.NextInt64())), Amount = 5, Donor = new Pseudonym((ulong)dice.NextInt64(), (ulong)dice.NextInt64(), 1) }).ToArray();
        var large = Some.Snapshot with { ContributionsAre = ContributionsAre.All, Contributions = gifts };

        var thrown = await Assert.ThrowsAsync<ParcelTooLargeException>(() => store.AddParcelAsync(Some.Campaign, new Parcel("1", [Some.Received(large)]), default));
        Assert.Contains(Some.Campaign.ToString(), thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_largest_list_that_a_file_may_bring_fits_in_its_rows()
    {
        var store = await StoreAsync();
        var dice = new Random(1);
        var gifts = Enumerable.Range(0, 10_000).Select(i => new Contribution
        {
            Id = Convert.ToHexString(BitConverter.GetBytes(dice.NextInt64())),
            At = new Moment(Some.Launch.AddMilliseconds(dice.NextInt64(1_000_000_000))),
            Amount = dice.Next(1, 100_000) / 100m,
            Donor = new Pseudonym((ulong)dice.NextInt64(), (ulong)dice.NextInt64(), 1),
        }).ToArray();
        var received = Some.Received(Some.Snapshot with { ContributionsAre = ContributionsAre.All, Contributions = gifts });
        await store.AddParcelAsync(Some.Campaign, new Parcel("1", [received]), default);
        var loaded = await store.LoadAsync(Some.Campaign, [], default);
        var state = CampaignState.Of(Some.Campaign).With(received.Snapshot, out _);

        var commit = new CampaignCommit
        {
            Record = loaded.Record with { State = state },
            Entries = [new HistoryEntry { At = received.Snapshot.TakenAt, Snapshot = received }],
            Checkpoints = [new Checkpoint(received.Snapshot.TakenAt, state)],
            ParcelsDone = ["1"],
        };
        Assert.NotNull(await store.CommitAsync(loaded, commit, default));
        Assert.Equal(10_000, (await store.LoadAsync(Some.Campaign, [], default)).Record.State.Gifts.Open.Length);
    }
}

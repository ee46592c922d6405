using Succesmeter.Campaigns;
using Succesmeter.Events;
using Succesmeter.Histories;
using Succesmeter.Scores;
using Succesmeter.Snapshots;
using Succesmeter.Testing;
using Succesmeter.Testing.Memory;

namespace Succesmeter.Pipeline.Tests;

public sealed class SnapshotsToScoresTests
{
    private static readonly Gen<ReceivedSnapshot[]> History = SomeHistory.Any;

    [Fact]
    public void Any_order_of_arrival_ends_in_the_same_rows() =>
        Gen.Select(History, Gen.Int, Gen.Int[1, 7]).Sample(
            (history, seed, portion) =>
            {
                var inOrder = Run(history.OrderBy(row => row.Snapshot.TakenAt).ThenBy(row => row.Received).ToArray(), history.Length);
                var shuffled = (ReceivedSnapshot[])history.Clone();
                new Random(seed).Shuffle(shuffled);
                Assert.Equal(inOrder, Run(shuffled, portion));
            },
            iter: 30);

    [Fact]
    public void Delivering_everything_again_changes_no_row_and_tells_nothing() =>
        History.Sample(
            history =>
            {
                var town = new MemoryTown();
                town.DeliverAsync(history).Wait();
                town.ScoreAsync(Some.Campaign).Wait();
                var rows = town.RowsAsync(Some.Campaign).Result;
                var version = town.Store.LoadAsync(Some.Campaign, [], default).Result.Version;
                var told = town.EventsAsync(Some.Campaign).Result.Count;

                town.DeliverAsync([.. history.Select(row => row with { Received = row.Received with { At = row.Received.At.AddDays(1) } })
                    .Where(row => IsNewestOfItsInstant(row.Snapshot, history))]).Wait();
                town.ScoreAsync(Some.Campaign).Wait();

                Assert.Equal(rows, town.RowsAsync(Some.Campaign).Result);
                Assert.Equal(version, town.Store.LoadAsync(Some.Campaign, [], default).Result.Version);
                Assert.Equal(told, town.EventsAsync(Some.Campaign).Result.Count);
            },
            iter: 20);

    [Fact]
    public void A_host_that_dies_at_any_commit_ends_in_the_same_rows() =>
        Gen.Select(History, Gen.Int, Gen.Int[1, 7]).Sample(
            (history, seed, portion) =>
            {
                var undisturbed = Run(history, portion);
                var dice = new Random(seed);
                var town = new MemoryTown();
                var dying = new DyingStore(town.Store, dice);
                var host = town.AnotherHost(dying);
                foreach (var parcel in history.Chunk(portion))
                {
                    town.DeliverAsync(parcel).Wait();
                    for (var delivered = false; !delivered;)
                    {
                        try
                        {
                            host.RunAsync([new ScoreRequest(Some.Campaign)], default).GetAwaiter().GetResult();
                            delivered = true;
                        }
                        catch (HostDiedException)
                        {
                        }
                    }
                }

                Assert.Equal(undisturbed, town.RowsAsync(Some.Campaign).Result);
                var told = town.EventsAsync(Some.Campaign).Result;
                Assert.Equal(told.Count, told.Select(one => one.Id).Distinct().Count());
                Assert.Superset(told.Select(one => one.Id).ToHashSet(), town.Announcements.All.Select(one => one.Id).ToHashSet());
            },
            iter: 30);

    [Fact]
    public void Two_hosts_at_once_end_in_the_same_rows() =>
        Gen.Select(History, Gen.Int[1, 7]).Sample(
            (history, portion) =>
            {
                var alone = Run(history, portion);
                var town = new MemoryTown();
                town.LetAnotherHostGoFirst();
                town.PlayAsync(history, portion).Wait();
                Assert.Equal(alone, town.RowsAsync(Some.Campaign).Result);
            },
            iter: 30);

    /// <summary>The worst bug here would be a score that has seen the future.</summary>
    [Fact]
    public void What_comes_later_changes_no_earlier_score() =>
        Gen.Select(History, Gen.Int[0, 400]).Sample(
            (history, sixHours) =>
            {
                var until = Some.Launch.AddHours(6 * sixHours);
                var whole = new MemoryTown();
                whole.DeliverAsync(history).Wait();
                whole.ScoreAsync(Some.Campaign).Wait();
                var cut = new MemoryTown();
                cut.DeliverAsync([.. history.Where(row => row.Snapshot.TakenAt <= until)]).Wait();
                cut.ScoreAsync(Some.Campaign).Wait();

                Assert.Equal(Dump.Of(cut.EntriesAsync(Some.Campaign).Result), Dump.Of(whole.EntriesAsync(Some.Campaign).Result.Where(entry => entry.At <= until)));
            },
            iter: 100);

    [Fact]
    public async Task A_host_that_always_loses_puts_the_message_off_and_fails_nothing()
    {
        var town = new MemoryTown();
        await town.DeliverAsync(Some.Received(Some.Snapshot));
        var host = town.AnotherHost(new LosingStore(town.Store));

        await host.RunAsync([new ScoreRequest(Some.Campaign)], default);

        var (request, delay) = Assert.Single(town.Queue.Sent);
        Assert.Equal(Some.Campaign, request.Campaign);
        Assert.True(delay > TimeSpan.Zero);
    }

    [Fact]
    public async Task What_was_told_while_another_changed_the_campaign_is_looked_at_once_more_and_not_listed_for_ever()
    {
        var town = new MemoryTown();
        await town.DeliverAsync(Some.Received(Some.Snapshot));
        await town.AnotherHost(new LosingStore(town.Store, whenEmptied: true)).RunAsync([new ScoreRequest(Some.Campaign)], default);

        var (request, delay) = Assert.Single(town.Queue.Sent);
        Assert.NotEmpty((await town.Store.FindRecordAsync(Some.Campaign, default)).UnsentEvents);
        Assert.True(delay > TimeSpan.Zero);
        await town.AnotherHost(town.Store).RunAsync([request], default);

        Assert.Empty((await town.Store.FindRecordAsync(Some.Campaign, default)).UnsentEvents);
        Assert.Single(town.Queue.Sent);
        Assert.All(town.Announcements.All.GroupBy(static told => told.Id), static told => Assert.Equal(2, told.Count()));
    }

    [Fact]
    public async Task A_tick_scores_the_silence_once()
    {
        var town = new MemoryTown();
        await town.DeliverAsync(Some.Received(Some.Snapshot));
        await town.ScoreAsync(Some.Campaign);
        var before = (await town.List.FindAsync(Some.Campaign, default))!;
        var tick = Some.Snapshot.TakenAt.AddDays(3);

        await town.ScoreAsync(Some.Campaign, tick);
        var rows = await town.RowsAsync(Some.Campaign);
        await town.ScoreAsync(Some.Campaign, tick);
        await town.ScoreAsync(Some.Campaign, tick.AddHours(-1));

        var after = (await town.List.FindAsync(Some.Campaign, default))!;
        Assert.Equal(rows, await town.RowsAsync(Some.Campaign));
        Assert.Equal(tick, after.AsOf);
        Assert.Equal(Some.Snapshot.TakenAt, after.TakenAt);
        Assert.True(after.Score!.Probability < before.Score!.Probability, "three silent days lower the probability of an all-or-nothing campaign");
    }

    [Fact]
    public async Task A_tick_before_the_first_snapshot_makes_no_campaign()
    {
        var town = new MemoryTown();
        await town.ScoreAsync(Some.Campaign, Some.Launch);
        Assert.Null(await town.List.FindAsync(Some.Campaign, default));
    }

    [Fact]
    public async Task A_late_snapshot_rescores_the_ticks_after_it()
    {
        var town = new MemoryTown();
        await town.DeliverAsync(Some.Received(Some.Snapshot));
        await town.ScoreAsync(Some.Campaign);
        await town.ScoreAsync(Some.Campaign, Some.Snapshot.TakenAt.AddDays(2));
        var silent = (await town.List.FindAsync(Some.Campaign, default))!.Score!.Probability;

        await town.DeliverAsync(Some.Received(Some.Snapshot with { TakenAt = Some.Snapshot.TakenAt.AddDays(1), Pledged = 6000, Backers = 140 }));
        await town.ScoreAsync(Some.Campaign);

        Assert.True((await town.List.FindAsync(Some.Campaign, default))!.Score!.Probability > silent);
    }

    [Fact]
    public async Task A_milestone_is_told_once_even_when_a_correction_takes_it_back()
    {
        var town = new MemoryTown();
        await town.DeliverAsync(Some.Received(Some.Snapshot with { Pledged = 3800 }, second: 1));
        await town.ScoreAsync(Some.Campaign);
        await town.DeliverAsync(Some.Received(Some.Snapshot with { Pledged = 380 }, second: 2));
        await town.ScoreAsync(Some.Campaign);
        await town.DeliverAsync(Some.Received(Some.Snapshot with { Pledged = 3900, TakenAt = Some.Snapshot.TakenAt.AddDays(1) }, second: 3));
        await town.ScoreAsync(Some.Campaign);

        var milestones = (await town.EventsAsync(Some.Campaign)).Where(told => told.Type == EventTypes.MilestoneReached).Select(told => told.Level);
        Assert.Equal(["10", "25", "50"], milestones.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Correcting_back_to_the_first_figure_counts()
    {
        var town = new MemoryTown();
        foreach (var (pledged, second) in ((decimal, int)[])[(100, 1), (1000, 2), (100, 3)])
        {
            await town.DeliverAsync(Some.Received(Some.Snapshot with { Pledged = pledged }, second));
            await town.ScoreAsync(Some.Campaign);
        }

        Assert.Equal(100, (await town.List.FindAsync(Some.Campaign, default))!.Pledged);
    }

    [Fact]
    public async Task A_campaign_without_goal_awaits_facts_and_is_scored_from_the_beginning_when_they_come()
    {
        var town = new MemoryTown();
        await town.DeliverAsync(Some.Received(Some.Snapshot with { Goal = null }));
        await town.ScoreAsync(Some.Campaign);
        Assert.True((await town.List.FindAsync(Some.Campaign, default))!.AwaitsFacts);

        await town.DeliverAsync(Some.Received(Some.Snapshot with { TakenAt = Some.Launch.AddDays(1) }));
        await town.ScoreAsync(Some.Campaign);

        var listed = (await town.List.FindAsync(Some.Campaign, default))!;
        Assert.False(listed.AwaitsFacts);
        Assert.NotNull(listed.Score!.Probability);
    }

    [Fact]
    public async Task One_campaign_that_fails_gets_a_message_of_its_own_and_holds_up_no_other()
    {
        var town = new MemoryTown();
        var broken = new CampaignId(Some.Campaign.Platform, "broken");
        await town.DeliverAsync(Some.Received(Some.Snapshot));
        var host = town.AnotherHost(new FailingStore(town.Store, broken));

        await host.RunAsync([new ScoreRequest(broken), new ScoreRequest(Some.Campaign)], default);

        Assert.NotNull(await town.List.FindAsync(Some.Campaign, default));
        Assert.Equal(broken, Assert.Single(town.Queue.Sent).Request.Campaign);
        await Assert.ThrowsAsync<IOException>(() => host.RunAsync([new ScoreRequest(broken)], default));
    }

    private static string Run(ReceivedSnapshot[] history, int portion)
    {
        var town = new MemoryTown();
        town.PlayAsync(history, portion).Wait();
        return town.RowsAsync(Some.Campaign).Result;
    }

    private static bool IsNewestOfItsInstant(Snapshot snapshot, ReceivedSnapshot[] history) =>
        history.Where(row => row.Snapshot.TakenAt == snapshot.TakenAt).MaxBy(row => row.Received)!.Snapshot.Equals(snapshot);

    private sealed class FailingStore(ICampaignStore inner, CampaignId broken) : ForwardingStore(inner)
    {
        public override Task<LoadedCampaign> LoadAsync(CampaignId campaign, IReadOnlyList<string> parcels, CancellationToken cancellation) =>
            campaign == broken ? throw new IOException("This partition cannot be read.") : base.LoadAsync(campaign, parcels, cancellation);
    }

    /// <summary>Someone else is always faster: at every commit, or only where events that were told are no longer listed.</summary>
    private sealed class LosingStore(ICampaignStore inner, bool whenEmptied = false) : ForwardingStore(inner)
    {
        public override Task<LoadedCampaign?> CommitAsync(LoadedCampaign loaded, CampaignCommit commit, CancellationToken cancellation) =>
            whenEmptied && commit.Record?.UnsentEvents.IsEmpty != true ? base.CommitAsync(loaded, commit, cancellation) : Task.FromResult<LoadedCampaign?>(null);
    }
}

using Succesmeter.Testing;
using Succesmeter.Testing.Memory;

namespace Succesmeter.Pipeline.Tests;

/// <summary>What ingestion appends about donors.</summary>
public sealed class ChangedEdgesTests
{
    [Fact]
    public void However_snapshots_arrive_the_files_say_who_gave() =>
        Gen.Select(SomeHistory.Any, Gen.Int, Gen.Int[1, 7]).Sample(
            (history, seed, portion) =>
            {
                new Random(seed).Shuffle(history);
                var town = new MemoryTown();
                foreach (var parcel in history.Chunk(portion))
                {
                    town.DeliverAsync(parcel).Wait();
                    town.ScoreAsync(Some.Campaign).Wait();
                    Assert.Equal(NetworkTown.TruthAsync(town, Some.Campaign).Result, NetworkTown.PairsAsync(town).Result);
                }
            },
            iter: 60);

    [Fact]
    public void Two_hosts_at_once_say_what_one_says() =>
        Gen.Select(SomeHistory.Any, Gen.Int[1, 7]).Sample(
            (history, portion) =>
            {
                var town = new MemoryTown();
                town.LetAnotherHostGoFirst();
                town.PlayAsync(history, portion).Wait();
                Assert.Equal(NetworkTown.TruthAsync(town, Some.Campaign).Result, NetworkTown.PairsAsync(town).Result);
            },
            iter: 30);

    /// <summary>The next try may see more parcels, and then what the killed one said was never true: the next sum asks the record.</summary>
    [Fact]
    public void A_host_that_is_killed_between_append_and_commit_leaves_nothing_untrue_for_longer_than_a_day() =>
        Gen.Select(SomeHistory.Any, Gen.Int, Gen.Int[1, 7]).Sample(
            (history, seed, portion) =>
            {
                var dice = new Random(seed);
                var town = new NetworkTown();
                foreach (var parcel in history.Chunk(portion))
                {
                    town.Town.DeliverAsync(parcel).Wait();
                    town.Town.Store.BeforeCommit = dice.Next(3) == 0 ? _ => throw new IOException("killed") : null;
                    try
                    {
                        town.Town.ScoreAsync(Some.Campaign).Wait();
                    }
                    catch (AggregateException)
                    {
                        // Its message comes again, with whatever has arrived since.
                    }
                }

                town.Town.Store.BeforeCommit = null;
                town.Town.ScoreAsync(Some.Campaign).Wait();
                town.Clock.Advance(TimeSpan.FromDays(1));
                town.RunAsync(NetworkTown.Now.AddDays(1)).Wait();

                Assert.Equal(NetworkTown.TruthAsync(town.Town, Some.Campaign).Result, NetworkTown.PairsAsync(town.Town).Result);
            },
            iter: 60);

    [Fact]
    public async Task A_killed_try_that_is_repeated_says_the_same_again()
    {
        var town = new NetworkTown();
        await town.Town.DeliverAsync(Some.Received(NetworkTown.Shown("a", Some.Launch, NetworkTown.Now, [1, 2, 3])));
        town.Town.Store.BeforeCommit = _ => throw new IOException("killed");
        await Assert.ThrowsAsync<IOException>(() => town.Town.ScoreAsync(NetworkTown.Id("a")));
        var before = await NetworkTown.PairsAsync(town.Town);
        town.Town.Store.BeforeCommit = null;
        await town.Town.ScoreAsync(NetworkTown.Id("a"));

        Assert.Equal(3, before.Count);
        Assert.Equal(before, await NetworkTown.PairsAsync(town.Town));
        Assert.Equal(2, town.Town.Edges.Appends);
    }

    [Fact]
    public async Task A_message_whose_donors_changed_costs_one_append_and_any_other_none()
    {
        var town = new NetworkTown();
        await town.GiveAsync("a", Some.Launch, NetworkTown.Now, [1, 2, 3]);
        Assert.Equal(1, town.Town.Edges.Appends);

        await town.Town.ScoreAsync(NetworkTown.Id("a"));
        await town.GiveAsync("a", Some.Launch, NetworkTown.Now.AddHours(1), [1, 2, 3], snapshot => snapshot with { Pledged = 90 });
        await town.Town.ScoreAsync(NetworkTown.Id("a"), NetworkTown.Now.AddHours(3));
        Assert.Equal(1, town.Town.Edges.Appends);

        await town.GiveAsync("a", Some.Launch, NetworkTown.Now.AddHours(4), [1, 3]);
        Assert.Equal(2, town.Town.Edges.Appends);
        Assert.Equal(["a 1-7", "a 3-7"], await NetworkTown.PairsAsync(town.Town));
    }

    [Fact]
    public async Task A_campaign_without_donors_and_a_sensitive_one_append_nothing_and_ask_for_no_ties()
    {
        var town = new NetworkTown();
        await town.DeliverAsync(Some.Snapshot);
        await town.DeliverAsync(Some.Snapshot with { TakenAt = Some.Snapshot.TakenAt.AddDays(-1), Pledged = 100 });
        await town.GiveAsync("shelter", Some.Launch, NetworkTown.Now, Enumerable.Range(0, 30), snapshot => snapshot with { Sensitive = true });
        await town.Town.ScoreAsync(Some.Campaign, NetworkTown.Now.AddDays(1));

        Assert.Equal(0, town.Town.Edges.Appends);
        Assert.Equal(0, town.Town.Network.TiesFound);
    }

    [Fact]
    public async Task A_campaign_that_becomes_sensitive_leaves_and_one_that_is_no_longer_comes_in_whole()
    {
        var town = new NetworkTown();
        await town.GiveAsync("a", Some.Launch, NetworkTown.Now, [1, 2]);
        await town.GiveAsync("a", Some.Launch, NetworkTown.Now.AddHours(1), [1, 2, 3], snapshot => snapshot with { Sensitive = true });
        Assert.Empty(await NetworkTown.PairsAsync(town.Town));

        await town.GiveAsync("a", Some.Launch, NetworkTown.Now.AddHours(2), [1, 3], snapshot => snapshot with { Sensitive = false });
        Assert.Equal(["a 1-7", "a 3-7"], await NetworkTown.PairsAsync(town.Town));
    }
}

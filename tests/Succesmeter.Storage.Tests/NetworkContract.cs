using Microsoft.Extensions.Time.Testing;
using Succesmeter.Erasures;
using Succesmeter.Networks;
using Succesmeter.Snapshots;
using Succesmeter.Storage.Blobs;
using Succesmeter.Storage.Tables;
using Succesmeter.Testing;
using Succesmeter.Testing.Memory;

namespace Succesmeter.Storage.Tests;

/// <summary>What is promised of edges, of what was found in them, of tombstones and leases: in memory, and in blobs and tables.</summary>
public abstract class NetworkContract
{
    private protected static readonly Campaigns.PlatformId Platform = Some.Campaign.Platform;
    private protected static readonly Campaigns.PlatformId Elsewhere = new("elsewhere");
    private static readonly Pseudonym Ann = new(1, 2, 3);

    private protected sealed record Stores(IEdgeFiles Edges, INetworkStore Network, ITombstones Tombstones, INetworkLeases Leases, FakeTimeProvider Clock);

    private protected abstract Task<Stores> NewAsync();

    [Fact]
    public async Task What_was_appended_is_read_in_order_and_by_its_platform_alone()
    {
        var stores = await NewAsync();
        Assert.Empty(await stores.Edges.ListAsync(Platform, default));
        await stores.Edges.AppendAsync(Platform, Block(1), default);
        await stores.Edges.AppendAsync(Elsewhere, Block(9), default);
        await stores.Edges.AppendAsync(Platform, Block(2), default);

        Assert.Equal([1UL, 2UL], await DonorsAsync(stores));
        Assert.Equal(EdgePartKind.Growing, Assert.Single(await stores.Edges.ListAsync(Platform, default)).Kind);
    }

    [Fact]
    public async Task Appends_at_once_are_all_kept()
    {
        var stores = await NewAsync();
        await Parallel.ForAsync(0, 40, async (number, stop) => await stores.Edges.AppendAsync(Platform, Block(number), stop));

        Assert.Equal(Enumerable.Range(0, 40).Select(static number => (ulong)number), (await DonorsAsync(stores)).Order());
    }

    [Fact]
    public async Task A_sum_takes_the_place_of_what_was_read_and_leaves_what_has_grown()
    {
        var stores = await NewAsync();
        await stores.Edges.AppendAsync(Platform, Block(1), default);
        stores.Clock.Advance(TimeSpan.FromDays(1));
        await stores.Edges.AppendAsync(Platform, Block(2), default);
        var read = await ReadAsync(stores);
        Assert.Equal([EdgePartKind.Closed, EdgePartKind.Growing], read.Select(static part => part.Kind));
        await stores.Edges.AppendAsync(Platform, Block(3), default);

        var left = await stores.Edges.ReplaceAsync(Platform, read, [Block(1), Block(2)], default);

        Assert.Equal([EdgePartKind.Sum, EdgePartKind.Growing], left.Select(static part => part.Kind).Order());
        Assert.Contains(read[1], left);
        Assert.Equal([1UL, 2UL, 2UL, 3UL], (await DonorsAsync(stores)).Order());
        Assert.Null(await stores.Edges.ReadAsync(Platform, read[0], static _ => { }, default));

        // What is listed now is not what was left: the next run sees that there is news. After it there is none.
        Assert.NotEqual(left, await stores.Edges.ListAsync(Platform, default));
        left = await stores.Edges.ReplaceAsync(Platform, await ReadAsync(stores), [Block(1), Block(2), Block(3)], default);
        Assert.Equal(left, await stores.Edges.ListAsync(Platform, default));
        Assert.Equal([1UL, 2UL, 3UL], await DonorsAsync(stores));

        await stores.Edges.AppendAsync(Platform, Block(4), default);
        Assert.Equal([1UL, 2UL, 3UL, 4UL], (await DonorsAsync(stores)).Order());
    }

    [Fact]
    public async Task Ties_come_back_as_they_were_put()
    {
        var stores = await NewAsync();
        var kept = new KeptTies(new ShownTies(new ShownFigure(0.35, 40, true), ShownFigure.None, new ShownFigure(null, 25, false)), 41, true, false);
        Assert.Null(await stores.Network.FindTiesAsync(Some.Campaign, default));
        await stores.Network.PutTiesAsync(Some.Campaign, KeptTies.None, default);
        await stores.Network.PutTiesAsync(Some.Campaign, kept, default);

        Assert.Equal(kept, await stores.Network.FindTiesAsync(Some.Campaign, default));
        Assert.Equal([(Some.Campaign.Name, kept)], (await stores.Network.ReadTiesAsync(Platform, default)).Select(static row => (row.Key, row.Value)));
        Assert.Empty(await stores.Network.ReadTiesAsync(Elsewhere, default));
    }

    [Fact]
    public async Task What_is_kept_of_a_network_is_replaced_only_by_who_read_the_last()
    {
        var stores = await NewAsync();
        Assert.Null(await stores.Network.FindKeptAsync(Platform, default));
        Assert.True(await stores.Network.TryPutKeptAsync(Platform, Kept(1), null, default));
        Assert.False(await stores.Network.TryPutKeptAsync(Platform, Kept(2), null, default));

        var stored = (await stores.Network.FindKeptAsync(Platform, default))!;
        Assert.Equal(Dump.Of(Kept(1)), Dump.Of(stored.Kept));
        Assert.True(await stores.Network.TryPutKeptAsync(Platform, Kept(2), stored.Version, default));
        Assert.False(await stores.Network.TryPutKeptAsync(Platform, Kept(1), stored.Version, default));
    }

    [Fact]
    public async Task What_is_shown_is_what_was_put_last()
    {
        var stores = await NewAsync();
        Assert.Null(await stores.Network.FindShownAsync(Platform, default));
        foreach (var donors in (int[])[20, 20, 25])
        {
            await stores.Network.PutShownAsync(Platform, Kept(donors).Shown, default);
            Assert.Equal(Dump.Of(Kept(donors).Shown), Dump.Of(await stores.Network.FindShownAsync(Platform, default)));
            Assert.Equal(Dump.Of(Kept(donors).Shown), Dump.Of(await stores.Network.FindShownAsync(Platform, default)));
        }
    }

    [Fact]
    public async Task Tombstones_stand_for_their_platform()
    {
        var stores = await NewAsync();
        await stores.Tombstones.AddAsync(Platform, Tombstone.Of(Ann), default);
        await stores.Tombstones.AddAsync(Platform, Tombstone.Of(Ann), default);

        var erased = await stores.Tombstones.ReadAsync(Platform, default);
        Assert.Equal((1, true), (erased.Count, erased.Contains(Ann)));
        Assert.Equal(0, (await stores.Tombstones.ReadAsync(Elsewhere, default)).Count);
        Assert.True(Assert.Single(await stores.Tombstones.ReadAllAsync(default)) is { Key: var platform, Value: var all } && platform == Platform && all.Contains(Ann));
    }

    [Fact]
    public async Task A_lease_is_one_hosts_until_it_lets_go()
    {
        var stores = await NewAsync();
        var held = await stores.Leases.TryTakeAsync(Platform, default);
        Assert.NotNull(held);
        Assert.Null(await stores.Leases.TryTakeAsync(Platform, default));
        await using (await stores.Leases.TryTakeAsync(Elsewhere, default))
            await held.DisposeAsync();

        await using var next = await stores.Leases.TryTakeAsync(Platform, default);
        Assert.NotNull(next);
    }

    private static async Task<IReadOnlyList<EdgePart>> ReadAsync(Stores stores)
    {
        var read = new List<EdgePart>();
        foreach (var part in await stores.Edges.ListAsync(Platform, default))
            read.Add((await stores.Edges.ReadAsync(Platform, part, static _ => { }, default))!);
        return read;
    }

    private static async Task<List<ulong>> DonorsAsync(Stores stores)
    {
        var donors = new List<ulong>();
        foreach (var part in await stores.Edges.ListAsync(Platform, default))
            await stores.Edges.ReadAsync(Platform, part, block => donors.AddRange(block.Edges.Select(static edge => edge.Donor.High)), default);
        return donors;
    }

    private static EdgeBlock Block(int donor) =>
        new("c", [new DonorEdge(new Pseudonym((ulong)donor, 0, 1), Some.Launch, Some.End, IdentityQuality.Account, Withdrawn: false, EdgeClock.Before(donor + 1))]);

    private static KeptNetwork Kept(int donors) => new()
    {
        Edges = "e",
        SummedAt = Some.End,
        Donors = donors,
        Links = [new KeptLink("a", "b", 5, 61)],
        Ended = ["a"],
        Shown = new PlatformNetwork
        {
            Edges = "e",
            AsOf = Some.End,
            Donors = donors,
            Clustering = 0.15,
            Communities = [new ShownCommunity(1, 40, ["a", "b"])],
            Links = [new ShownLink("a", "b", 5)],
            Cohorts = [new CohortReturn(2025, 1, 60, null)],
            Growth = [new ShownGrowth(Some.Launch, 60, 0.9)],
        },
    };
}

public sealed class MemoryNetworkTests : NetworkContract
{
    private protected override Task<Stores> NewAsync()
    {
        var clock = new FakeTimeProvider(Some.End);
        return Task.FromResult(new Stores(new MemoryEdgeFiles(clock), new MemoryNetworkStore(), new MemoryTombstones(), new MemoryLeases(), clock));
    }
}

public sealed class AzureNetworkTests : NetworkContract
{
    private protected override async Task<Stores> NewAsync()
    {
        var account = await TestStorage.NewAccountAsync();
        var clock = new FakeTimeProvider(Some.End);
        return new Stores(new BlobEdgeFiles(account, clock), new NetworkStore(account), new TableTombstones(account), new BlobNetworkLeases(account), clock);
    }
}

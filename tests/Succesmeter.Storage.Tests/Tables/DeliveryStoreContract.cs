using System.Globalization;
using System.Security.Cryptography;
using Succesmeter.Access;
using Succesmeter.Events;
using Succesmeter.Storage.Tables;
using Succesmeter.Testing;
using Succesmeter.Testing.Memory;
using Succesmeter.Webhooks;

namespace Succesmeter.Storage.Tests.Tables;

/// <summary>What every store of deliveries promises.</summary>
public abstract class DeliveryStoreContract
{
    private static readonly SubscriptionId Whose = SubscriptionId.New(TokenScope.All, RandomNumberGenerator.Create());

    private protected abstract Task<IDeliveryStore> StoreAsync();

    [Fact]
    public async Task A_delivery_comes_back_as_it_was_and_is_added_once()
    {
        var store = await StoreAsync();
        var full = On(1) with
        {
            State = DeliveryState.Failed,
            Attempts = 4,
            Round = 2,
            NextAt = Some.End,
            Tries = [new DeliveryTry(Some.Launch, 12.5, 500, null, "{\"a\":\"é\"}"), new DeliveryTry(Some.Launch.AddSeconds(5), 15_000, null, "no answer within 15 s", null)],
        };
        var ofPlatform = On(2) with { Type = EventTypes.PlatformBroken, Events = [], OfPlatform = new PlatformEvent(Some.Campaign.Platform, EventTypes.PlatformBroken, 2, Some.Launch.AddDays(2)) { Failing = 3, Followed = 12 } };

        Assert.True(await store.AddAsync(full, default));
        Assert.True(await store.AddAsync(ofPlatform, default));
        Assert.False(await store.AddAsync(On(1), default));
        Assert.Equal(Dump.Of(full), Dump.Of((await store.FindAsync(Whose, KeyOf(full), default))!.Delivery));
        Assert.Equal(Dump.Of(ofPlatform), Dump.Of((await store.FindAsync(Whose, KeyOf(ofPlatform), default))!.Delivery));
        Assert.Null(await store.FindAsync(Whose, new DeliveryKey("evt_0", full.At), default));
        Assert.Null(await store.FindAsync(SubscriptionId.New(TokenScope.All, RandomNumberGenerator.Create()), KeyOf(full), default));
    }

    [Fact]
    public async Task Only_who_knows_it_as_it_is_replaces_it()
    {
        var store = await StoreAsync();
        await store.AddAsync(On(1), default);
        var known = (await store.FindAsync(Whose, KeyOf(On(1)), default))!;

        Assert.True(await store.ReplaceAsync(known, known.Delivery with { Attempts = 1 }, default));
        Assert.False(await store.ReplaceAsync(known, known.Delivery with { Attempts = 9 }, default));
        Assert.Equal(1, (await store.FindAsync(Whose, KeyOf(On(1)), default))!.Delivery.Attempts);
    }

    [Fact]
    public async Task A_reading_is_newest_first_and_of_a_time_both_ends_included()
    {
        var store = await StoreAsync();
        foreach (var day in (int[])[3, 1, 4, 2, 5])
            await store.AddAsync(On(day), default);

        Assert.Equal([5, 4, 3, 2, 1], await DaysAsync(null, null));
        Assert.Equal([4, 3, 2], await DaysAsync(2, 4));
        Assert.Equal([2, 1], await DaysAsync(null, 2));
        Assert.Equal([5, 4], await DaysAsync(4, null));

        async Task<List<int>> DaysAsync(int? from, int? to)
        {
            var days = new List<int>();
            await foreach (var one in store.ReadAsync(Whose, from is { } first ? Some.Launch.AddDays(first) : null, to is { } last ? Some.Launch.AddDays(last) : null, default))
                days.Add((int)(one.Delivery.At - Some.Launch).TotalDays);
            return days;
        }
    }

    [Fact]
    public async Task What_is_held_is_found_in_order_and_becomes_a_bundle_in_one_step()
    {
        var store = await StoreAsync();
        foreach (var day in (int[])[2, 1, 3])
            await store.AddAsync(On(day) with { State = DeliveryState.Held }, default);
        var held = await HeldAsync();
        Assert.Equal([1, 2, 3], held.Select(static one => (int)(one.Delivery.At - Some.Launch).TotalDays));
        Assert.Null(await store.FindAsync(Whose, KeyOf(On(1)), default));

        var bundle = Delivery.OfBundle(Whose, [.. held.Take(2).SelectMany(static one => one.Delivery.Events)], Some.Launch.AddDays(9));
        Assert.True(await store.BundleAsync(bundle, [.. held.Take(2)], default));
        Assert.False(await store.BundleAsync(bundle, [.. held.Take(2)], default));

        Assert.Equal(Dump.Of(bundle), Dump.Of((await store.FindAsync(Whose, KeyOf(bundle), default))!.Delivery));
        Assert.Equal([3], (await HeldAsync()).Select(static one => (int)(one.Delivery.At - Some.Launch).TotalDays));

        async Task<List<KeptDelivery>> HeldAsync()
        {
            var all = new List<KeptDelivery>();
            await foreach (var one in store.ReadHeldAsync(Whose, default))
                all.Add(one);
            return all;
        }
    }

    [Fact]
    public async Task What_was_announced_long_ago_is_forgotten_when_it_is_done_and_all_of_a_subscription_that_is_gone()
    {
        var store = await StoreAsync();
        var announced = Some.Launch.AddYears(1);
        for (var hour = 0; hour < 130; hour++)
            await store.AddAsync(On(hour / 24.0) with { State = DeliveryState.Delivered, AnnouncedAt = announced.AddHours(hour) }, default);
        await store.AddAsync(On(0.5) with { Id = "evt_held", State = DeliveryState.Held, AnnouncedAt = announced }, default);
        await store.AddAsync(On(0.5) with { Id = "evt_pending", State = DeliveryState.Pending, AnnouncedAt = announced }, default);

        // A year after all of them happened, and before any was announced.
        await store.ForgetAsync(Whose, announced, default);
        Assert.Equal((131, 1), (await CountAsync(), await HeldAsync()));
        await store.ForgetAsync(Whose, announced.AddHours(120), default);
        Assert.Equal((11, 0), (await CountAsync(), await HeldAsync()));
        await store.ForgetAsync(Whose, null, default);
        await store.ForgetAsync(Whose, null, default);
        Assert.Equal(0, await CountAsync());

        async Task<int> CountAsync()
        {
            var count = 0;
            await foreach (var _ in store.ReadAsync(Whose, null, null, default))
                count++;
            return count;
        }

        async Task<int> HeldAsync()
        {
            var count = 0;
            await foreach (var _ in store.ReadHeldAsync(Whose, default))
                count++;
            return count;
        }
    }

    private static DeliveryKey KeyOf(Delivery delivery) => new(delivery.Id, delivery.At);

    private static Delivery On(double day)
    {
        var happened = new CampaignEvent(Some.Campaign, EventTypes.MilestoneReached, (100 * day).ToString("0", CultureInfo.InvariantCulture), 1, Some.Launch.AddDays(day))
        {
            Number = 1 + (int)(day * 24),
            Title = "Kidical Mass",
            Pledged = 12.5m,
            Goal = 7500,
            Currency = "EUR",
            Backers = 3,
            GoalShare = 0.25,
            Probability = 0.5,
            Confidence = "ok",
            Before = "on-track",
            PacePerDay = 1.5,
            NeededPerDay = 2.5,
            OpenComments = 1,
        };
        return new Delivery { Subscription = Whose, Id = Delivery.IdOf(happened.Id), At = happened.AsOf, Type = happened.Type, Events = [happened], AnnouncedAt = Some.Launch.AddYears(1) };
    }
}

public sealed class MemoryDeliveryStoreTests : DeliveryStoreContract
{
    private protected override Task<IDeliveryStore> StoreAsync() => Task.FromResult<IDeliveryStore>(new MemoryDeliveryStore());
}

public sealed class TableDeliveryStoreTests : DeliveryStoreContract
{
    private protected override async Task<IDeliveryStore> StoreAsync() => new TableDeliveryStore(await TestStorage.NewAccountAsync());
}

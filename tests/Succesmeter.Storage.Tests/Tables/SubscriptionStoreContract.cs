using System.Security.Cryptography;
using Succesmeter.Access;
using Succesmeter.Campaigns;
using Succesmeter.Storage.Tables;
using Succesmeter.Testing;
using Succesmeter.Testing.Memory;
using Succesmeter.Webhooks;

namespace Succesmeter.Storage.Tests.Tables;

/// <summary>What every store of subscriptions promises.</summary>
public abstract class SubscriptionStoreContract
{
    private static readonly TokenScope OfCampaign = TokenScope.Of(Some.Campaign);

    private protected abstract Task<ISubscriptionStore> StoreAsync();

    [Fact]
    public async Task A_subscription_comes_back_as_it_was_made()
    {
        var store = await StoreAsync();
        var full = Made(OfCampaign) with
        {
            Events = ["milestone.reached", "campaign.ended"],
            Format = WebhookFormats.Slack,
            Rhythm = Rhythm.Every(TimeSpan.FromMinutes(90)),
            Label = "Onze chat",
            SecretBefore = [4, 5],
            SecretBeforeUntil = Some.End,
            State = SubscriptionState.Disabled,
            Why = RestReasons.Failing,
            FailingSince = Some.Launch,
            SlowUntil = Some.Launch.AddSeconds(5),
            SlowInARow = 3,
            BundledAt = Some.Launch.AddDays(1),
        };
        var plain = Made(TokenScope.All);
        await store.AddAsync(full, default);
        await store.AddAsync(plain, default);

        Assert.Equal(Dump.Of(full), Dump.Of((await store.FindAsync(full.Id, default))!.Subscription));
        Assert.Equal(Dump.Of(plain), Dump.Of((await store.FindAsync(plain.Id, default))!.Subscription));
        Assert.Null(await store.FindAsync(SubscriptionId.New(TokenScope.All, RandomNumberGenerator.Create()), default));
        await Assert.ThrowsAsync<InvalidOperationException>(() => store.AddAsync(plain, default));
    }

    [Fact]
    public async Task A_list_is_of_exactly_one_scope()
    {
        var store = await StoreAsync();
        var (platform, all) = (Made(TokenScope.Of(Some.Campaign.Platform)), Made(TokenScope.All));
        List<Subscription> ofCampaign = [Made(OfCampaign), Made(OfCampaign)];
        foreach (var one in (Subscription[])[.. ofCampaign, platform, all])
            await store.AddAsync(one, default);

        Assert.Equal(ofCampaign.Select(static one => one.Id.ToString()).Order(StringComparer.Ordinal), await IdsAsync(store.ReadAsync(OfCampaign, default)));
        Assert.Equal([platform.Id.ToString()], await IdsAsync(store.ReadAsync(TokenScope.Of(Some.Campaign.Platform), default)));
        Assert.Equal([all.Id.ToString()], await IdsAsync(store.ReadAsync(TokenScope.All, default)));
        Assert.Empty(await IdsAsync(store.ReadAsync(TokenScope.Of(new CampaignId(Some.Campaign.Platform, "other")), default)));
        Assert.Equal(4, (await IdsAsync(store.ReadAllAsync(default))).Count);
    }

    [Fact]
    public async Task Only_who_knows_it_as_it_is_replaces_it()
    {
        var store = await StoreAsync();
        var made = Made(OfCampaign);
        await store.AddAsync(made, default);
        var known = (await store.FindAsync(made.Id, default))!;

        Assert.True(await store.ReplaceAsync(known, made with { State = SubscriptionState.Paused }, default));
        Assert.False(await store.ReplaceAsync(known, made with { Label = "late" }, default));
        Assert.Equal(SubscriptionState.Paused, (await store.FindAsync(made.Id, default))!.Subscription.State);

        await store.DeleteAsync(made.Id, default);
        await store.DeleteAsync(made.Id, default);
        Assert.Null(await store.FindAsync(made.Id, default));
        Assert.False(await store.ReplaceAsync(known, made, default));
    }

    [Fact]
    public async Task A_platform_has_subscribers_from_when_they_are_expected_on()
    {
        var store = await StoreAsync();
        var (here, there) = (Some.Campaign.Platform, new PlatformId("elsewhere"));
        Assert.False(await store.HasAnyAsync(here, default));

        Assert.False(await store.ExpectAsync(OfCampaign, default));
        Assert.True(await store.ExpectAsync(TokenScope.Of(here), default));
        Assert.Equal((true, false), (await store.HasAnyAsync(here, default), await store.HasAnyAsync(there, default)));

        await store.ExpectAsync(TokenScope.All, default);
        Assert.True(await store.HasAnyAsync(there, default));
    }

    [Fact]
    public async Task Those_that_want_bundles_are_found()
    {
        var store = await StoreAsync();
        var (daily, later, never) = (Made(OfCampaign) with { Rhythm = Rhythm.Daily }, Made(OfCampaign), Made(TokenScope.All));
        foreach (var one in (Subscription[])[daily, later, never])
            await store.AddAsync(one, default);
        await store.ReplaceAsync((await store.FindAsync(later.Id, default))!, later with { Rhythm = Rhythm.Every(TimeSpan.FromHours(1)) }, default);

        Assert.Equal(new[] { daily.Id, later.Id }.ToHashSet(), await BundledAsync());
        await store.DeleteAsync(daily.Id, default);
        Assert.Equal([later.Id], await BundledAsync());

        async Task<HashSet<SubscriptionId>> BundledAsync()
        {
            var found = new HashSet<SubscriptionId>();
            await foreach (var id in store.ReadBundledAsync(default))
                found.Add(id);
            return found;
        }
    }

    private static async Task<List<string>> IdsAsync(IAsyncEnumerable<Subscription> subscriptions)
    {
        var ids = new List<string>();
        await foreach (var one in subscriptions)
            ids.Add(one.Id.ToString());
        return ids;
    }

    private static Subscription Made(TokenScope scope) => new()
    {
        Id = SubscriptionId.New(scope, RandomNumberGenerator.Create()),
        Scope = scope,
        Address = new Uri("https://hooks.growfunding.be/x?y=1"),
        Language = "nl",
        MadeBy = "root",
        MadeAt = Some.Launch,
        Secret = [1, 2, 3],
    };
}

public sealed class MemorySubscriptionStoreTests : SubscriptionStoreContract
{
    private protected override Task<ISubscriptionStore> StoreAsync() => Task.FromResult<ISubscriptionStore>(new MemorySubscriptionStore());
}

public sealed class TableSubscriptionStoreTests : SubscriptionStoreContract
{
    private protected override async Task<ISubscriptionStore> StoreAsync() => new TableSubscriptionStore(await TestStorage.NewAccountAsync());
}

using Succesmeter.Campaigns;
using Succesmeter.Storage.Tables;
using Succesmeter.Testing;
using Succesmeter.Testing.Memory;
using Succesmeter.Visits;

namespace Succesmeter.Storage.Tests.Tables;

/// <summary>What every store of visits promises.</summary>
public abstract class VisitStoreContract
{
    private static readonly DateTimeOffset Now = new(2026, 5, 2, 8, 0, 0, 123, TimeSpan.Zero);

    private static readonly Gen<DateTimeOffset?> AnyInstant = Gen.Long[0, 1_000_000_000].Select(static ms => Now.AddMilliseconds(ms)).Nullable();

    private static readonly Gen<string?> AnyText = Gen.String[Gen.Char[' ', '\u0233'], 0, 300].Null();

    private static readonly Gen<CampaignVisits> AnyVisits = Gen.Select(
        AnyInstant.Array[8], AnyText.Array[4], Gen.Enum<VisitResult>().Nullable(), Gen.Int[0, 100],
        static (instants, texts, result, failures) => Of("speelstraat") with
        {
            DueAt = instants[0], SeenAt = instants[1], ChangedAt = instants[2], LaunchedAt = instants[3], EndsAt = instants[4], EndedAt = instants[5], VisitedAt = instants[6], FoundAt = instants[7] ?? Now,
            Validators = new PageValidators(texts[0], texts[1]), Shown = texts[2], Trouble = texts[3], Result = result, Failures = failures,
        });

    private protected abstract Task<IVisitStore> StoreAsync();

    [Fact]
    public async Task Visits_come_back_as_they_were_kept()
    {
        var store = await StoreAsync();
        string? version = null;
        var all = new List<CampaignVisits>();
        Gen.Select(AnyVisits.Array[20], static any => any).Sample(any => all.AddRange(any), iter: 1);
        foreach (var visits in all)
        {
            Assert.True(await store.TryPutAsync(visits, version, default));
            var stored = (await store.FindAsync(visits.Campaign, default))!;
            Assert.Equal(visits, stored.Visits);
            version = stored.Version;
        }
    }

    [Fact]
    public async Task Of_two_who_change_the_same_row_one_is_refused()
    {
        var store = await StoreAsync();
        Assert.True(await store.TryPutAsync(Of("a"), null, default));
        Assert.False(await store.TryPutAsync(Of("a"), null, default));
        var version = (await store.FindAsync(Of("a").Campaign, default))!.Version;

        Assert.True(await store.TryPutAsync(Of("a") with { Failures = 1 }, version, default));
        Assert.False(await store.TryPutAsync(Of("a") with { Failures = 2 }, version, default));
        Assert.False(await store.TryPutAsync(Of("b"), version, default));
        Assert.Equal(1, (await store.FindAsync(Of("a").Campaign, default))!.Visits.Failures);
        Assert.Null(await store.FindAsync(Of("b").Campaign, default));
    }

    [Fact]
    public async Task A_platform_lists_its_own_campaigns_in_order_and_not_itself()
    {
        var store = await StoreAsync();
        foreach (var name in new[] { "zand", "0-begin", "aarde" })
            await store.TryPutAsync(Of(name), null, default);
        await store.TryPutAsync(CampaignVisits.Of(new FoundCampaign(new CampaignId(new PlatformId("wijk"), "ander"), new Uri("https://wijk.example.org/")), Now), null, default);
        await store.ChangeCrawlAsync(Platform, static crawl => crawl with { PausedAt = Now }, default);

        var names = new List<string>();
        await foreach (var stored in store.ReadAsync(Platform, default))
            names.Add(stored.Visits.Campaign.Name);

        Assert.Equal(["0-begin", "aarde", "zand"], names);
    }

    [Fact]
    public async Task A_platform_that_was_never_crawled_is_new_and_changes_add_up_whoever_makes_them()
    {
        var store = await StoreAsync();
        Assert.Equal(new PlatformCrawl { Platform = Platform }, await store.FindCrawlAsync(Platform, default));

        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => store.ChangeCrawlAsync(Platform, static crawl => crawl with { TimesBroken = crawl.TimesBroken + 1 }, default)));
        await store.ChangeCrawlAsync(
            Platform, static crawl => (crawl with { PausedAt = Now, SearchTrouble = "list: no answer" }).SearchBegun(Now).SearchTroubled("é").LookedOver(new CrawlHealth(7, 5, 1), Now), default);

        Assert.Equal(
            new PlatformCrawl { Platform = Platform, TimesBroken = 11, PausedAt = Now, SearchedAt = Now, SearchTrouble = "é", LookedAt = Now, BrokenSince = Now, Health = new CrawlHealth(7, 5, 1) },
            await store.FindCrawlAsync(Platform, default));
    }

    private static PlatformId Platform { get; } = new("buurt");

    private static CampaignVisits Of(string name) => CampaignVisits.Of(new FoundCampaign(new CampaignId(Platform, name), new Uri($"https://buurt.example.org/p/{name}?é=1"), $"N-{name}"), Now);
}

public sealed class TableVisitStoreTests : VisitStoreContract
{
    private protected override async Task<IVisitStore> StoreAsync() => new TableVisitStore(await TestStorage.NewAccountAsync());
}

public sealed class MemoryVisitStoreTests : VisitStoreContract
{
    private protected override Task<IVisitStore> StoreAsync() => Task.FromResult<IVisitStore>(new MemoryVisitStore());
}

using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Succesmeter.Campaigns;
using Succesmeter.Storage.Blobs;
using Succesmeter.Testing;
using Succesmeter.Testing.Memory;

namespace Succesmeter.Storage.Tests.Blobs;

/// <summary>What every keeper of lists promises.</summary>
public abstract class CampaignListsContract
{
    private static readonly PlatformId Town = new("demostad"), Other = new("elders");

    private readonly MemoryCampaignList _campaigns = new();
    private readonly FakeTimeProvider _clock = new(Some.Launch);

    private protected abstract Task<ICampaignLists> ListsAsync(ICampaignList campaigns, ListOptions options, TimeProvider clock);

    [Fact]
    public async Task A_list_is_of_its_platform_and_in_order_of_names()
    {
        var lists = await NewAsync();
        await PutAsync(Town, "b", "a", "c");
        await PutAsync(Other, "d");

        var newest = await lists.NewestAsync(Town, default);
        Assert.Equal((Town, "a,b,c"), (newest.Platform, NamesOf(newest)));
        Assert.Equal("d", NamesOf(await lists.NewestAsync(Other, default)));
        Assert.Equal([Town, Other], (await lists.PlatformsAsync(default)).OrderBy(static platform => platform.Value, StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_list_is_made_anew_when_it_is_old_and_not_before()
    {
        var lists = await NewAsync();
        await PutAsync(Town, "a");
        var first = await lists.NewestAsync(Town, default);
        await PutAsync(Town, "b");

        _clock.Advance(TimeSpan.FromSeconds(9));
        Assert.Equal(first.Version, (await lists.NewestAsync(Town, default)).Version);
        _clock.Advance(TimeSpan.FromSeconds(1));
        var second = await lists.NewestAsync(Town, default);
        Assert.Equal("a,b", NamesOf(second));
        Assert.NotEqual(first.Version, second.Version);
    }

    [Fact]
    public async Task The_same_campaigns_are_the_same_version()
    {
        var lists = await NewAsync();
        await PutAsync(Town, "a", "b");
        var first = await lists.NewestAsync(Town, default);
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(first.Version, (await lists.NewestAsync(Town, default)).Version);
    }

    [Fact]
    public async Task An_earlier_version_is_found_as_it_stood_again_and_again()
    {
        var lists = await NewAsync();
        await PutAsync(Town, "a");
        var first = await lists.NewestAsync(Town, default);
        await PutAsync(Town, "b");
        _clock.Advance(TimeSpan.FromMinutes(1));
        var second = await lists.NewestAsync(Town, default);

        for (var times = 0; times < 2; times++)
        {
            Assert.Equal(first.Campaigns, (await lists.FindAsync(Town, first.Version, default))!.Campaigns);
            Assert.Equal(second.Campaigns, (await lists.FindAsync(Town, second.Version, default))!.Campaigns);
        }
    }

    [Fact]
    public async Task What_never_was_a_version_is_not_found()
    {
        var lists = await NewAsync();
        await PutAsync(Town, "a");
        var version = (await lists.NewestAsync(Town, default)).Version;

        Assert.Null(await lists.FindAsync(Other, version, default));
        foreach (var made in (string[])["", "newest", "../newest", $"{new string('0', 19)}g", new('f', 20)])
            Assert.Null(await lists.FindAsync(Town, made, default));
    }

    [Fact]
    public async Task A_row_comes_back_whole()
    {
        var lists = await NewAsync();
        var whole = Listing(Town, "whole") with
        {
            Url = "https://x.example/whole", Status = CampaignStatus.Succeeded, Currency = "EUR", Goal = 7500, Pledged = 2310.5m, Backers = 64, LaunchedAt = Some.Launch, Horizon = Some.End, HorizonIsAssumed = true,
            Funding = FundingModel.KeepItAll, Category = "mobility", Language = "nl", Place = "Molenbeek", Latitude = 50.85, Longitude = 4.33,
            Score = new() { Elapsed = 0.31, Status = "on-track", Confidence = "ok", Probability = 0.87, Meter = 62 },
        };
        await _campaigns.PutAsync([whole], default);
        var first = await lists.NewestAsync(Town, default);
        await PutAsync(Town, "another");
        _clock.Advance(TimeSpan.FromMinutes(1));
        await lists.NewestAsync(Town, default);

        Assert.Equal(whole, Assert.Single((await lists.FindAsync(Town, first.Version, default))!.Campaigns));
    }

    private Task<ICampaignLists> NewAsync() => ListsAsync(_campaigns, new ListOptions(), _clock);

    private Task PutAsync(PlatformId platform, params string[] names) => _campaigns.PutAsync([.. names.Select(name => Listing(platform, name))], default);

    private static CampaignListing Listing(PlatformId platform, string name) => new()
    {
        Campaign = new CampaignId(platform, name),
        Sequence = 1,
        Title = name,
        Status = CampaignStatus.Live,
        AwaitsFacts = false,
        AsOf = Some.Launch,
        TakenAt = Some.Launch,
    };

    private static string NamesOf(ListVersion list) => string.Join(',', list.Campaigns.Select(static one => one.Campaign.Name));
}

public sealed class MemoryCampaignListsTests : CampaignListsContract
{
    private protected override Task<ICampaignLists> ListsAsync(ICampaignList campaigns, ListOptions options, TimeProvider clock) =>
        Task.FromResult<ICampaignLists>(new MemoryCampaignLists(campaigns, options, clock));
}

public sealed class BlobCampaignListsTests : CampaignListsContract
{
    [Fact]
    public async Task A_host_takes_the_list_that_another_made_a_moment_ago()
    {
        var account = await TestStorage.NewAccountAsync();
        var clock = new FakeTimeProvider(Some.Launch);
        var (here, there) = (new MemoryCampaignList(), new MemoryCampaignList());
        var platform = Some.Campaign.Platform;
        await here.PutAsync([Row("a")], default);
        var made = await On(here).NewestAsync(platform, default);

        // The other host would find another campaign, but has no reason to look.
        await there.PutAsync([Row("b")], default);
        clock.Advance(TimeSpan.FromSeconds(9));
        var other = On(there);
        Assert.Equal(made.Version, (await other.NewestAsync(platform, default)).Version);
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.NotEqual(made.Version, (await other.NewestAsync(platform, default)).Version);

        BlobCampaignLists On(ICampaignList campaigns) => new(account, campaigns, Options.Create(new ListOptions()), clock);

        CampaignListing Row(string name) => new()
        {
            Campaign = new CampaignId(platform, name), Sequence = 1, Title = name, Status = CampaignStatus.Live, AwaitsFacts = false, AsOf = Some.Launch, TakenAt = Some.Launch,
        };
    }

    private protected override async Task<ICampaignLists> ListsAsync(ICampaignList campaigns, ListOptions options, TimeProvider clock) =>
        new BlobCampaignLists(await TestStorage.NewAccountAsync(), campaigns, Options.Create(options), clock);
}

using Succesmeter.Campaigns;
using Succesmeter.Storage.Tables;
using Succesmeter.Testing;
using Succesmeter.Testing.Memory;

namespace Succesmeter.Storage.Tests.Tables;

/// <summary>What every list of campaigns promises.</summary>
public abstract class CampaignListContract
{
    private static readonly PlatformId Town = new("town"), Village = new("village");

    /// <returns>Each call makes another instance on the same rows.</returns>
    private protected abstract Task<Func<ICampaignList>> InstancesAsync();

    [Fact]
    public async Task Rows_of_several_platforms_are_put_together_and_come_in_order()
    {
        var list = (await InstancesAsync())();
        await list.PutAsync([Listing(Town, "b", 1), Listing(Village, "c", 1), Listing(Town, "a", 4)], default);

        Assert.Equal("a4 b1", await RowsAsync(list, Town));
        Assert.Equal("c1", await RowsAsync(list, Village));
        Assert.Equal([Town, Village], await list.PlatformsAsync(default));
    }

    [Fact]
    public async Task More_than_a_transaction_takes_are_put_at_once_and_put_again()
    {
        var list = (await InstancesAsync())();
        foreach (var sequence in (int[])[1, 2])
            await list.PutAsync([.. Enumerable.Range(0, 250).Select(number => Listing(Town, $"c{number:D3}", sequence))], default);

        Assert.Equal(string.Join(' ', Enumerable.Range(0, 250).Select(static number => $"c{number:D3}2")), await RowsAsync(list, Town));
    }

    [Fact]
    public async Task Of_one_campaign_twice_the_newer_stands()
    {
        var list = (await InstancesAsync())();
        await list.PutAsync([Listing(Town, "a", 3), Listing(Town, "a", 2)], default);
        await list.PutAsync([Listing(Town, "a", 2)], default);
        Assert.Equal("a3", await RowsAsync(list, Town));
    }

    [Fact]
    public async Task What_another_instance_put_meanwhile_is_replaced_by_what_is_newer_alone()
    {
        var instances = await InstancesAsync();
        var (here, there) = (instances(), instances());
        await here.PutAsync([Listing(Town, "a", 1), Listing(Town, "b", 1), Listing(Town, "c", 1)], default);
        await there.PutAsync([Listing(Town, "a", 5), Listing(Town, "b", 2)], default);

        // Of these one is older than what stands there, one newer, one as this instance left it, and one new.
        await here.PutAsync([Listing(Town, "a", 4), Listing(Town, "b", 3), Listing(Town, "c", 2), Listing(Town, "d", 1)], default);
        Assert.Equal("a5 b3 c2 d1", await RowsAsync(here, Town));
    }

    [Fact]
    public async Task Two_instances_that_put_at_once_leave_the_newest_of_each()
    {
        var instances = await InstancesAsync();
        var all = Enumerable.Range(0, 4).Select(_ => instances()).ToList();
        await Task.WhenAll(all.Select((list, own) => Task.Run(async () =>
        {
            for (var sequence = 1 + own; sequence <= 24; sequence += all.Count)
                await list.PutAsync([.. Enumerable.Range(0, 5).Select(number => Listing(Town, $"c{number}", sequence))], default);
        })));

        Assert.Equal("c024 c124 c224 c324 c424", await RowsAsync(all[0], Town));
    }

    private static async Task<string> RowsAsync(ICampaignList list, PlatformId platform) =>
        string.Join(' ', await list.ReadAsync(platform, after: null, default).Select(static row => $"{row.Campaign.Name}{row.Sequence}").ToListAsync());

    private static CampaignListing Listing(PlatformId platform, string name, long sequence) => new()
    {
        Campaign = new CampaignId(platform, name),
        Sequence = sequence,
        Title = name,
        Status = CampaignStatus.Live,
        AwaitsFacts = false,
        AsOf = Some.Launch,
        TakenAt = Some.Launch,
    };
}

public sealed class MemoryCampaignListTests : CampaignListContract
{
    private protected override Task<Func<ICampaignList>> InstancesAsync()
    {
        var list = new MemoryCampaignList();
        return Task.FromResult<Func<ICampaignList>>(() => list);
    }
}

public sealed class TableCampaignListTests : CampaignListContract
{
    private protected override async Task<Func<ICampaignList>> InstancesAsync()
    {
        var account = await TestStorage.NewAccountAsync();
        return () => new TableCampaignList(account);
    }
}

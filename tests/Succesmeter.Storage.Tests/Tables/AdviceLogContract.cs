using Succesmeter.Advice;
using Succesmeter.Campaigns;
using Succesmeter.Storage.Tables;
using Succesmeter.Testing;
using Succesmeter.Testing.Memory;

namespace Succesmeter.Storage.Tests.Tables;

/// <summary>What is promised of the log of advice: in memory, and in a table.</summary>
public abstract class AdviceLogContract
{
    private static readonly CampaignId Other = new(Some.Campaign.Platform, $"{Some.Campaign.Name}-2");
    private static readonly CampaignId Elsewhere = new(new PlatformId("elsewhere"), Some.Campaign.Name);
    private static readonly DateOnly Day = new(2026, 5, 2);

    private protected abstract Task<IAdviceLog> NewAsync();

    [Fact]
    public async Task Of_a_campaign_of_which_nothing_was_said_the_log_is_empty()
    {
        var log = await (await NewAsync()).ReadAsync(Some.Campaign, default);

        Assert.Equal((Some.Campaign, null, 0), (log.Campaign, log.Agreed, log.Entries.Length));
    }

    [Fact]
    public async Task What_was_said_comes_back_in_order_and_to_its_campaign_alone()
    {
        var store = await NewAsync();
        var (late, early) = (Entry(Day.AddDays(1), AdviceCodes.Pace), Entry(Day, AdviceCodes.Thank) with { Place = null, Of = null, Answer = AdviceAnswer.DoesNotFit });
        await store.PutAsync(Some.Campaign, late, default);
        await store.PutAsync(Some.Campaign, early, default);
        await store.PutConsentAsync(Some.Campaign, true, default);
        await store.PutAsync(Other, late, default);
        await store.PutConsentAsync(Elsewhere, false, default);

        var log = await store.ReadAsync(Some.Campaign, default);
        Assert.Equal([early, late], log.Entries.AsEnumerable());
        Assert.True(log.Agreed);
        Assert.Null((await store.ReadAsync(Other, default)).Agreed);

        var all = await AllAsync(store);
        Assert.Equal([Other, Some.Campaign], all.Select(static one => one.Campaign).OrderByDescending(static campaign => campaign.Name.Length));
        Assert.Equal([late], all.Single(static one => one.Campaign == Other).Entries.AsEnumerable());
        Assert.Equal([early, late], all.Single(static one => one.Campaign == Some.Campaign).Entries.AsEnumerable());
    }

    [Fact]
    public async Task An_answer_replaces_what_stood_there_and_what_is_shown_again_does_not()
    {
        var store = await NewAsync();
        var shown = Entry(Day, AdviceCodes.Thank) with { Answer = AdviceAnswer.Shown };
        var done = shown with { Answer = AdviceAnswer.Done, AnsweredAt = shown.AnsweredAt.AddHours(1) };
        await store.AddAsync(Some.Campaign, shown, default);
        await store.PutAsync(Some.Campaign, done, default);
        await store.PutAsync(Some.Campaign, done, default);
        await store.AddAsync(Some.Campaign, shown with { Place = 3 }, default);

        Assert.Equal([done], (await store.ReadAsync(Some.Campaign, default)).Entries.AsEnumerable());
    }

    [Fact]
    public async Task Consent_can_be_taken_back()
    {
        var store = await NewAsync();
        await store.PutConsentAsync(Some.Campaign, true, default);
        await store.PutConsentAsync(Some.Campaign, false, default);

        Assert.False((await store.ReadAsync(Some.Campaign, default)).Agreed);
        Assert.Empty(Assert.Single(await AllAsync(store)).Entries);
    }

    private static AdviceEntry Entry(DateOnly day, string code) =>
        new(day, code) { Place = 2, Of = 3, Answer = AdviceAnswer.Done, AnsweredAt = new DateTimeOffset(2026, 5, 2, 12, 0, 0, TimeSpan.Zero) };

    private static async Task<List<AdviceLog>> AllAsync(IAdviceLog store)
    {
        var all = new List<AdviceLog>();
        await foreach (var log in store.ReadAsync(Some.Campaign.Platform, default))
            all.Add(log);
        return all;
    }
}

public sealed class MemoryAdviceLogTests : AdviceLogContract
{
    private protected override Task<IAdviceLog> NewAsync() => Task.FromResult<IAdviceLog>(new MemoryAdviceLog());
}

public sealed class TableAdviceLogTests : AdviceLogContract
{
    private protected override async Task<IAdviceLog> NewAsync() => new TableAdviceLog(await TestStorage.NewAccountAsync());
}

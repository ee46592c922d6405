using System.Collections.Concurrent;
using Succesmeter.Campaigns;
using Succesmeter.Visits;

namespace Succesmeter.Testing.Memory;

public sealed class MemoryPageArchive : IPageArchive
{
    public ConcurrentDictionary<(CampaignId Campaign, DateTimeOffset TakenAt, int Index), FetchedPage> Kept { get; } = new();

    public ConcurrentDictionary<(CampaignId Campaign, DateTimeOffset TakenAt), IReadOnlyList<string>> SetAside { get; } = new();

    public Task KeepAsync(CampaignId campaign, DateTimeOffset takenAt, int index, FetchedPage page, CancellationToken cancellation)
    {
        Kept[(campaign, takenAt, index)] = page;
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<FetchedPage>?> ReadAsync(CampaignId campaign, DateTimeOffset takenAt, int count, CancellationToken cancellation)
    {
        var pages = Enumerable.Range(0, count).Select(index => Kept.GetValueOrDefault((campaign, takenAt, index))).ToList();
        return Task.FromResult<IReadOnlyList<FetchedPage>?>(pages.Exists(page => page is null) ? null : [.. pages.OfType<FetchedPage>()]);
    }

    public Task ForgetAsync(CampaignId campaign, DateTimeOffset takenAt, CancellationToken cancellation)
    {
        foreach (var page in Kept.Keys.Where(page => page.Campaign == campaign && page.TakenAt == takenAt))
            Kept.TryRemove(page, out _);
        return Task.CompletedTask;
    }

    public Task QuarantineAsync(CampaignId campaign, DateTimeOffset takenAt, IReadOnlyList<FetchedPage> pages, IReadOnlyList<string> complaints, CancellationToken cancellation)
    {
        SetAside[(campaign, takenAt)] = complaints;
        return Task.CompletedTask;
    }
}

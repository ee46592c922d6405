using System.Globalization;
using Succesmeter.Campaigns;
using Succesmeter.Visits;

namespace Succesmeter.Testing.Memory;

/// <summary>Visits in memory, with the same promises as the table.</summary>
public sealed class MemoryVisitStore : IVisitStore
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, StoredVisits> _visits = new(StringComparer.Ordinal);
    private readonly Dictionary<PlatformId, PlatformCrawl> _crawls = [];
    private int _versions;

    /// <summary>Called before a row is put; a test may let somebody else be quicker, or die.</summary>
    public Func<CampaignVisits, Task>? BeforePut { get; set; }

    public Task<StoredVisits?> FindAsync(CampaignId campaign, CancellationToken cancellation)
    {
        lock (_lock)
            return Task.FromResult(_visits.GetValueOrDefault(campaign.ToString()));
    }

    public async IAsyncEnumerable<StoredVisits> ReadAsync(PlatformId platform, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        List<StoredVisits> all;
        lock (_lock)
            all = [.. _visits.Values.Where(stored => stored.Visits.Campaign.Platform == platform)];
        foreach (var stored in all)
        {
            await Task.CompletedTask;
            yield return stored;
        }
    }

    public async Task<bool> TryPutAsync(CampaignVisits visits, string? replaced, CancellationToken cancellation)
    {
        if (BeforePut is { } interfere)
            await interfere(visits);

        lock (_lock)
        {
            var key = visits.Campaign.ToString();
            if (_visits.GetValueOrDefault(key)?.Version != replaced)
                return false;

            _visits[key] = new StoredVisits(visits, (++_versions).ToString(CultureInfo.InvariantCulture));
            return true;
        }
    }

    public Task<PlatformCrawl> FindCrawlAsync(PlatformId platform, CancellationToken cancellation)
    {
        lock (_lock)
            return Task.FromResult(_crawls.GetValueOrDefault(platform) ?? new PlatformCrawl { Platform = platform });
    }

    public Task<PlatformCrawl> ChangeCrawlAsync(PlatformId platform, Func<PlatformCrawl, PlatformCrawl> change, CancellationToken cancellation)
    {
        lock (_lock)
            return Task.FromResult(_crawls[platform] = change(_crawls.GetValueOrDefault(platform) ?? new PlatformCrawl { Platform = platform }));
    }
}

using System.Runtime.CompilerServices;
using Succesmeter.Campaigns;

namespace Succesmeter.Testing.Memory;

/// <summary>Lists in memory.</summary>
public sealed class MemoryCampaignList : ICampaignList
{
    private readonly Lock _lock = new();
    private readonly Dictionary<CampaignId, CampaignListing> _rows = [];

    public Task PutAsync(IReadOnlyList<CampaignListing> listings, CancellationToken cancellation)
    {
        lock (_lock)
        {
            foreach (var listing in listings)
            {
                if (!_rows.TryGetValue(listing.Campaign, out var known) || known.Sequence < listing.Sequence)
                    _rows[listing.Campaign] = listing;
            }
        }

        return Task.CompletedTask;
    }

    public Task<CampaignListing?> FindAsync(CampaignId campaign, CancellationToken cancellation)
    {
        lock (_lock)
            return Task.FromResult(_rows.GetValueOrDefault(campaign));
    }

    public async IAsyncEnumerable<CampaignListing> ReadAsync(PlatformId platform, string? after, [EnumeratorCancellation] CancellationToken cancellation)
    {
        List<CampaignListing> rows;
        lock (_lock)
        {
            rows = [.. _rows.Values
                .Where(row => row.Campaign.Platform == platform && string.CompareOrdinal(row.Campaign.Name, after ?? "") > 0)
                .OrderBy(row => row.Campaign.Name, StringComparer.Ordinal)];
        }

        foreach (var row in rows)
        {
            await Task.CompletedTask;
            yield return row;
        }
    }

    public Task<IReadOnlyList<PlatformId>> PlatformsAsync(CancellationToken cancellation)
    {
        lock (_lock)
            return Task.FromResult<IReadOnlyList<PlatformId>>([.. _rows.Keys.Select(campaign => campaign.Platform).Distinct().OrderBy(platform => platform.Value, StringComparer.Ordinal)]);
    }
}

using Succesmeter.Campaigns;

namespace Succesmeter.Testing.Memory;

/// <summary>Lists in memory, with the same promises as the blobs: made at most once in their age, each version kept from when it was last made.</summary>
public sealed class MemoryCampaignLists(ICampaignList campaigns, ListOptions options, TimeProvider clock) : ICampaignLists
{
    private readonly Dictionary<(PlatformId Platform, string Version), (ListVersion List, DateTimeOffset MadeAt)> _kept = [];
    private readonly Dictionary<PlatformId, (ListVersion List, DateTimeOffset MadeAt)> _newest = [];

    public Task<IReadOnlyList<PlatformId>> PlatformsAsync(CancellationToken cancellation) => campaigns.PlatformsAsync(cancellation);

    public async Task<ListVersion> NewestAsync(PlatformId platform, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if (_newest.TryGetValue(platform, out var known) && now - known.MadeAt < options.Age)
            return known.List;

        var rows = new List<CampaignListing>();
        await foreach (var row in campaigns.ReadAsync(platform, null, cancellation))
            rows.Add(row);
        var list = _kept.FirstOrDefault(kept => kept.Key.Platform == platform && kept.Value.List.Campaigns.SequenceEqual(rows)).Value.List
            ?? new ListVersion(platform, _kept.Count.ToString("x20", System.Globalization.CultureInfo.InvariantCulture), rows);
        _newest[platform] = _kept[(platform, list.Version)] = (list, now);
        return list;
    }

    public Task<ListVersion?> FindAsync(PlatformId platform, string version, CancellationToken cancellation) =>
        Task.FromResult(_kept.TryGetValue((platform, version), out var kept) ? kept.List : null);
}

using System.Runtime.CompilerServices;
using Succesmeter.Advice;
using Succesmeter.Campaigns;

namespace Succesmeter.Testing.Memory;

/// <summary>What became of advice, in memory.</summary>
public sealed class MemoryAdviceLog : IAdviceLog
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(CampaignId Campaign, DateOnly Day, string Code), AdviceEntry> _entries = [];
    private readonly Dictionary<CampaignId, bool> _agreed = [];

    public Task<AdviceLog> ReadAsync(CampaignId campaign, CancellationToken cancellation)
    {
        lock (_lock)
            return Task.FromResult(LogOf(campaign));
    }

    public async IAsyncEnumerable<AdviceLog> ReadAsync(PlatformId platform, [EnumeratorCancellation] CancellationToken cancellation)
    {
        List<AdviceLog> logs;
        lock (_lock)
            logs = [.. _entries.Keys.Select(static key => key.Campaign).Concat(_agreed.Keys).Distinct().Where(campaign => campaign.Platform == platform)
                .OrderBy(static campaign => $"{campaign.Name}|", StringComparer.Ordinal).Select(LogOf)];
        foreach (var log in logs)
            yield return log;
        await Task.CompletedTask;
    }

    public Task AddAsync(CampaignId campaign, AdviceEntry shown, CancellationToken cancellation)
    {
        lock (_lock)
            _entries.TryAdd((campaign, shown.Day, shown.Code), shown);
        return Task.CompletedTask;
    }

    public Task PutAsync(CampaignId campaign, AdviceEntry answered, CancellationToken cancellation)
    {
        lock (_lock)
            _entries[(campaign, answered.Day, answered.Code)] = answered;
        return Task.CompletedTask;
    }

    public Task PutConsentAsync(CampaignId campaign, bool agreed, CancellationToken cancellation)
    {
        lock (_lock)
            _agreed[campaign] = agreed;
        return Task.CompletedTask;
    }

    private AdviceLog LogOf(CampaignId campaign) => new(
        campaign,
        _agreed.TryGetValue(campaign, out var agreed) ? agreed : null,
        [.. _entries.Where(pair => pair.Key.Campaign == campaign).Select(static pair => pair.Value).OrderBy(static entry => entry.Day).ThenBy(static entry => entry.Code, StringComparer.Ordinal)]);
}

using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Succesmeter.Campaigns;
using Succesmeter.Functions.Requests;
using Succesmeter.Histories;

namespace Succesmeter.Functions.Endpoints;

/// <summary>
/// Scores as they were a moment ago: of many who look at one campaign, one reads its row. Campaigns that were never seen are not remembered, so that who guesses ids pushes no real one out.
/// </summary>
public sealed class LatestScores(ICampaignStore store, IOptions<ApiOptions> options, TimeProvider clock)
{
    /// <summary>A score is about 6 kB.</summary>
    private const int Most = 2_000;

    private readonly ConcurrentDictionary<CampaignId, (LatestScore Score, DateTimeOffset Until)> known = new();

    /// <returns>Null of a campaign that was never seen.</returns>
    public async ValueTask<LatestScore?> FindAsync(CampaignId campaign, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if (known.TryGetValue(campaign, out var kept) && now < kept.Until)
            return kept.Score;

        var record = await store.FindRecordAsync(campaign, cancellation);
        if (record.KnownThrough is null)
            return null;

        if (known.Count >= Most)
            known.Clear();
        var score = new LatestScore(record.LatestScore);
        known[campaign] = (score, now + options.Value.ScoreAge);
        return score;
    }
}

/// <param name="Json">As it is served; null while facts are awaited.</param>
public sealed record LatestScore(ReadOnlyMemory<byte>? Json);

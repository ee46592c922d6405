using System.Collections.Immutable;
using Succesmeter.Campaigns;
using Succesmeter.Intake;
using Succesmeter.Scores;

namespace Succesmeter.Pipeline;

/// <summary>The campaigns of one file: each gets one score message, at the end. Past <see cref="MostHeld"/> some get theirs earlier, and perhaps a second.</summary>
internal sealed class TouchedCampaigns(IScoreQueue queue)
{
    private const int MostHeld = 200_000;
    private const int MostKept = 25_000;

    private readonly Dictionary<CampaignId, DateTimeOffset> newest = [];
    private long sent;

    public long Count => sent + newest.Count;

    /// <summary>Null when there are too many to keep with the receipt.</summary>
    public ImmutableArray<TouchedCampaign>? Kept { get; private set; } = [];

    public async Task AddAsync(CampaignId campaign, DateTimeOffset newestAt, CancellationToken cancellation)
    {
        if (newest.Count >= MostHeld && !newest.ContainsKey(campaign))
            await SendAsync(cancellation);
        if (!newest.TryGetValue(campaign, out var known) || newestAt > known)
            newest[campaign] = newestAt;
    }

    public async Task SendAsync(CancellationToken cancellation)
    {
        Kept = sent == 0 && newest.Count <= MostKept ? [.. newest.Select(pair => new TouchedCampaign(pair.Key, pair.Value))] : null;
        var atOnce = new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = cancellation };
        await Parallel.ForEachAsync(newest.Keys, atOnce, async (campaign, stop) => await queue.SendAsync(new ScoreRequest(campaign), TimeSpan.Zero, stop));
        sent += newest.Count;
        newest.Clear();
    }
}

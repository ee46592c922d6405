using System.Collections.Immutable;
using Succesmeter.Campaigns;
using Succesmeter.Intake;
using Succesmeter.Scores;

namespace Succesmeter.Pipeline;

/// <summary>The campaigns of one file: each is named once in the score messages, at the end. Past <see cref="MostHeld"/> some are named earlier, and perhaps twice.</summary>
internal sealed class TouchedCampaigns(IScoreQueue queue)
{
    private const int MostHeld = 200_000;
    private const int MostKept = 25_000;

    private readonly Dictionary<CampaignId, Touch> newest = [];
    private long sent;

    public long Count => sent + newest.Count;

    /// <summary>Null when there are too many to keep with the receipt.</summary>
    public ImmutableArray<TouchedCampaign>? Kept { get; private set; } = [];

    /// <param name="parcels">The keys of what was made durable; null where they are not known, because an earlier reading did it.</param>
    public async Task AddAsync(CampaignId campaign, DateTimeOffset newestAt, IReadOnlyCollection<string>? parcels, CancellationToken cancellation)
    {
        if (newest.Count >= MostHeld && !newest.ContainsKey(campaign))
            await SendAsync(cancellation);
        if (!newest.TryGetValue(campaign, out var touch))
            newest[campaign] = touch = new Touch();
        touch.Add(newestAt, parcels);
    }

    public async Task SendAsync(CancellationToken cancellation)
    {
        Kept = sent == 0 && newest.Count <= MostKept ? [.. newest.Select(pair => new TouchedCampaign(pair.Key, pair.Value.NewestAt))] : null;
        await queue.SendAsync([.. newest.Select(touched => new ScoreRequest(touched.Key) { Parcels = touched.Value.Parcels ?? [] })], TimeSpan.Zero, cancellation);
        sent += newest.Count;
        newest.Clear();
    }

    private sealed class Touch
    {
        public DateTimeOffset NewestAt { get; private set; }

        /// <summary>Null once they are not all known, or too many for a message.</summary>
        public List<string>? Parcels { get; private set; } = [];

        public void Add(DateTimeOffset newestAt, IReadOnlyCollection<string>? parcels)
        {
            if (newestAt > NewestAt)
                NewestAt = newestAt;
            if (parcels is null || Parcels?.Count + parcels.Count > ScoreRequest.MostParcels)
                Parcels = null;
            else
                Parcels?.AddRange(parcels);
        }
    }
}

using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Succesmeter.Campaigns;
using Succesmeter.Histories;
using Succesmeter.Intake;
using Succesmeter.Scores;

namespace Succesmeter.Pipeline;

/// <summary>The campaigns of one file: each is named once in the score messages, at the end. Past <see cref="MostHeld"/> some are named earlier, and perhaps twice.</summary>
internal sealed class TouchedCampaigns(IScoreQueue queue, IncomingFile file)
{
    /// <summary>About 15 MB.</summary>
    private const int MostHeld = 100_000;

    private const int MostKept = 25_000;
    private const int MostSentAtOnce = 1_000;

    private readonly Dictionary<CampaignId, Touch> newest = [];
    private long sent;

    public long Count => sent + newest.Count;

    /// <summary>Null when there are too many to keep with the receipt.</summary>
    public ImmutableArray<TouchedCampaign>? Kept { get; private set; } = [];

    /// <param name="firstLines">Of the parcels that were made durable; null where they are not known, because an earlier reading did it.</param>
    public async Task AddAsync(CampaignId campaign, DateTimeOffset newestAt, IReadOnlyList<long>? firstLines, CancellationToken cancellation)
    {
        if (newest.Count >= MostHeld && !newest.ContainsKey(campaign))
            await SendAsync(cancellation);
        CollectionsMarshal.GetValueRefOrAddDefault(newest, campaign, out _).Add(newestAt, firstLines);
    }

    public async Task SendAsync(CancellationToken cancellation)
    {
        Kept = sent == 0 && newest.Count <= MostKept ? [.. newest.Select(pair => new TouchedCampaign(pair.Key, pair.Value.NewestAt))] : null;
        foreach (var some in newest.Chunk(MostSentAtOnce))
            await queue.SendAsync([.. some.Select(touched => RequestOf(touched.Key, touched.Value))], TimeSpan.Zero, cancellation);
        sent += newest.Count;
        newest.Clear();
    }

    private ScoreRequest RequestOf(CampaignId campaign, Touch touch) => new(campaign)
    {
        Parcels = touch.FirstLines is { } lines ? [.. lines.Select(line => Parcel.KeyOf(file.ReceivedAt, file.ReceiptId, line))] : [],
    };

    /// <summary>Small, for a file may touch very many; most campaigns have one parcel.</summary>
    private struct Touch
    {
        /// <summary>Lines count from 1; 0 while there is none.</summary>
        private long first;

        private List<long>? more;
        private bool areUnknown;

        public DateTimeOffset NewestAt { get; private set; }

        /// <summary>Null when they are not all known, or too many for a message.</summary>
        public readonly IEnumerable<long>? FirstLines => areUnknown || first == 0 ? null : (more ?? []).Prepend(first);

        public void Add(DateTimeOffset newestAt, IReadOnlyList<long>? firstLines)
        {
            if (newestAt > NewestAt)
                NewestAt = newestAt;
            if (firstLines is null)
                areUnknown = true;

            foreach (var line in firstLines ?? [])
            {
                if (first == 0)
                    first = line;
                else
                    (more ??= []).Add(line);
            }

            if (more?.Count >= ScoreRequest.MostParcels)
                areUnknown = true;
            if (areUnknown)
                more = null;
        }
    }
}

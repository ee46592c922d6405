using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Succesmeter.Campaigns;
using Succesmeter.Events;
using Succesmeter.Histories;
using Succesmeter.Pipeline;
using Succesmeter.Scores;
using Succesmeter.Snapshots;

namespace Succesmeter.Testing.Memory;

/// <summary>A campaign's way from parcels to scores with all stores in memory; the machine is quick, so properties can run it often.</summary>
public sealed class MemoryTown
{
    private int _parcels;

    private readonly IScoringModels _models;
    private readonly IOptions<ScoreOptions> _options;

    public MemoryTown(ICampaignStore? around = null, IScoringModels? models = null, bool publicScores = false, TimeProvider? clock = null)
    {
        Clock = clock ?? TimeProvider.System;
        Edges = new MemoryEdgeFiles(Clock);
        _models = models ?? new Models();
        _options = Options.Create(new ScoreOptions { PublicScores = publicScores });
        Announcements = new Announced();
        Stage = AnotherHost(around);
    }

    public MemoryCampaignStore Store { get; } = new();

    public MemoryCampaignList List { get; } = new();

    public MemoryScoreQueue Queue { get; } = new();

    /// <summary>Its days begin as a test says; nothing else here looks at it.</summary>
    public TimeProvider Clock { get; }

    public MemoryEdgeFiles Edges { get; }

    public MemoryNetworkStore Network { get; } = new();

    public MemoryTombstones Tombstones { get; } = new();

    public MemoryErasureStore Erasures { get; } = new();

    public MemoryRawFiles Raw { get; } = new();

    public MemoryRatingStore Ratings { get; } = new();

    public MemoryOutcomeStore Outcomes { get; } = new();

    public KeyedPseudonyms Pseudonyms { get; } = new(new byte[32], keyVersion: 1);

    public MemoryLeases Leases { get; } = new();

    public Announced Announcements { get; }

    public SnapshotsToScores Stage { get; }

    /// <summary>A second host on the same stores.</summary>
    public SnapshotsToScores AnotherHost(ICampaignStore? around = null) =>
        new(around ?? Store, List, Queue, Announcements, _models, Edges, Network, new UtcZones(), Pseudonyms, Tombstones, _options, NullLogger<SnapshotsToScores>.Instance);

    /// <summary>The stage that reads who gave where, at an instant of both clocks, or of two.</summary>
    public DonationsToNetwork NetworkStage(DateTimeOffset now, IPlatformClocks? clocks = null) => new(
        List, Store, Edges, Tombstones, Network, Outcomes, Leases, Pseudonyms, Queue, new UtcZones(), clocks ?? new FixedClocks(now), new StoppedClock(now), NullLogger<DonationsToNetwork>.Instance);

    /// <summary>The stage that erases.</summary>
    public DonorsToNobody ErasureStage(TimeProvider time, ICampaignStore? around = null, ErasureOptions? options = null) => new(
        Erasures, Tombstones, around ?? Store, Rewriting(around), Edges, NetworkStage(time.GetUtcNow()), Raw, new CleanedFiles(Raw), Pseudonyms, time,
        Options.Create(options ?? new ErasureOptions()), NullLogger<DonorsToNobody>.Instance);

    /// <summary>The stage that lets go of what is old, at an instant of both clocks.</summary>
    public OldToNothing RetentionStage(DateTimeOffset now, ICampaignStore? around = null) => new(
        List, around ?? Store, Rewriting(around), Ratings, Raw, new CleanedFiles(Raw), Tombstones, Pseudonyms, new FixedClocks(now), new StoppedClock(now), Options.Create(new ErasureOptions()), NullLogger<OldToNothing>.Instance);

    private RewrittenHistories Rewriting(ICampaignStore? around) => new(around ?? Store, Queue, NullLogger<RewrittenHistories>.Instance);

    /// <summary>Between this host's reading and writing, another one does the whole of the same work.</summary>
    public void LetAnotherHostGoFirst()
    {
        var other = AnotherHost();
        var isNested = false;
        Store.BeforeCommit = async campaign =>
        {
            if (isNested)
                return;
            isNested = true;
            await other.RunAsync([new ScoreRequest(campaign)], CancellationToken.None);
            isNested = false;
        };
    }

    /// <summary>Delivers and scores a campaign's snapshots as they stand, so many at a time.</summary>
    public async Task PlayAsync(ReceivedSnapshot[] history, int portion)
    {
        foreach (var parcel in history.Chunk(portion))
        {
            await DeliverAsync(parcel);
            await ScoreAsync(parcel[0].Snapshot.Campaign);
        }
    }

    public Task DeliverAsync(params IReadOnlyList<ReceivedSnapshot> snapshots) =>
        snapshots.Count == 0
            ? Task.CompletedTask
            : Store.AddParcelAsync(snapshots[0].Snapshot.Campaign, new Parcel($"{_parcels++:D6}", snapshots), CancellationToken.None);

    /// <summary>What holder or coach said.</summary>
    public Task DeliverAsync(CampaignId campaign, ReceivedNote note) => Store.AddParcelAsync(campaign, Parcel.Of(note), CancellationToken.None);

    public async Task ScoreAsync(CampaignId campaign, DateTimeOffset? tick = null) => await Stage.RunAsync([new ScoreRequest(campaign, tick)], CancellationToken.None);

    /// <summary>The rows of a campaign that every order and every disturbance must end in: all but what was told when.</summary>
    public async Task<string> RowsAsync(CampaignId campaign)
    {
        var record = (await Store.LoadAsync(campaign, [], CancellationToken.None)).Record;
        var entries = await EntriesAsync(campaign);
        var checkpoints = (await Store.CheckpointsAfterAsync(campaign, null, CancellationToken.None)).Order().ToList();
        return Dump.Of(new
        {
            record.State,
            record.FoldedThrough,
            record.KnownThrough,
            record.LatestSummary,
            Score = record.LatestScore is { } score ? System.Text.Encoding.UTF8.GetString(score.Span) : null,
            entries,
            checkpoints,
            Listing = await List.FindAsync(campaign, CancellationToken.None) is { } listing ? listing with { Sequence = 0 } : null,
        });
    }

    public async Task<List<HistoryEntry>> EntriesAsync(CampaignId campaign)
    {
        var entries = new List<HistoryEntry>();
        await foreach (var entry in Store.ReadEntriesAsync(campaign, null, DateTimeOffset.MaxValue, CancellationToken.None))
            entries.Add(entry);
        return entries;
    }

    public async Task<List<CampaignEvent>> EventsAsync(CampaignId campaign)
    {
        var events = new List<CampaignEvent>();
        await foreach (var told in Store.ReadEventsAsync(campaign, CancellationToken.None))
            events.Add(told);
        return events;
    }

    /// <summary>Remembers what was announced, repetitions included.</summary>
    public sealed class Announced : IEventAnnouncements
    {
        public List<CampaignEvent> All { get; } = [];

        public ValueTask<bool> HasSubscribersAsync(CampaignId campaign, CancellationToken cancellation) => new(true);

        public Task AnnounceAsync(IReadOnlyList<CampaignEvent> events, CancellationToken cancellation)
        {
            lock (All)
                All.AddRange(events);
            return Task.CompletedTask;
        }

        public List<PlatformEvent> OfPlatforms { get; } = [];

        public Task AnnounceAsync(PlatformEvent happened, CancellationToken cancellation)
        {
            lock (All)
                OfPlatforms.Add(happened);
            return Task.CompletedTask;
        }
    }

    private sealed class Models : IScoringModels
    {
        public ValueTask<ScoringModel?> CurrentAsync(CancellationToken cancellation) => new(Some.Model);
    }
}

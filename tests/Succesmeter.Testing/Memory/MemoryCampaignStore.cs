using System.Runtime.CompilerServices;
using Succesmeter.Campaigns;
using Succesmeter.Events;
using Succesmeter.Histories;
using Succesmeter.Intake;
using Succesmeter.Snapshots;

namespace Succesmeter.Testing.Memory;

/// <summary>Histories in memory, with the same promises as the tables: atomic commits, a version that must match, rows in order.</summary>
public sealed class MemoryCampaignStore : ICampaignStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<CampaignId, Partition> _partitions = [];

    /// <summary>How many histories were read.</summary>
    public int HistoriesRead { get; private set; }

    /// <summary>Called before a commit is looked at; a test may let somebody else be quicker.</summary>
    public Func<CampaignId, Task>? BeforeCommit { get; set; }

    public Task AddParcelAsync(CampaignId campaign, Parcel parcel, CancellationToken cancellation)
    {
        lock (_lock)
            Of(campaign).Parcels[parcel.Key] = parcel with { Version = $"{++Of(campaign).Changes}" };
        return Task.CompletedTask;
    }

    public Task<bool> HasParcelAsync(CampaignId campaign, Receipt receipt, CancellationToken cancellation)
    {
        lock (_lock)
            return Task.FromResult(Of(campaign).Parcels.Keys.Any(key => key.StartsWith(Parcel.Prefix(receipt.ReceivedAt, receipt.Id), StringComparison.Ordinal)));
    }

    public Task<CampaignRecord> FindRecordAsync(CampaignId campaign, CancellationToken cancellation)
    {
        lock (_lock)
            return Task.FromResult(Of(campaign).Record ?? CampaignRecord.Of(campaign));
    }

    public Task<LoadedCampaign> LoadAsync(CampaignId campaign, IReadOnlyList<string> parcels, CancellationToken cancellation)
    {
        const int most = 32;
        lock (_lock)
        {
            var partition = Of(campaign);
            if (parcels.Count > 0)
                return Task.FromResult(new LoadedCampaign(
                    partition.Record ?? CampaignRecord.Of(campaign), [.. parcels.Where(partition.Parcels.ContainsKey).Select(key => partition.Parcels[key])], partition.Version));

            return Task.FromResult(new LoadedCampaign(partition.Record ?? CampaignRecord.Of(campaign), [.. partition.Parcels.Values.Take(most)], partition.Version)
            {
                HasMoreParcels = partition.Parcels.Count > most,
            });
        }
    }

    public async IAsyncEnumerable<HistoryEntry> ReadEntriesAsync(
        CampaignId campaign, DateTimeOffset? after, DateTimeOffset through, [EnumeratorCancellation] CancellationToken cancellation)
    {
        List<HistoryEntry> entries;
        lock (_lock)
        {
            HistoriesRead++;
            entries = [.. Of(campaign).Entries.Values.Where(entry => (after is null || entry.At > after) && entry.At <= through)];
        }

        foreach (var entry in entries)
        {
            await Task.CompletedTask;
            yield return entry;
        }
    }

    public Task<Checkpoint?> NewestCheckpointAsync(CampaignId campaign, DateTimeOffset before, CancellationToken cancellation)
    {
        lock (_lock)
            return Task.FromResult(Of(campaign).Checkpoints.Values.LastOrDefault(checkpoint => checkpoint.At < before));
    }

    public Task<IReadOnlyList<DateTimeOffset>> CheckpointsAfterAsync(CampaignId campaign, DateTimeOffset? after, CancellationToken cancellation)
    {
        lock (_lock)
            return Task.FromResult<IReadOnlyList<DateTimeOffset>>([.. Of(campaign).Checkpoints.Keys.Where(at => after is null || at > after)]);
    }

    public Task<IReadOnlyList<int>> SegmentsAsync(CampaignId campaign, CancellationToken cancellation)
    {
        lock (_lock)
            return Task.FromResult<IReadOnlyList<int>>([.. Of(campaign).Segments.Keys.Order()]);
    }

    public async IAsyncEnumerable<Parcel> ReadParcelsAsync(CampaignId campaign, [EnumeratorCancellation] CancellationToken cancellation)
    {
        List<Parcel> parcels;
        lock (_lock)
            parcels = [.. Of(campaign).Parcels.Values];
        foreach (var parcel in parcels)
        {
            await Task.CompletedTask;
            yield return parcel;
        }
    }

    public async IAsyncEnumerable<(CampaignId Campaign, bool Has)> ReadHavingAsync(
        PlatformId platform, string? after, Func<Snapshot, bool> isSuch, [EnumeratorCancellation] CancellationToken cancellation)
    {
        List<(CampaignId, bool)> found = [];
        lock (_lock)
            foreach (var (campaign, partition) in _partitions.OrderBy(one => one.Key.Name, StringComparer.Ordinal))
            {
                var snapshots = partition.Parcels.Values.SelectMany(parcel => parcel.Snapshots).Concat(partition.Entries.Values.Select(entry => entry.Snapshot).OfType<ReceivedSnapshot>());
                if (campaign.Platform == platform && (after is null || string.CompareOrdinal(campaign.Name, after) > 0) && partition.Parcels.Count + partition.Entries.Count > 0)
                    found.Add((campaign, snapshots.Any(received => isSuch(received.Snapshot))));
            }

        foreach (var one in found)
        {
            await Task.CompletedTask;
            yield return one;
        }
    }

    /// <summary>All gifts in sealed segments.</summary>
    public IReadOnlyList<Gift> SealedOf(CampaignId campaign)
    {
        lock (_lock)
            return [.. Of(campaign).Segments.Values.SelectMany(segment => segment.Gifts)];
    }

    public async Task<LoadedCampaign?> CommitAsync(LoadedCampaign loaded, CampaignCommit commit, CancellationToken cancellation)
    {
        var campaign = loaded.Record.State.Campaign;
        if (BeforeCommit is { } interfere)
            await interfere(campaign);

        lock (_lock)
        {
            var partition = Of(campaign);
            if ((commit.Record is not null && partition.Version != loaded.Version) || !commit.ParcelsDone.All(key => partition.Parcels.TryGetValue(key, out var parcel) && loaded.Parcels.All(one => one.Key != key || one.Version == parcel.Version)))
                return null;

            if (commit.Record is { } record)
            {
                partition.Record = record;
                partition.Version = $"{++partition.Changes}";
            }

            foreach (var entry in commit.Entries)
                partition.Entries[$"{entry.At.ToUnixTimeMilliseconds():D15}|{entry.Place}"] = entry;
            foreach (var at in commit.CheckpointsDone)
                partition.Checkpoints.Remove(at);
            foreach (var checkpoint in commit.Checkpoints)
                partition.Checkpoints[checkpoint.At] = checkpoint;
            foreach (var told in commit.Events)
                partition.Events[told.Id] = told;
            foreach (var number in commit.SegmentsDone)
                partition.Segments.Remove(number);
            foreach (var segment in commit.Segments)
                partition.Segments[segment.Number] = segment;
            foreach (var key in commit.ParcelsDone)
                partition.Parcels.Remove(key);

            return loaded with
            {
                Record = commit.Record ?? loaded.Record,
                Version = partition.Version,
                Parcels = [.. loaded.Parcels.Where(parcel => !commit.ParcelsDone.Contains(parcel.Key))],
            };
        }
    }

    public async IAsyncEnumerable<CampaignEvent> ReadEventsAsync(CampaignId campaign, [EnumeratorCancellation] CancellationToken cancellation)
    {
        List<CampaignEvent> events;
        lock (_lock)
            events = [.. Of(campaign).Events.Values.OrderByDescending(told => told.AsOf).ThenBy(told => told.Id, StringComparer.Ordinal)];
        foreach (var told in events)
        {
            await Task.CompletedTask;
            yield return told;
        }
    }

    private Partition Of(CampaignId campaign)
    {
        if (!_partitions.TryGetValue(campaign, out var partition))
            _partitions[campaign] = partition = new Partition();
        return partition;
    }

    private sealed class Partition
    {
        public CampaignRecord? Record { get; set; }

        public string? Version { get; set; }

        public int Changes { get; set; }

        public SortedDictionary<string, Parcel> Parcels { get; } = new(StringComparer.Ordinal);

        public SortedDictionary<string, HistoryEntry> Entries { get; } = new(StringComparer.Ordinal);

        public SortedDictionary<DateTimeOffset, Checkpoint> Checkpoints { get; } = [];

        public Dictionary<string, CampaignEvent> Events { get; } = [];

        public Dictionary<int, GiftSegment> Segments { get; } = [];
    }
}

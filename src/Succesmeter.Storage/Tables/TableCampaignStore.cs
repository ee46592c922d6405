using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Azure;
using Azure.Data.Tables;
using Microsoft.Extensions.Logging;
using Succesmeter.Campaigns;
using Succesmeter.Events;
using Succesmeter.Histories;
using Succesmeter.Intake;
using Succesmeter.Snapshots;

namespace Succesmeter.Storage.Tables;

/// <summary>Histories in Azure Tables: table <c>History</c>, a partition a campaign, keys by <see cref="Keys"/>.</summary>
public sealed partial class TableCampaignStore(StorageAccount account, ILogger<TableCampaignStore> logger) : ICampaignStore, IDisposable
{
    private const int MostParcels = 32;

    private readonly TableClient history = account.Tables.GetTableClient(TableNames.History);

    /// <summary>Parcels that were added here and records that were committed here: a host that folds what it read itself reads neither.</summary>
    private readonly RememberedRows remembered = new();

    public void Dispose() => remembered.Dispose();

    public async Task AddParcelAsync(CampaignId campaign, Parcel parcel, CancellationToken cancellation)
    {
        var received = parcel.Received;
        var row = new TableEntity(Keys.Partition(campaign), Keys.Parcel(parcel.Key))
        {
            ["ReceivedAt"] = received.At.ToUnixTimeMilliseconds(),
            ["Source"] = received.Source,
        };
        if (parcel.Snapshots.Count > 0)
            BinaryColumns.Put(row, "Content", SnapshotColumns.Pack(parcel.Snapshots, campaign));
        if (parcel.Notes.Count > 0)
            row["Notes"] = NoteJson.Write(parcel.Notes.Select(said => said.Note));
        var answer = await history.UpsertEntityAsync(row, TableUpdateMode.Replace, cancellation);
        remembered.Put(row, answer.Headers.ETag);
    }

    public async Task<bool> HasParcelAsync(CampaignId campaign, Receipt receipt, CancellationToken cancellation)
    {
        var prefix = Keys.Parcel(Parcel.Prefix(receipt.ReceivedAt, receipt.Id));
        var range = TableClient.CreateQueryFilter($"PartitionKey eq {Keys.Partition(campaign)} and RowKey ge {prefix} and RowKey lt {Keys.EndOf(prefix)}");
        await foreach (var _ in history.QueryAsync<TableEntity>(range, maxPerPage: 1, select: ["RowKey"], cancellationToken: cancellation))
            return true;
        return false;
    }

    public async Task<LoadedCampaign> LoadAsync(CampaignId campaign, IReadOnlyList<string> parcels, CancellationToken cancellation)
    {
        if (parcels.Count == 0)
            return await LoadAllAsync(campaign, cancellation);

        // By key, because the local emulator looks through a whole table for any range.
        var partition = Keys.Partition(campaign);
        var known = remembered.Find(partition, Keys.Record);
        var reading = known is null ? ReadAsync(partition, Keys.Record, cancellation) : null;
        var waiting = (await Task.WhenAll(parcels.Select(key => FindAsync(partition, Keys.Parcel(key), cancellation)))).OfType<TableEntity>().Select(ReadParcel).ToList();

        // Where all parcels are gone somebody else folded them, and no commit will tell that what is remembered is old.
        var record = reading is not null ? await reading : waiting.Count > 0 ? known : await ReadAsync(partition, Keys.Record, cancellation);
        return new LoadedCampaign(record is null ? CampaignRecord.Of(campaign) : await ReadRecordAsync(campaign, record, cancellation), waiting, record?.ETag.ToString());
    }

    public async Task<CampaignRecord> FindRecordAsync(CampaignId campaign, CancellationToken cancellation)
    {
        var row = await ReadAsync(Keys.Partition(campaign), Keys.Record, cancellation);
        return row is null ? CampaignRecord.Of(campaign) : await ReadRecordAsync(campaign, row, cancellation);
    }

    public async IAsyncEnumerable<HistoryEntry> ReadEntriesAsync(
        CampaignId campaign, DateTimeOffset? after, DateTimeOffset through, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var from = after is { } instant ? Keys.HistoryAfter(instant) : Keys.History;
        var range = TableClient.CreateQueryFilter($"PartitionKey eq {Keys.Partition(campaign)} and RowKey gt {from} and RowKey lt {Keys.HistoryAfter(through)}");
        await foreach (var row in history.QueryAsync<TableEntity>(range, cancellationToken: cancellation))
            yield return ReadEntry(row);
    }

    public async Task<Checkpoint?> NewestCheckpointAsync(CampaignId campaign, DateTimeOffset before, CancellationToken cancellation)
    {
        var range = TableClient.CreateQueryFilter(
            $"PartitionKey eq {Keys.Partition(campaign)} and RowKey gt {Keys.Checkpoint(before)} and RowKey lt {Keys.EndOf(Keys.Checkpoints)}");
        await foreach (var row in history.QueryAsync<TableEntity>(range, maxPerPage: 1, cancellationToken: cancellation))
            if (ReadCheckpoint(campaign, row) is { } state)
                return new Checkpoint(DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64("At")!.Value), state);

        return null;
    }

    public async Task<IReadOnlyList<DateTimeOffset>> CheckpointsAfterAsync(CampaignId campaign, DateTimeOffset? after, CancellationToken cancellation)
    {
        var until = after is { } instant ? Keys.Checkpoint(instant) : Keys.EndOf(Keys.Checkpoints);
        var range = TableClient.CreateQueryFilter($"PartitionKey eq {Keys.Partition(campaign)} and RowKey ge {Keys.Checkpoints} and RowKey lt {until}");
        var instants = new List<DateTimeOffset>();
        await foreach (var row in history.QueryAsync<TableEntity>(range, select: ["At"], cancellationToken: cancellation))
            instants.Add(DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64("At")!.Value));
        return instants;
    }

    public async Task<IReadOnlyList<int>> SegmentsAsync(CampaignId campaign, CancellationToken cancellation)
    {
        var range = TableClient.CreateQueryFilter($"PartitionKey eq {Keys.Partition(campaign)} and RowKey ge {Keys.Segments} and RowKey lt {Keys.EndOf(Keys.Segments)}");
        var numbers = new List<int>();
        await foreach (var row in history.QueryAsync<TableEntity>(range, select: ["RowKey"], cancellationToken: cancellation))
            numbers.Add(Keys.SegmentOf(row.RowKey));
        return numbers;
    }

    public async IAsyncEnumerable<Parcel> ReadParcelsAsync(CampaignId campaign, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var range = TableClient.CreateQueryFilter($"PartitionKey eq {Keys.Partition(campaign)} and RowKey ge {Keys.Parcels} and RowKey lt {Keys.EndOf(Keys.Parcels)}");
        await foreach (var row in history.QueryAsync<TableEntity>(range, cancellationToken: cancellation))
            yield return ReadParcel(row);
    }

    public async IAsyncEnumerable<(CampaignId Campaign, bool Has)> ReadHavingAsync(
        PlatformId platform, string? after, Func<Snapshot, bool> isSuch, [EnumeratorCancellation] CancellationToken cancellation)
    {
        // Platform ids have no '|', so one range of partitions is one platform; record, checkpoints, events and segments are derived from what is read here.
        var all = $"{platform}|";
        var from = after is null ? all : Keys.Partition(new CampaignId(platform, after));
        var range = TableClient.CreateQueryFilter(
            $"PartitionKey gt {from} and PartitionKey lt {Keys.EndOf(all)} and ((RowKey ge {Keys.Parcels} and RowKey lt {Keys.EndOf(Keys.Parcels)}) or (RowKey ge {Keys.History} and RowKey lt {Keys.EndOf(Keys.History)}))");
        (string Partition, bool Has)? current = null;
        await foreach (var row in history.QueryAsync<TableEntity>(range, cancellationToken: cancellation))
        {
            if (current is { } before && before.Partition != row.PartitionKey)
                yield return Of(before);
            var has = current is { } same && same.Partition == row.PartitionKey && same.Has;
            current = (row.PartitionKey, has || SnapshotsOf(row).Any(isSuch));
        }

        if (current is { } last)
            yield return Of(last);

        (CampaignId, bool) Of((string Partition, bool Has) one) => (new CampaignId(platform, one.Partition[all.Length..]), one.Has);
    }

    public async Task<LoadedCampaign?> CommitAsync(LoadedCampaign loaded, CampaignCommit commit, CancellationToken cancellation)
    {
        var campaign = loaded.Record.State.Campaign;
        var partition = Keys.Partition(campaign);
        if (commit.Record is null && remembered.Find(partition, Keys.Record) is not null)
        {
            // Its version is not compared below, so it must have been read.
            Forget(loaded, partition);
            return null;
        }

        var actions = new List<TableTransactionAction>();
        var record = commit.Record is null ? null : WriteRecord(partition, commit.Record);
        if (record is not null)
            actions.Add(loaded.Version is { } version
                ? new TableTransactionAction(TableTransactionActionType.UpdateReplace, record, new ETag(version))
                : new TableTransactionAction(TableTransactionActionType.Add, record));

        actions.AddRange(commit.Entries.Select(entry => Upsert(WriteEntry(partition, entry))));
        actions.AddRange(commit.Checkpoints.Select(checkpoint => Upsert(WriteCheckpoint(partition, checkpoint))));
        actions.AddRange(commit.CheckpointsDone.Select(at => Delete(partition, Keys.Checkpoint(at))));
        actions.AddRange(commit.SegmentsDone.Select(number => Delete(partition, Keys.Segment(number))));
        actions.AddRange(commit.Segments.Select(segment => Upsert(WriteSegment(partition, segment))));
        actions.AddRange(commit.Events.Select(told => Upsert(WriteEvent(partition, told))));
        actions.AddRange(commit.ParcelsDone.Select(key => Delete(partition, Keys.Parcel(key), loaded.Parcels.FirstOrDefault(parcel => parcel.Key == key)?.Version)));

        try
        {
            var answers = await history.SubmitTransactionAsync(actions, cancellation);
            foreach (var key in commit.ParcelsDone)
                remembered.Forget(partition, Keys.Parcel(key));
            if (record is not null)
                remembered.Put(record, answers.Value[0].Headers.ETag);

            return loaded with
            {
                Record = commit.Record ?? loaded.Record,
                Version = record is null ? loaded.Version : answers.Value[0].Headers.ETag?.ToString(),
                Parcels = [.. loaded.Parcels.Where(parcel => !commit.ParcelsDone.Contains(parcel.Key))],
            };
        }
        catch (RequestFailedException changed) when (changed.Status is 404 or 409 or 412)
        {
            // 412: the record or a parcel was replaced; 409: the record was made; 404: someone else put a parcel away.
            Forget(loaded, partition);
            return null;
        }
    }

    public async IAsyncEnumerable<CampaignEvent> ReadEventsAsync(CampaignId campaign, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var range = TableClient.CreateQueryFilter(
            $"PartitionKey eq {Keys.Partition(campaign)} and RowKey ge {Keys.Events} and RowKey lt {Keys.EndOf(Keys.Events)}");
        await foreach (var row in history.QueryAsync<TableEntity>(range, cancellationToken: cancellation))
        {
            yield return ReadEvent(campaign, row);
        }
    }

    private async Task<LoadedCampaign> LoadAllAsync(CampaignId campaign, CancellationToken cancellation)
    {
        var partition = Keys.Partition(campaign);
        var record = CampaignRecord.Of(campaign);
        string? version = null;
        var parcels = new List<Parcel>();
        var more = false;
        var range = TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ge {Keys.Record} and RowKey lt {Keys.Checkpoints}");
        await foreach (var row in history.QueryAsync<TableEntity>(range, MostParcels + 2, cancellationToken: cancellation))
        {
            if (row.RowKey == Keys.Record)
            {
                record = await ReadRecordAsync(campaign, row, cancellation);
                version = row.ETag.ToString();
            }
            else if (parcels.Count == MostParcels)
            {
                more = true;
                break;
            }
            else
            {
                parcels.Add(ReadParcel(row));
            }
        }

        return new LoadedCampaign(record, parcels, version) { HasMoreParcels = more };
    }

    private void Forget(LoadedCampaign loaded, string partition)
    {
        remembered.Forget(partition, Keys.Record);
        foreach (var parcel in loaded.Parcels)
            remembered.Forget(partition, Keys.Parcel(parcel.Key));
    }

    /// <summary>As it is remembered, or read.</summary>
    private async Task<TableEntity?> FindAsync(string partition, string key, CancellationToken cancellation) => remembered.Find(partition, key) ?? await ReadAsync(partition, key, cancellation);

    private async Task<TableEntity?> ReadAsync(string partition, string key, CancellationToken cancellation) =>
        await history.GetEntityIfExistsAsync<TableEntity>(partition, key, cancellationToken: cancellation) is { HasValue: true, Value: var row } ? row : null;

    private static IEnumerable<Snapshot> SnapshotsOf(TableEntity row) => row.RowKey.StartsWith(Keys.Parcels, StringComparison.Ordinal)
        ? ReadParcel(row).Snapshots.Select(static received => received.Snapshot)
        : ReadEntry(row) is { Snapshot: { } received } ? [received.Snapshot] : [];

    private static Parcel ReadParcel(TableEntity row)
    {
        var (receivedAt, source) = (DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64("ReceivedAt")!.Value), row.GetString("Source"));
        return new Parcel(row.RowKey[Keys.Parcels.Length..], BinaryColumns.Get(row, "Content") is { } content ? SnapshotColumns.Unpack(content, receivedAt, source) : [])
        {
            Version = row.ETag.ToString(),
            Notes = row.GetString("Notes") is { } notes ? [.. NoteJson.Read(notes).Select(note => new ReceivedNote(note, new Received(receivedAt, source, 1)))] : [],
        };
    }

    private static TableTransactionAction Upsert(TableEntity row) => new(TableTransactionActionType.UpsertReplace, row);

    private static TableTransactionAction Delete(string partition, string key, string? version = null) =>
        new(TableTransactionActionType.Delete, new TableEntity(partition, key), version is null ? ETag.All : new ETag(version));

    private static TableEntity WriteRecord(string partition, CampaignRecord record)
    {
        var row = new TableEntity(partition, Keys.Record)
        {
            ["Sequence"] = record.Sequence,
            ["NamesDonors"] = record.NamesDonors,
            ["FoldedThrough"] = record.FoldedThrough?.ToUnixTimeMilliseconds(),
            ["KnownThrough"] = record.KnownThrough?.ToUnixTimeMilliseconds(),
            ["Told"] = JsonSerializer.Serialize(
                new StoredTold(
                    record.Told.Through?.ToUnixTimeMilliseconds(),
                    record.Told.Discovered,
                    record.Told.Ended,
                    [.. record.Told.Milestones],
                    record.Told.Status,
                    new SortedDictionary<string, int>(record.Told.StatusEpisodes.ToDictionary(), StringComparer.Ordinal),
                    record.Told.IsIgnited,
                    record.Told.Ignitions)
                {
                    Count = record.Told.Count,
                    Behind = record.Told.IsBehind,
                    TimesBehind = record.Told.TimesBehind,
                    Stalled = record.Told.IsStalled,
                    Stalls = record.Told.Stalls,
                },
                RecordJson.Default.StoredTold),
            ["UnsentEvents"] = JsonSerializer.Serialize(
                [.. record.UnsentEvents.Select(StoredEvent.Of)],
                RecordJson.Default.StoredEventArray),
        };
        BinaryColumns.Put(row, "State", CampaignStateCodec.Write(record.State));
        if (record.LatestScore is { } score)
            BinaryColumns.Put(row, "Score", SnapshotColumns.Deflate(score.Span));
        BinaryColumns.Put(row, "Recent", RecentColumn.Write(record.Recent));
        if (record.LatestSummary is { } summary)
            SummaryColumns.Write(row, summary);
        return row;
    }

    /// <summary>What of a row is damaged is derived anew: state and score by a replay from the beginning, what was told from the events that were.</summary>
    private async ValueTask<CampaignRecord> ReadRecordAsync(CampaignId campaign, TableEntity row, CancellationToken cancellation)
    {
        var isDamaged = false;
        var state = Whole("state", () => CampaignStateCodec.Read(campaign, BinaryColumns.Get(row, "State") ?? []));
        var score = Whole("score", () => BinaryColumns.Get(row, "Score") is { } packed ? SnapshotColumns.Inflate(packed) : null);
        var recent = Whole("recent snapshots", () => BinaryColumns.Get(row, "Recent"));
        var told = Whole("told events", () => Parsed(row.GetString("Told"), RecordJson.Default.StoredTold));
        var unsent = Whole("unsent events", () => Parsed(row.GetString("UnsentEvents"), RecordJson.Default.StoredEventArray));

        // A state of another version is as good as none: the record then reads as a replay from the beginning.
        var known = isDamaged ? null : state;
        var knownThrough = Instant(row.GetInt64("KnownThrough"));
        var summary = SummaryColumns.Read(row);
        List<CampaignEvent> events = [];
        if (told is null || unsent is null)
            await foreach (var one in ReadEventsAsync(campaign, cancellation))
                events.Add(one);

        return new CampaignRecord
        {
            State = known ?? CampaignState.Of(campaign),
            FoldedThrough = known is null ? null : Instant(row.GetInt64("FoldedThrough")),
            KnownThrough = knownThrough,
            Sequence = row.GetInt64("Sequence")!.Value,

            // Rows from before it was kept may.
            NamesDonors = row.GetBoolean("NamesDonors") ?? true,
            Told = told is null ? ToldEvents.Of(events, knownThrough, summary?.Status) : ToldOf(told),

            // Announced again is as good as once; what is older was announced long ago.
            UnsentEvents = unsent is null ? [.. events.Where(one => one.AsOf == events.Max(static other => other.AsOf))] : [.. unsent.Select(stored => stored.ToEvent(campaign))],
            LatestScore = score is null ? (ReadOnlyMemory<byte>?)null : score,
            LatestSummary = summary,
            Recent = RecentColumn.Read(recent ?? []),
        };

        T? Whole<T>(string part, Func<T?> read)
            where T : class
        {
            try
            {
                return read();
            }
            catch (InvalidDataException damage)
            {
                LogDamaged(damage, campaign, part);
                isDamaged = true;
                return null;
            }
        }
    }

    /// <returns>Null for one of another version, or a damaged one: the one before it serves as well.</returns>
    private CampaignState? ReadCheckpoint(CampaignId campaign, TableEntity row)
    {
        try
        {
            return CampaignStateCodec.Read(campaign, Content(row));
        }
        catch (InvalidDataException damage)
        {
            LogDamaged(damage, campaign, "checkpoint");
            return null;
        }
    }

    /// <exception cref="InvalidDataException">It is cut off, or missing.</exception>
    private static T Parsed<T>(string? json, JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(json ?? "", type) ?? throw new InvalidDataException("It says null.");
        }
        catch (JsonException broken)
        {
            throw new InvalidDataException(broken.Message, broken);
        }
    }

    private static ToldEvents ToldOf(StoredTold told) => new()
    {
        Through = Instant(told.Through),
        Discovered = told.Discovered,
        Ended = told.Ended,
        Milestones = [.. told.Milestones],
        Status = told.Status,
        IsIgnited = told.Ignited,
        Ignitions = told.Ignitions,
        Count = told.Count,
        IsBehind = told.Behind,
        TimesBehind = told.TimesBehind,
        IsStalled = told.Stalled,
        Stalls = told.Stalls,
        StatusEpisodes = told.Episodes.ToImmutableSortedDictionary(StringComparer.Ordinal),
    };

    private static TableEntity WriteEntry(string partition, HistoryEntry entry)
    {
        var row = new TableEntity(partition, Keys.Entry(entry));
        if (entry.Snapshot is { } received)
        {
            row["ReceivedAt"] = received.Received.At.ToUnixTimeMilliseconds();
            row["Source"] = received.Received.Source;
            row["Line"] = received.Received.Line;
            BinaryColumns.Put(row, "Content", SnapshotColumns.Pack(received.Snapshot));
        }

        if (entry.Note is { } said)
        {
            row["ReceivedAt"] = said.Received.At.ToUnixTimeMilliseconds();
            row["Source"] = said.Received.Source;
            row["Line"] = said.Received.Line;
            row["Note"] = NoteJson.Write([said.Note]);
        }

        if (entry.Ties is { } ties)
            row["Ties"] = TiesCodec.Bytes(ties);
        if (entry.SetAside is { } why)
            row["SetAside"] = why;
        if (entry.Score is { } score)
            SummaryColumns.Write(row, score);
        return row;
    }

    private static HistoryEntry ReadEntry(TableEntity row) => new()
    {
        At = Keys.InstantOf(row.RowKey),
        Snapshot = Keys.KindOf(row.RowKey) == 's' ? new ReceivedSnapshot(SnapshotColumns.Unpack(Content(row)), ReceivedOf(row)) : null,
        Note = Keys.KindOf(row.RowKey) == 'n' ? new ReceivedNote(NoteJson.Read(row.GetString("Note")).Single(), ReceivedOf(row)) : null,
        Ties = TiesCodec.Of(row.GetBinary("Ties")),
        SetAside = row.GetString("SetAside"),
        Score = SummaryColumns.Read(row),
    };

    private static Received ReceivedOf(TableEntity row) =>
        new(DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64("ReceivedAt")!.Value), row.GetString("Source"), row.GetInt64("Line")!.Value);

    private static TableEntity WriteCheckpoint(string partition, Checkpoint checkpoint)
    {
        var row = new TableEntity(partition, Keys.Checkpoint(checkpoint.At)) { ["At"] = checkpoint.At.ToUnixTimeMilliseconds() };
        BinaryColumns.Put(row, "Content", CampaignStateCodec.Write(checkpoint.State));
        return row;
    }

    private static TableEntity WriteSegment(string partition, GiftSegment segment)
    {
        var row = new TableEntity(partition, Keys.Segment(segment.Number));
        BinaryColumns.Put(row, "Content", CampaignStateCodec.WriteSegment(segment));
        return row;
    }

    private static TableEntity WriteEvent(string partition, CampaignEvent told) =>
        new(partition, Keys.Event(told)) { ["Event"] = JsonSerializer.Serialize(StoredEvent.Of(told), RecordJson.Default.StoredEvent) };

    /// <summary>Rows from before there was an <c>Event</c> have a column for each of the few figures of then.</summary>
    private static CampaignEvent ReadEvent(CampaignId campaign, TableEntity row)
    {
        var stored = row.GetString("Event") is { } json
            ? JsonSerializer.Deserialize(json, RecordJson.Default.StoredEvent)!
            : new StoredEvent(row.GetString("Type"), row.GetString("Level"), row.GetInt32("Episode")!.Value, row.GetInt64("AsOf")!.Value)
            {
                GoalShare = row.GetDouble("GoalShare"),
                Probability = row.GetDouble("Probability"),
                Before = row.GetString("Before"),
            };
        return stored.ToEvent(campaign);
    }

    private static byte[] Content(TableEntity row) =>
        BinaryColumns.Get(row, "Content") ?? throw new InvalidDataException($"Row {row.PartitionKey} / {row.RowKey} has no content.");

    private static DateTimeOffset? Instant(long? milliseconds) => milliseconds is { } known ? DateTimeOffset.FromUnixTimeMilliseconds(known) : null;

    [LoggerMessage(LogLevel.Error, "The stored {Part} of {Campaign} cannot be read and is derived anew")]
    private partial void LogDamaged(Exception damage, CampaignId campaign, string part);
}

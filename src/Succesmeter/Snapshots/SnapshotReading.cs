using Succesmeter.Campaigns;

namespace Succesmeter.Snapshots;

/// <summary>What must be known beside a file's bytes to read it.</summary>
public sealed record SnapshotReading
{
    /// <summary>When the file came in: the blob's creation time, the same over retries. A row taken more than a day later than this is refused.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>What a platform's campaign clock shows where that is not the machine's, by which <see cref="ReceivedAt"/> is told; null where it is.</summary>
    public Func<PlatformId, DateTimeOffset?>? OtherClockOf { get; init; }

    /// <summary>The zone of a platform's days and of its times without a zone.</summary>
    public required Func<PlatformId, TimeZoneInfo> ZoneOf { get; init; }

    public required IPseudonyms Pseudonyms { get; init; }

    /// <summary>The platform of a row that names none, where the file was pushed to one platform's address; a row that names another is refused.</summary>
    public PlatformId? Platform { get; init; }

    /// <summary>A hint, used only where the content itself does not tell: <c>.csv</c>, <c>.tsv</c>, <c>.json</c>, <c>.ndjson</c>, <c>.jsonl</c>, with or without <c>.gz</c>.</summary>
    public string? FileName { get; init; }

    /// <summary>A hint as <see cref="FileName"/>, and stronger: <c>text/csv</c>, <c>application/x-ndjson</c>.</summary>
    public string? ContentType { get; init; }

    public SnapshotLimits Limits { get; init; } = SnapshotLimits.Default;
}

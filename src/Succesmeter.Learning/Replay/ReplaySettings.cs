namespace Succesmeter.Learning.Replay;

internal sealed record ReplaySettings
{
    /// <summary>Of the data set itself.</summary>
    public required string Data { get; init; }

    public required string Output { get; init; }

    /// <summary>Days after creation that the replay ends with; null = to the last scrape.</summary>
    public int? UntilDay { get; init; }

    /// <summary>The first so many; null = all.</summary>
    public int? Campaigns { get; init; }

    /// <summary>Null = all in one.</summary>
    public int? RowsPerFile { get; init; }

    public ReplayOrder Order { get; init; }

    public bool Daily { get; init; }
}

internal enum ReplayOrder
{
    /// <summary>One campaign behind the other, each in order of time.</summary>
    Campaign,

    /// <summary>As they would have come in: by day, then by campaign.</summary>
    Time,
}

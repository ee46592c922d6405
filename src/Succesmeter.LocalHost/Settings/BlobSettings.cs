namespace Succesmeter.LocalHost.Settings;

/// <summary>extensions.blobs of host.json.</summary>
public sealed record BlobSettings
{
    public int MaxDegreeOfParallelism { get; init; } = 8 * Environment.ProcessorCount;

    /// <summary>Tries in all, before a blob is given up.</summary>
    public int PoisonBlobThreshold { get; init; } = 5;
}

namespace Succesmeter.LocalHost.Blobs;

/// <summary>How often a container is scanned, and how long a failed blob waits for its second try; each further wait is twice the one before.</summary>
public sealed record BlobPacing(TimeSpan ScanInterval, TimeSpan RetryPause)
{
    public static BlobPacing Default { get; } = new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
}

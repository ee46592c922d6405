using Succesmeter.Campaigns;

namespace Succesmeter.Networks;

/// <summary>The files that hold each platform's edges: ingestion appends, the timer reads them all and replaces them by their sum.</summary>
public interface IEdgeFiles
{
    /// <summary>Durable when it returns. Said twice it means the same.</summary>
    Task AppendAsync(PlatformId platform, EdgeBlock block, CancellationToken cancellation);

    /// <summary>In the order of their names.</summary>
    Task<IReadOnlyList<EdgePart>> ListAsync(PlatformId platform, CancellationToken cancellation);

    /// <returns>The part in the version that was read, which may be newer than the one listed; null when it is gone, replaced by somebody's sum.</returns>
    Task<EdgePart?> ReadAsync(PlatformId platform, EdgePart part, Action<EdgeBlock> take, CancellationToken cancellation);

    /// <summary>Writes the sum as a file of its own and then removes each part that was read, unless it has grown since.</summary>
    /// <returns>What of all this is left: the sum, and the parts that grew, in the version that was read.</returns>
    Task<IReadOnlyList<EdgePart>> ReplaceAsync(PlatformId platform, IReadOnlyList<EdgePart> read, IEnumerable<EdgeBlock> sum, CancellationToken cancellation);
}

/// <param name="Name">Within its platform.</param>
/// <param name="Version">Of its content.</param>
/// <param name="Kind">How it came to be.</param>
public sealed record EdgePart(string Name, string Version, EdgePartKind Kind);

public enum EdgePartKind
{
    /// <summary>What a timer wrote; it never changes.</summary>
    Sum,

    /// <summary>Of an earlier day: nobody begins an append to it any more.</summary>
    Closed,

    /// <summary>Of today.</summary>
    Growing,
}

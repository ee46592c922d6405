namespace Succesmeter.Intake;

/// <summary>Files that were read, as they came; they are kept for 30 days.</summary>
public interface IArchivedFiles
{
    /// <summary>
    /// Puts what came on some days back among the files that wait, for a reader that was mended since. Each keeps its place in the order of arrival, so that what corrected it still does; only its own
    /// earlier reading gives way. As many as one call can do; the next goes on after them.
    /// </summary>
    /// <param name="from">The first day of arrival, UTC.</param>
    /// <param name="through">The last.</param>
    /// <param name="after">Where the call before ended; null to begin.</param>
    /// <param name="cancellation">Ends it between two files.</param>
    Task<ReadAgain> ReadAgainAsync(DateOnly from, DateOnly through, string? after, CancellationToken cancellation);
}

/// <param name="Files">That wait again.</param>
/// <param name="After">Where the next call goes on; null when none is left.</param>
public sealed record ReadAgain(int Files, string? After);

namespace Succesmeter.Erasures;

/// <summary>What stands in <c>incoming</c>, <c>archive</c> and <c>quarantine</c>: all that still holds names as they came.</summary>
public interface IRawFiles
{
    IAsyncEnumerable<RawFile> ReadAsync(CancellationToken cancellation);

    /// <returns>Null where it is gone, or is another than was listed.</returns>
    Task<Stream?> OpenAsync(RawFile file, CancellationToken cancellation);

    /// <summary>Puts another content in the place of what was listed, with all else as it was; nothing where it is gone or another by now.</summary>
    /// <param name="file">As listed.</param>
    /// <param name="write">Reads the old content and writes the new one.</param>
    /// <param name="cancellation">Ends it; the old content then stands.</param>
    Task ReplaceAsync(RawFile file, Func<Stream, Stream, Task> write, CancellationToken cancellation);

    /// <summary>Nothing where it is gone or another than was listed.</summary>
    Task DeleteAsync(RawFile file, CancellationToken cancellation);
}

/// <param name="Container">Where it stands.</param>
/// <param name="Name">There.</param>
/// <param name="Version">Of its content.</param>
/// <param name="CreatedAt">On storage's clock.</param>
/// <param name="IsWaiting">It stands in <c>incoming</c>, to be read.</param>
public sealed record RawFile(string Container, string Name, string Version, DateTimeOffset CreatedAt, bool IsWaiting);

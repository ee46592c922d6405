using Succesmeter.Erasures;

namespace Succesmeter.Intake;

/// <summary>Files that were dropped or pushed and wait to be read.</summary>
public interface IIncomingFiles
{
    /// <summary>Makes a pushed body durable under a name of its own.</summary>
    Task<IncomingFile> KeepAsync(PushedBody body, CancellationToken cancellation);

    /// <returns>Null when no file of the name waits: somebody read it already.</returns>
    Task<IncomingFile?> FindAsync(string name, CancellationToken cancellation);

    /// <summary>Opens the very version that was found.</summary>
    Task<Stream> OpenAsync(IncomingFile file, CancellationToken cancellation);

    /// <summary>
    /// Moves a file that was read to the archive, where it stays for 30 days: without what names donors who were erased, and not at all where that cannot be taken out. One that came from there is only
    /// taken away.
    /// </summary>
    Task ArchiveAsync(IncomingFile file, ErasedNames erased, CancellationToken cancellation);
}

/// <param name="Name">The blob's name; its ending hints at the format.</param>
/// <param name="Version">The blob's ETag.</param>
/// <param name="ReceivedAt">The blob's creation time, to the second; of a file that is read again that of the first.</param>
/// <param name="Platform">The platform that a push was bound to; null for a file or a push for any platform.</param>
public sealed record IncomingFile(string Name, string Version, DateTimeOffset ReceivedAt, string? Platform)
{
    public string ReceiptId => Receipt.IdOf(Name, Version);

    /// <summary>It comes from the archive and still stands there.</summary>
    public bool IsReadAgain { get; init; }

    /// <summary>Of the push that sent it; null for a file that was dropped.</summary>
    public string? Traceparent { get; init; }
}

/// <param name="Content">As sent, perhaps gzipped.</param>
/// <param name="Extension">What the content type says: json, ndjson or csv.</param>
/// <param name="Platform">The platform that the push is bound to, or null.</param>
public sealed record PushedBody(Stream Content, string Extension, string? Platform);

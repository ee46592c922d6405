using System.Collections.Concurrent;
using System.Globalization;
using Succesmeter.Erasures;
using Succesmeter.Intake;

namespace Succesmeter.Testing.Memory;

/// <summary>Files in memory; a file dropped under a name that waits replaces it, as in a container.</summary>
public sealed class MemoryIncomingFiles : IIncomingFiles
{
    private readonly ConcurrentDictionary<string, (IncomingFile File, byte[] Content)> _waiting = new(StringComparer.Ordinal);
    private int _versions;

    public ConcurrentDictionary<string, byte[]> Archived { get; } = new(StringComparer.Ordinal);

    /// <summary>Wraps each stream that is opened; a test may let it break.</summary>
    public Func<Stream, Stream> OnOpen { get; set; } = stream => stream;

    public IncomingFile Drop(string name, byte[] content, DateTimeOffset receivedAt)
    {
        var file = new IncomingFile(name, Interlocked.Increment(ref _versions).ToString(CultureInfo.InvariantCulture), receivedAt, Platform: null);
        _waiting[name] = (file, content);
        return file;
    }

    public async Task<IncomingFile> KeepAsync(PushedBody body, CancellationToken cancellation)
    {
        using var content = new MemoryStream();
        await body.Content.CopyToAsync(content, cancellation);
        return Drop($"pushed/{_versions}.{body.Extension}", content.ToArray(), Some.Launch);
    }

    public Task<IncomingFile?> FindAsync(string name, CancellationToken cancellation) =>
        Task.FromResult(_waiting.TryGetValue(name, out var waiting) ? waiting.File : null);

    public Task<Stream> OpenAsync(IncomingFile file, CancellationToken cancellation) =>
        Task.FromResult(OnOpen(new MemoryStream(_waiting[file.Name].Content, writable: false)));

    public async Task ArchiveAsync(IncomingFile file, ErasedNames erased, CancellationToken cancellation)
    {
        if (!_waiting.TryRemove(file.Name, out var read))
            return;

        switch (await RawText.FindAsync(new MemoryStream(read.Content), erased, cancellation))
        {
            case RawFinding.NamesNobody:
                Archived[file.Name] = read.Content;
                break;
            case RawFinding.CanBeCleaned:
                using (var cleaned = new MemoryStream())
                {
                    await RawText.CopyAsync(new MemoryStream(read.Content), cleaned, erased, cancellation);
                    Archived[file.Name] = cleaned.ToArray();
                }

                break;
        }
    }
}

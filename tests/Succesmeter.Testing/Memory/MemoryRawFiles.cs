using System.Collections.Concurrent;
using System.Globalization;
using Succesmeter.Erasures;

namespace Succesmeter.Testing.Memory;

/// <summary>Raw files in memory.</summary>
public sealed class MemoryRawFiles : IRawFiles
{
    private readonly ConcurrentDictionary<(string Container, string Name), (RawFile File, byte[] Content)> _files = new();
    private int _versions;

    public IReadOnlyDictionary<string, byte[]> Contents => _files.ToDictionary(file => $"{file.Key.Container}/{file.Key.Name}", file => file.Value.Content, StringComparer.Ordinal);

    public void Put(string container, string name, byte[] content, DateTimeOffset createdAt) =>
        _files[(container, name)] = (new RawFile(container, name, Interlocked.Increment(ref _versions).ToString(CultureInfo.InvariantCulture), createdAt, container == "incoming"), content);

    public async IAsyncEnumerable<RawFile> ReadAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        await Task.CompletedTask;
        foreach (var (file, _) in _files.Values.ToList())
            yield return file;
    }

    public Task<Stream?> OpenAsync(RawFile file, CancellationToken cancellation) =>
        Task.FromResult<Stream?>(_files.TryGetValue((file.Container, file.Name), out var stored) && stored.File == file ? new MemoryStream(stored.Content, writable: false) : null);

    public async Task ReplaceAsync(RawFile file, Func<Stream, Stream, Task> write, CancellationToken cancellation)
    {
        if (await OpenAsync(file, cancellation) is not { } content)
            return;

        using var target = new MemoryStream();
        await write(content, target);
        Put(file.Container, file.Name, target.ToArray(), file.CreatedAt);
    }

    public Task DeleteAsync(RawFile file, CancellationToken cancellation)
    {
        _files.TryRemove((file.Container, file.Name), out _);
        return Task.CompletedTask;
    }
}

using Succesmeter.Campaigns;
using Succesmeter.Networks;

namespace Succesmeter.Testing.Memory;

/// <summary>Edges in memory, through the same bytes as in blobs.</summary>
public sealed class MemoryEdgeFiles(TimeProvider clock) : IEdgeFiles
{
    private readonly Lock _lock = new();
    private readonly Dictionary<PlatformId, SortedDictionary<string, (byte[] Bytes, int Version)>> _files = [];
    private int _changes;

    /// <summary>Called when the parts were read and before they are replaced.</summary>
    public Func<Task>? BeforeReplace { get; set; }

    /// <summary>Called after the sum was written and before a part is removed; a test may kill here.</summary>
    public Action<string>? BeforeDelete { get; set; }

    public int Appends { get; private set; }

    public int Sums { get; private set; }

    public Task AppendAsync(PlatformId platform, EdgeBlock block, CancellationToken cancellation)
    {
        lock (_lock)
        {
            Appends++;
            var name = $"{clock.GetUtcNow():yyyyMMdd}.add";
            var files = Of(platform);
            files[name] = ([.. files.TryGetValue(name, out var file) ? file.Bytes : [], .. EdgeFile.Bytes(block)], ++_changes);
        }

        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<EdgePart>> ListAsync(PlatformId platform, CancellationToken cancellation)
    {
        var today = $"{clock.GetUtcNow():yyyyMMdd}.add";
        lock (_lock)
            return Task.FromResult<IReadOnlyList<EdgePart>>([.. Of(platform).Select(file => new EdgePart(
                file.Key, $"{file.Value.Version}", file.Key.EndsWith(".sum", StringComparison.Ordinal) ? EdgePartKind.Sum : file.Key == today ? EdgePartKind.Growing : EdgePartKind.Closed))]);
    }

    public async Task<EdgePart?> ReadAsync(PlatformId platform, EdgePart part, Action<EdgeBlock> take, CancellationToken cancellation)
    {
        (byte[] Bytes, int Version) file;
        lock (_lock)
            if (!Of(platform).TryGetValue(part.Name, out file))
                return null;

        await foreach (var block in EdgeFile.ReadAsync(new MemoryStream(file.Bytes), cancellation))
            take(block);
        return part with { Version = $"{file.Version}" };
    }

    public async Task<IReadOnlyList<EdgePart>> ReplaceAsync(PlatformId platform, IReadOnlyList<EdgePart> read, IEnumerable<EdgeBlock> sum, CancellationToken cancellation)
    {
        var bytes = sum.SelectMany(EdgeFile.Bytes).ToArray();
        if (BeforeReplace is { } interfere)
            await interfere();

        var left = new List<EdgePart>();
        lock (_lock)
        {
            Sums++;
            var name = $"{string.Join('+', read.Select(static part => part.Version))}.sum";
            Of(platform)[name] = (bytes, ++_changes);
            left.Add(new EdgePart(name, $"{_changes}", EdgePartKind.Sum));
        }

        foreach (var part in read)
        {
            BeforeDelete?.Invoke(part.Name);
            lock (_lock)
            {
                if (Of(platform).TryGetValue(part.Name, out var file) && $"{file.Version}" != part.Version)
                    left.Add(part);
                else
                    Of(platform).Remove(part.Name);
            }
        }

        return [.. left.OrderBy(static part => part.Name, StringComparer.Ordinal)];
    }

    /// <summary>All that stands in the files, whatever it means.</summary>
    public async Task<List<EdgeBlock>> BlocksAsync(PlatformId platform)
    {
        var blocks = new List<EdgeBlock>();
        foreach (var part in await ListAsync(platform, CancellationToken.None))
            await ReadAsync(platform, part, blocks.Add, CancellationToken.None);
        return blocks;
    }

    private SortedDictionary<string, (byte[] Bytes, int Version)> Of(PlatformId platform)
    {
        if (!_files.TryGetValue(platform, out var files))
            _files[platform] = files = new SortedDictionary<string, (byte[], int)>(StringComparer.Ordinal);
        return files;
    }
}

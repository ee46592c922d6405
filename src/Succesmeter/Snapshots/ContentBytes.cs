using System.IO.Compression;

namespace Succesmeter.Snapshots;

/// <summary>A file's bytes, expanded where they are gzipped (told by their first two bytes), until they end or break.</summary>
internal sealed class ContentBytes : IAsyncDisposable
{
    private const string StrictSwitch = "System.IO.Compression.UseStrictValidation";

    private static readonly Lazy<bool> s_seesTruncation = new(SeesTruncation);

    private readonly CountedStream _raw;
    private readonly GZipStream? _gzip;
    private readonly SnapshotLimits _limits;
    private long _expanded;

    private ContentBytes(CountedStream raw, bool isGzipped, SnapshotLimits limits)
    {
        _raw = raw;
        _gzip = isGzipped ? new GZipStream(raw, CompressionMode.Decompress, leaveOpen: true) : null;
        _limits = limits;
    }

    public bool IsGzipped => _gzip is not null;

    /// <summary>The rule that the bytes broke, so that nothing follows; null while all is well.</summary>
    public string? Break { get; private set; }

    public static async ValueTask<ContentBytes> OpenAsync(Stream content, SnapshotLimits limits, CancellationToken cancellation)
    {
        var head = new byte[2];
        var length = await content.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellation);
        var isGzipped = IsGzip(head);
        if (isGzipped && !s_seesTruncation.Value)
            throw new InvalidOperationException($"Set {StrictSwitch} before the first gzip is read: without it a file that was cut off looks whole.");

        return new ContentBytes(new CountedStream(head.AsMemory(0, length), content), isGzipped, limits);
    }

    public static bool IsGzip(ReadOnlySpan<byte> head) => head is [0x1F, 0x8B, ..];

    /// <returns>0 at the end, or where the bytes break (see <see cref="Break"/>).</returns>
    public async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellation)
    {
        if (Break is not null)
            return 0;

        if (_gzip is null)
            return await _raw.ReadAsync(buffer, cancellation);

        int read;
        try
        {
            read = await _gzip.ReadAsync(buffer, cancellation);
        }
        catch (InvalidDataException)
        {
            Break = "is gzip data that breaks off or is corrupt here; the rows before were taken";
            return 0;
        }

        _expanded += read;
        if (_expanded > _limits.MaxExpandedBytes)
            Break = $"must expand to at most {_limits.MaxExpandedBytes} bytes";
        else if (_expanded > _limits.FreeExpandedBytes && _expanded / _limits.MaxExpansion > _raw.Count)
            Break = $"must not expand more than {_limits.MaxExpansion} times";

        return Break is null ? read : 0;
    }

    public async ValueTask DisposeAsync()
    {
        if (_gzip is not null)
            await _gzip.DisposeAsync();

        await _raw.DisposeAsync();
    }

    /// <remarks>
    /// By default GZipStream ends quietly where its input is cut off (dotnet/runtime#47563). The switch that makes it throw holds for the process and is read once, so every program of ours
    /// sets it at build time (Directory.Build.props); what else uses this library sets it here, if nothing was expanded before.
    /// </remarks>
    private static bool SeesTruncation()
    {
        AppContext.SetSwitch(StrictSwitch, true);
        using var cutOff = new GZipStream(new MemoryStream([0x1F, 0x8B, 8]), CompressionMode.Decompress);
        try
        {
            return cutOff.ReadByte() >= 0;
        }
        catch (InvalidDataException)
        {
            return true;
        }
    }

    /// <summary>The two bytes that were looked at, then the rest, counted; the stream below stays open.</summary>
    private sealed class CountedStream(ReadOnlyMemory<byte> head, Stream rest) : Stream
    {
        private ReadOnlyMemory<byte> _head = head;

        public long Count { get; private set; }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = TakeHead(buffer.Span);
            if (read == 0)
                read = await rest.ReadAsync(buffer, cancellationToken);

            Count += read;
            return read;
        }

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override int Read(byte[] buffer, int offset, int count)
        {
            var read = TakeHead(buffer.AsSpan(offset, count));
            if (read == 0)
                read = rest.Read(buffer, offset, count);

            Count += read;
            return read;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        private int TakeHead(Span<byte> buffer)
        {
            var length = Math.Min(_head.Length, buffer.Length);
            _head.Span[..length].CopyTo(buffer);
            _head = _head[length..];
            return length;
        }
    }
}

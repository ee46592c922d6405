using System.Buffers;

namespace Succesmeter.Snapshots;

/// <summary>The part of a file that is in memory: one rented buffer that slides over it and grows only as far as its longest row asks.</summary>
internal sealed class ByteWindow(ContentBytes content, int capacity = 256 << 10) : IDisposable
{
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(capacity);
    private int _start;
    private int _end;
    private bool _ended;

    public ReadOnlySpan<byte> Unread => _buffer.AsSpan(_start, _end - _start);

    /// <summary>The content ended in the middle of something, by no fault of its rows.</summary>
    public bool IsBroken => content.Break is not null;

    public void Skip(int bytes) => _start += bytes;

    public void SkipAll() => _start = _end;

    /// <summary>Brings in more, at least as much as lies unread, so that a scan begun anew each time stays linear in all.</summary>
    /// <returns>False when there is no more.</returns>
    public async ValueTask<bool> FillAsync(CancellationToken cancellation)
    {
        if (_ended)
            return false;

        MakeRoom();
        var before = _end;
        while (_end < _buffer.Length)
        {
            var read = await content.ReadAsync(_buffer.AsMemory(_end), cancellation);
            if (read == 0)
            {
                _ended = true;
                break;
            }

            _end += read;
        }

        return _end > before;
    }

    public void Dispose()
    {
        // What people gave must not lie about in a shared pool.
        ArrayPool<byte>.Shared.Return(_buffer, clearArray: true);
        _buffer = [];
    }

    private void MakeRoom()
    {
        var unread = Unread;
        if (unread.Length <= _buffer.Length / 2)
        {
            unread.CopyTo(_buffer);
        }
        else
        {
            var larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
            unread.CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer, clearArray: true);
            _buffer = larger;
        }

        _end -= _start;
        _start = 0;
    }
}

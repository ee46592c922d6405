using System.Collections.Concurrent;
using Succesmeter.Intake;
using Succesmeter.Snapshots;

namespace Succesmeter.Testing.Memory;

/// <summary>Quarantined rows in memory, by receipt.</summary>
public sealed class MemoryQuarantine : IQuarantine
{
    public ConcurrentDictionary<string, IReadOnlyList<(Rejection Why, byte[] Raw)>> Lists { get; } = new(StringComparer.Ordinal);

    public IQuarantinedRows Begin(string receiptId) => new Rows(this, receiptId);

    private sealed class Rows(MemoryQuarantine quarantine, string receiptId) : IQuarantinedRows
    {
        private readonly List<(Rejection, byte[])> _rows = [];

        public Task AddAsync(Rejection why, ReadOnlyMemory<byte> raw, CancellationToken cancellation)
        {
            _rows.Add((why, raw.ToArray()));
            return Task.CompletedTask;
        }

        public Task CompleteAsync(CancellationToken cancellation)
        {
            quarantine.Lists[receiptId] = _rows;
            return Task.CompletedTask;
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}

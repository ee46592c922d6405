using System.Collections.Concurrent;
using Succesmeter.Intake;

namespace Succesmeter.Testing.Memory;

/// <summary>Receipts in memory.</summary>
public sealed class MemoryReceiptStore : IReceiptStore
{
    private readonly ConcurrentDictionary<string, Receipt> _receipts = new(StringComparer.Ordinal);

    public Task AddAsync(Receipt receipt, CancellationToken cancellation)
    {
        _receipts.TryAdd(receipt.Id, receipt);
        return Task.CompletedTask;
    }

    public Task PutAsync(Receipt receipt, CancellationToken cancellation)
    {
        _receipts[receipt.Id] = receipt;
        return Task.CompletedTask;
    }

    public Task<Receipt?> FindAsync(string id, CancellationToken cancellation) => Task.FromResult(_receipts.GetValueOrDefault(id));
}

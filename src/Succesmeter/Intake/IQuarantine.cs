using Succesmeter.Snapshots;

namespace Succesmeter.Intake;

/// <summary>Rows that could not be taken, each with its reason, one file a receipt.</summary>
public interface IQuarantine
{
    /// <summary>Begins the list of a receipt anew; nothing is kept when no row is added.</summary>
    IQuarantinedRows Begin(string receiptId);
}

/// <summary>The list of one receipt while its file is read.</summary>
public interface IQuarantinedRows : IAsyncDisposable
{
    Task AddAsync(Rejection why, ReadOnlyMemory<byte> raw, CancellationToken cancellation);

    /// <summary>Makes the list durable.</summary>
    Task CompleteAsync(CancellationToken cancellation);
}

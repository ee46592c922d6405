namespace Succesmeter.Intake;

/// <summary>Receipts by id.</summary>
public interface IReceiptStore
{
    /// <summary>Puts a receipt in place unless there is one: the reader may have been quicker.</summary>
    Task AddAsync(Receipt receipt, CancellationToken cancellation);

    /// <summary>Replaces the receipt.</summary>
    Task PutAsync(Receipt receipt, CancellationToken cancellation);

    Task<Receipt?> FindAsync(string id, CancellationToken cancellation);
}

namespace Succesmeter.Snapshots;

/// <summary>What reading one row of a file came to.</summary>
public abstract record ReadRow
{
    private ReadRow() { }

    /// <param name="Line">Where the row began, from 1; of a JSON array the element's number.</param>
    /// <param name="Snapshot">What it says.</param>
    /// <param name="UnknownFields">How many fields were left out because the schema does not know them.</param>
    /// <param name="Bytes">How long the row was in the file, uncompressed; bounds what is held in memory.</param>
    public sealed record Taken(long Line, Snapshot Snapshot, int UnknownFields, int Bytes) : ReadRow;

    /// <param name="Why">Line, field and rule.</param>
    /// <param name="Raw">The row as sent, cut to a limit, for the quarantine; never logged.</param>
    public sealed record Refused(Rejection Why, ReadOnlyMemory<byte> Raw) : ReadRow;
}

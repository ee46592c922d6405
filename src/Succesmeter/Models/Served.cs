namespace Succesmeter.Models;

/// <summary>What came of asking for a model by its version.</summary>
public abstract record Served
{
    private Served()
    {
    }

    /// <summary>It serves.</summary>
    public sealed record Now(ModelLedger Ledger) : Served;

    /// <summary>It is not kept.</summary>
    public sealed record NotKept : Served;

    /// <summary>It is kept, but was trained on other features than this release knows, or is damaged.</summary>
    public sealed record Unreadable(string Why) : Served;
}

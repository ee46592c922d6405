namespace Succesmeter.Snapshots;

/// <summary>In-kind help asked and found.</summary>
public sealed record Needs(int Asked, int Filled)
{
    /// <summary>The holder says so; the platform itself keeps no list of needs.</summary>
    public bool Declared { get; init; }
}

namespace Succesmeter.Snapshots;

/// <summary>In-kind help asked and found.</summary>
public sealed record Needs(int Asked, int Filled);

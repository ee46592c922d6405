namespace Succesmeter.Networks;

/// <summary>How many communities of at least twenty members went on, merged, split, were born or went (<see cref="CommunityChanges"/>).</summary>
/// <param name="Since">The earlier of the two times.</param>
/// <param name="Continued">One became one.</param>
/// <param name="Merged">New ones of several.</param>
/// <param name="Split">Old ones that became several.</param>
/// <param name="Born">Like none before.</param>
/// <param name="Gone">Like none now.</param>
public sealed record ShownChanges(DateTimeOffset Since, int Continued, int Merged, int Split, int Born, int Gone);

using Succesmeter.Snapshots;

namespace Succesmeter.Networks;

/// <summary>What is known of one donor and one campaign: that gifts were given, from when to when, or that they were taken back.</summary>
/// <param name="First">Of the gifts, to the minute.</param>
/// <param name="Last">Of the gifts, to the minute.</param>
/// <param name="Identity">How surely the donor is the same person elsewhere; first names never become edges.</param>
/// <param name="Withdrawn">The campaign's complete list no longer shows the donor.</param>
/// <param name="KnownAt">The place of the word among those of its campaign (<see cref="EdgeClock"/>), kept as an instant to the second: the newest word counts.</param>
public readonly record struct DonorEdge(
    Pseudonym Donor, DateTimeOffset First, DateTimeOffset Last, IdentityQuality Identity, bool Withdrawn, DateTimeOffset KnownAt);

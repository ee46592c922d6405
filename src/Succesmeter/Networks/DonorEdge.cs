using Succesmeter.Snapshots;

namespace Succesmeter.Networks;

/// <summary>What is known of one donor and one campaign: that gifts were given, from when to when, or that they were taken back.</summary>
/// <param name="First">Of the gifts, to the minute.</param>
/// <param name="Last">Of the gifts, to the minute.</param>
/// <param name="Identity">How surely the donor is the same person elsewhere; first names never become edges.</param>
/// <param name="Withdrawn">The campaign's complete list no longer shows the donor.</param>
/// <param name="KnownAt">When the snapshot that said so was received, to the second: the newest word counts.</param>
public readonly record struct DonorEdge(
    Pseudonym Donor, DateTimeOffset First, DateTimeOffset Last, IdentityQuality Identity, bool Withdrawn, DateTimeOffset KnownAt);

using Succesmeter.Campaigns;

namespace Succesmeter.Snapshots;

/// <summary>Who gave, where the gifts themselves are not shown.</summary>
public sealed record Supporter(Pseudonym? Donor, IdentityQuality? Identity, bool Anonymous, Moment? FirstSeen);

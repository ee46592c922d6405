using System.Collections.Immutable;

namespace Succesmeter.Networks;

/// <summary>Edges of one campaign as they are appended at once. Said twice, or in another order, blocks mean the same.</summary>
/// <param name="Campaign">Its name on the platform that the file is of.</param>
/// <param name="Edges">What became known.</param>
/// <param name="LeftAt">The campaign became sensitive then: whatever was known of it until that instant is out of the network.</param>
public sealed record EdgeBlock(string Campaign, ImmutableArray<DonorEdge> Edges, DateTimeOffset? LeftAt = null);

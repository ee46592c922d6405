using Succesmeter.Snapshots;

namespace Succesmeter.Networks;

/// <summary>What a campaign's state adds to the network, which knows identified donors alone.</summary>
/// <param name="Anonymous">Gifts of nobody we know; they bound loyalty.</param>
/// <param name="Worst">The worst identity among identified donors.</param>
public sealed record TieCrowd(int Anonymous, IdentityQuality Worst);

using System.Collections.Immutable;
using Succesmeter.Snapshots;

namespace Succesmeter.Networks;

/// <summary>Edges of one campaign as they are appended at once. Said twice, or in another order, blocks mean the same.</summary>
/// <param name="Campaign">Its name on the platform that the file is of.</param>
/// <param name="Edges">What became known.</param>
/// <param name="LeftAt">The campaign became sensitive then: whatever was known of it until that instant is out of the network.</param>
public sealed record EdgeBlock(string Campaign, ImmutableArray<DonorEdge> Edges, DateTimeOffset? LeftAt = null)
{
    /// <summary>
    /// Who holds the campaign, under the pseudonym that the holder would have as a donor; first and last = its launch. No gift, and no edge of the graph. Withdrawn =
    /// nobody is known to. Null = nothing new.
    /// </summary>
    public DonorEdge? Holder { get; init; }

    /// <summary>Whether somebody for whom a tombstone stands is in it.</summary>
    public bool Names(ErasedDonors erased)
    {
        if (Holder is { } holder && erased.Contains(holder.Donor))
            return true;
        foreach (var edge in Edges)
            if (erased.Contains(edge.Donor))
                return true;
        return false;
    }

    public bool IsEmpty => Edges.IsEmpty && LeftAt is null && Holder is null;
}

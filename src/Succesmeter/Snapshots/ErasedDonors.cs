namespace Succesmeter.Snapshots;

/// <summary>The donors of one platform for whom a tombstone stands. Safe to share between threads.</summary>
public sealed class ErasedDonors(IEnumerable<Tombstone> tombstones)
{
    public static readonly ErasedDonors None = new([]);

    private readonly HashSet<Tombstone> standing = [.. tombstones];

    public int Count => standing.Count;

    /// <summary>Costs a hash, and nothing where nobody was erased.</summary>
    public bool Contains(Pseudonym donor) => standing.Count > 0 && standing.Contains(Tombstone.Of(donor));
}

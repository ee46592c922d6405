using Succesmeter.Campaigns;

namespace Succesmeter.Snapshots;

/// <summary>Turns a donor's name or id into a pseudonym, at the place where a snapshot is read and nowhere later.</summary>
public interface IPseudonyms
{
    /// <returns>Null for a donor who was erased: the gift is then read as anonymous.</returns>
    Pseudonym? Of(PlatformId platform, string donor);

    /// <summary>Every pseudonym under which a donor may stand who is shown so: as an account id and as a name, under each key that is known. The first is that of the account id under the key in use. Whether somebody was erased does not matter.</summary>
    IReadOnlyList<Pseudonym> AllOf(PlatformId platform, string donor);
}

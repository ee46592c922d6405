using Succesmeter.Campaigns;

namespace Succesmeter.Snapshots;

/// <summary>Turns a donor's name or id into a pseudonym, at the place where a snapshot is read and nowhere later.</summary>
public interface IPseudonyms
{
    /// <returns>Null for a donor who was erased: the gift is then read as anonymous.</returns>
    Pseudonym? Of(PlatformId platform, string donor);
}

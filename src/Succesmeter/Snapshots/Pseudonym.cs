namespace Succesmeter.Snapshots;

/// <summary>
/// A donor without a name: the first 128 bits of HMAC-SHA256 over the platform and the donor's name or id, under a key of one epoch.
/// Two gifts of one donor on one platform share it; across platforms and epochs it tells nothing.
/// </summary>
/// <param name="High">Bits 0–63 of the code, big-endian.</param>
/// <param name="Low">Bits 64–127.</param>
/// <param name="KeyVersion">The epoch of the key, from 1; 0 for what an expired pseudonym became.</param>
public readonly record struct Pseudonym(ulong High, ulong Low, byte KeyVersion)
{
    /// <summary>It is a number within its campaign: two gifts there have it in common, and no key, name or other campaign leads to it.</summary>
    public bool IsExpired => KeyVersion == 0;

    /// <summary>An order among pseudonyms that follows from nothing but themselves.</summary>
    internal (ulong High, ulong Low, byte KeyVersion) Rank => (High, Low, KeyVersion);

    /// <param name="number">Within its campaign, from 1.</param>
    public static Pseudonym Expired(int number) => new((ulong)number, (ulong)number, 0);
}

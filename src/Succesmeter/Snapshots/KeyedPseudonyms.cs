using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Succesmeter.Campaigns;

namespace Succesmeter.Snapshots;

/// <summary>Pseudonyms under one key: HMAC-SHA256 over the platform, a line feed and the donor. Safe to share between threads.</summary>
public sealed class KeyedPseudonyms : IPseudonyms
{
    private const int LeastKeyBytes = 16;

    private readonly byte[] _key;
    private readonly byte _keyVersion;
    private readonly Func<PlatformId, Pseudonym, bool>? _isErased;
    private readonly (byte[] Key, byte Version)[] _former;

    /// <param name="key">At least 16 bytes, better 32; whoever holds it can test a name.</param>
    /// <param name="keyVersion">The epoch, from 1.</param>
    /// <param name="isErased">Whether a tombstone stands for this donor; asked for every gift, so it must be quick and safe to share between threads.</param>
    /// <param name="former">Keys of earlier epochs: nothing new is coded with them, and who was is found by <see cref="AllOf"/>.</param>
    public KeyedPseudonyms(ReadOnlySpan<byte> key, byte keyVersion, Func<PlatformId, Pseudonym, bool>? isErased = null, IEnumerable<(byte[] Key, byte Version)>? former = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(key.Length, LeastKeyBytes, nameof(key));
        ArgumentOutOfRangeException.ThrowIfZero(keyVersion);
        _key = key.ToArray();
        _keyVersion = keyVersion;
        _isErased = isErased;
        _former = [.. former ?? []];
    }

    public Pseudonym? Of(PlatformId platform, string donor)
    {
        var pseudonym = Coded(platform, donor);
        return _isErased?.Invoke(platform, pseudonym) == true ? null : pseudonym;
    }

    /// <summary>The pseudonym whether or not the donor was erased: what an erasure needs to leave its tombstone.</summary>
    public Pseudonym Coded(PlatformId platform, string donor) => Coded(_key, _keyVersion, platform, donor);

    public IReadOnlyList<Pseudonym> AllOf(PlatformId platform, string donor)
    {
        var shown = donor.Trim();
        var (asAccount, asName) = (AccountId.Settled(shown), PersonName.Settled(shown));
        var all = new List<Pseudonym>();
        foreach (var (key, version) in _former.Prepend((_key, _keyVersion)))
        {
            all.Add(Coded(key, version, platform, asAccount));
            if (asName != asAccount)
                all.Add(Coded(key, version, platform, asName));
        }

        return all;
    }

    private static Pseudonym Coded(byte[] key, byte version, PlatformId platform, string donor)
    {
        const int onStack = 512;
        var most = platform.Value.Length + 1 + Encoding.UTF8.GetMaxByteCount(donor.Length);
        var rented = most > onStack ? ArrayPool<byte>.Shared.Rent(most) : null;
        var text = rented ?? stackalloc byte[onStack];

        // The line feed cannot stand in a platform id, so no other pair of platform and donor makes the same bytes.
        var length = Encoding.UTF8.GetBytes(platform.Value, text);
        text[length++] = (byte)'\n';
        length += Encoding.UTF8.GetBytes(donor, text[length..]);

        Span<byte> code = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key, text[..length], code);

        if (rented is not null)
            ArrayPool<byte>.Shared.Return(rented, clearArray: true);

        return new Pseudonym(BinaryPrimitives.ReadUInt64BigEndian(code), BinaryPrimitives.ReadUInt64BigEndian(code[8..]), version);
    }
}

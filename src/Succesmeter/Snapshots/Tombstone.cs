using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Succesmeter.Snapshots;

/// <summary>
/// The mark by which a donor who was erased is known again: the first half of SHA-256 over the pseudonym. A pseudonym is 128 bits that nobody can guess without the key, so the mark
/// leads back to none.
/// </summary>
public readonly record struct Tombstone(ulong High, ulong Low)
{
    private const int PseudonymBytes = 17;

    public static Tombstone Of(Pseudonym donor)
    {
        var prefix = "tombstone\n"u8;
        Span<byte> text = stackalloc byte[prefix.Length + PseudonymBytes];
        prefix.CopyTo(text);
        text[prefix.Length] = donor.KeyVersion;
        BinaryPrimitives.WriteUInt64BigEndian(text[(prefix.Length + 1)..], donor.High);
        BinaryPrimitives.WriteUInt64BigEndian(text[(prefix.Length + 9)..], donor.Low);

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(text, hash);
        return new Tombstone(BinaryPrimitives.ReadUInt64BigEndian(hash), BinaryPrimitives.ReadUInt64BigEndian(hash[8..]));
    }
}

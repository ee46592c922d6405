using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Succesmeter.Campaigns;

/// <summary>Keys by which ledgers know again what snapshots show. The first byte says what a key was made of, so that keys of two kinds never meet.</summary>
internal static class LedgerKeys
{
    /// <summary>The kind of a key that was made of an id; ledgers number their other kinds from 2.</summary>
    private const byte Named = 1;

    public static ulong Of(string id)
    {
        var most = Encoding.UTF8.GetMaxByteCount(id.Length) + 1;
        var text = most <= 512 ? stackalloc byte[most] : new byte[most];
        text[0] = Named;
        return Of(text[..(1 + Encoding.UTF8.GetBytes(id, text[1..]))]);
    }

    /// <remarks>A cryptographic hash, because ids come from outside and a made collision would hide a gift or a question.</remarks>
    public static ulong Of(ReadOnlySpan<byte> fields)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(fields, hash);
        return BinaryPrimitives.ReadUInt64BigEndian(hash);
    }
}

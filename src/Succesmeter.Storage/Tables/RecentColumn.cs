using System.Buffers.Binary;
using System.Collections.Immutable;
using Succesmeter.Histories;

namespace Succesmeter.Storage.Tables;

/// <summary>Recent snapshots as bytes: eight of the instant in milliseconds, eight of the content's hash, each.</summary>
internal static class RecentColumn
{
    private const int Each = 16;

    public static byte[] Write(ImmutableArray<RecentSnapshot> recent)
    {
        var bytes = new byte[recent.Length * Each];
        for (var i = 0; i < recent.Length; i++)
        {
            BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(i * Each), recent[i].At.ToUnixTimeMilliseconds());
            BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan((i * Each) + 8), recent[i].Content);
        }

        return bytes;
    }

    /// <exception cref="InvalidDataException">The bytes are none that <see cref="Write"/> wrote.</exception>
    public static ImmutableArray<RecentSnapshot> Read(byte[] bytes)
    {
        if (bytes.Length % Each != 0)
            throw new InvalidDataException($"Recent snapshots take {Each} bytes each, and here are {bytes.Length}.");

        var recent = ImmutableArray.CreateBuilder<RecentSnapshot>(bytes.Length / Each);
        for (var at = 0; at < bytes.Length; at += Each)
        {
            var milliseconds = BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(at));
            if (milliseconds < DateTimeOffset.MinValue.ToUnixTimeMilliseconds() || milliseconds > DateTimeOffset.MaxValue.ToUnixTimeMilliseconds())
                throw new InvalidDataException($"No snapshot was taken at {milliseconds}.");
            recent.Add(new RecentSnapshot(DateTimeOffset.FromUnixTimeMilliseconds(milliseconds), BinaryPrimitives.ReadUInt64BigEndian(bytes.AsSpan(at + 8))));
        }

        return recent.MoveToImmutable();
    }
}

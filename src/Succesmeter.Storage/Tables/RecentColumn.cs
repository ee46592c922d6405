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

    public static ImmutableArray<RecentSnapshot> Read(byte[] bytes)
    {
        var recent = ImmutableArray.CreateBuilder<RecentSnapshot>(bytes.Length / Each);
        for (var at = 0; at + Each <= bytes.Length; at += Each)
        {
            var instant = DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(at)));
            recent.Add(new RecentSnapshot(instant, BinaryPrimitives.ReadUInt64BigEndian(bytes.AsSpan(at + 8))));
        }

        return recent.MoveToImmutable();
    }
}

using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Succesmeter.Snapshots;

namespace Succesmeter.Networks;

/// <summary>
/// The compact file of a platform's edges: blocks one behind the other, each with magic, length and CRC-32C. docs/network.md has the layout. Blocks may be
/// appended by anyone at any time; what a torn append left behind is passed over, and its writer, never told of success, appends again.
/// </summary>
public static class EdgeFile
{
    /// <summary>"SME1", little-endian.</summary>
    private const uint Magic = 0x31454D53;

    /// <summary>"SMH1": the one edge is the campaign's holder and no gift. A version that does not know it passes over it as over a torn append.</summary>
    private const uint HolderMagic = 0x31484D53;

    private const int HeaderBytes = 12;

    private const int EdgeBytes = 30;

    private const byte LeftFlag = 1;

    private const byte WithdrawnFlag = 4;

    private const byte IdentityMask = 3;

    /// <summary>Keeps a block near a mebibyte, and under an append's limit of four.</summary>
    public const int MostEdgesABlock = 34_000;

    private const int MostPayloadBytes = 1 << 21;

    private static readonly DateTimeOffset s_epoch = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>As many blocks as the edges need.</summary>
    public static byte[] Bytes(EdgeBlock block)
    {
        using var bytes = new MemoryStream();
        if (block.Holder is { } holder)
            bytes.Write(BlockBytes(HolderMagic, block with { LeftAt = null }, [holder]));

        var edges = block.Edges.AsSpan();
        for (var isFirst = block.LeftAt is not null || block.Holder is null; isFirst || !edges.IsEmpty; isFirst = false)
        {
            var part = edges[..Math.Min(edges.Length, MostEdgesABlock)];
            edges = edges[part.Length..];
            bytes.Write(BlockBytes(Magic, block, part));
        }

        return bytes.ToArray();
    }

    /// <param name="file">Read once, to its end; a window of some 4 MiB is held.</param>
    public static async IAsyncEnumerable<EdgeBlock> ReadAsync(Stream file, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var window = ArrayPool<byte>.Shared.Rent(2 * (MostPayloadBytes + HeaderBytes));
        var (start, end, most, isAtEnd) = (0, 0, 0, false);
        try
        {
            while (true)
            {
                var need = Needed(window.AsSpan(start..end));
                if (need == 0)
                {
                    if (Read(window.AsSpan(start)) is { } block)
                        yield return block;
                    start += HeaderBytes + Length(window.AsSpan(start));
                }
                else if (need < 0)
                {
                    // No block begins here: on to the next place where one might.
                    var next = window.AsSpan((start + 1)..end).IndexOf((byte)(Magic & 0xFF));
                    start = next < 0 ? end : start + 1 + next;
                }
                else if (isAtEnd)
                {
                    if (start == end)
                        yield break;
                    start++;
                }
                else
                {
                    window.AsSpan(start..end).CopyTo(window);
                    (start, end) = (0, end - start);
                    var read = await file.ReadAsync(window.AsMemory(end), cancellation);
                    end += read;
                    most = Math.Max(most, end);
                    isAtEnd = read == 0;
                }
            }
        }
        finally
        {
            // Who gave where must not lie about in a shared pool.
            window.AsSpan(0, most).Clear();
            ArrayPool<byte>.Shared.Return(window);
        }
    }

    /// <returns>0 = a whole block begins here; negative = none does; otherwise there are too few bytes to tell.</returns>
    private static int Needed(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < HeaderBytes)
            return HeaderBytes - bytes.Length;
        if (BinaryPrimitives.ReadUInt32LittleEndian(bytes) is not (Magic or HolderMagic) || Length(bytes) is < 0 or > MostPayloadBytes)
            return -1;
        if (bytes.Length < HeaderBytes + Length(bytes))
            return HeaderBytes + Length(bytes) - bytes.Length;

        return BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]) == Check(bytes.Slice(HeaderBytes, Length(bytes))) ? 0 : -1;
    }

    private static int Length(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadInt32LittleEndian(bytes[4..]);

    private static byte[] BlockBytes(uint magic, EdgeBlock block, ReadOnlySpan<DonorEdge> edges)
    {
        var name = Encoding.ASCII.GetBytes(block.Campaign);
        var bytes = new byte[HeaderBytes + 2 + name.Length + 8 + (EdgeBytes * edges.Length)];
        var payload = bytes.AsSpan(HeaderBytes);
        payload[0] = block.LeftAt is null ? (byte)0 : LeftFlag;
        payload[1] = (byte)name.Length;
        name.CopyTo(payload[2..]);
        var rest = payload[(2 + name.Length)..];
        BinaryPrimitives.WriteInt32LittleEndian(rest, block.LeftAt is { } left ? SecondOf(left) : 0);
        BinaryPrimitives.WriteInt32LittleEndian(rest[4..], edges.Length);
        rest = rest[8..];
        foreach (var edge in edges)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(rest, edge.Donor.High);
            BinaryPrimitives.WriteUInt64LittleEndian(rest[8..], edge.Donor.Low);
            rest[16] = edge.Donor.KeyVersion;
            rest[17] = (byte)((byte)edge.Identity | (edge.Withdrawn ? WithdrawnFlag : 0));
            BinaryPrimitives.WriteInt32LittleEndian(rest[18..], DonorGraph.MinuteOf(edge.First));
            BinaryPrimitives.WriteInt32LittleEndian(rest[22..], DonorGraph.MinuteOf(edge.Last));
            BinaryPrimitives.WriteInt32LittleEndian(rest[26..], SecondOf(edge.KnownAt));
            rest = rest[EdgeBytes..];
        }

        BinaryPrimitives.WriteUInt32LittleEndian(bytes, magic);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4), payload.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(8), Check(payload));
        return bytes;
    }

    /// <param name="bytes">A whole block and whatever follows.</param>
    /// <returns>Null where there is nothing in it, or what is in it is not of its length: zeros behind a torn append have a right check sum.</returns>
    private static EdgeBlock? Read(ReadOnlySpan<byte> bytes)
    {
        var isHolder = BinaryPrimitives.ReadUInt32LittleEndian(bytes) == HolderMagic;
        var payload = bytes.Slice(HeaderBytes, Length(bytes));
        if (payload.Length < 2 || payload.Length < 2 + payload[1] + 8)
            return null;

        var name = Encoding.ASCII.GetString(payload.Slice(2, payload[1]));
        var rest = payload[(2 + payload[1])..];
        if (BinaryPrimitives.ReadInt32LittleEndian(rest[4..]) is var count && (count < 0 || rest.Length - 8 != (long)count * EdgeBytes))
            return null;

        DateTimeOffset? left = (payload[0] & LeftFlag) == 0 ? null : InstantOf(BinaryPrimitives.ReadInt32LittleEndian(rest));
        var edges = new DonorEdge[count];
        rest = rest[8..];
        for (var i = 0; i < edges.Length; i++)
        {
            if (!DonorGraph.IsMinute(BinaryPrimitives.ReadInt32LittleEndian(rest[18..])) || !DonorGraph.IsMinute(BinaryPrimitives.ReadInt32LittleEndian(rest[22..])))
                return null;

            edges[i] = new DonorEdge(
                new Pseudonym(BinaryPrimitives.ReadUInt64LittleEndian(rest), BinaryPrimitives.ReadUInt64LittleEndian(rest[8..]), rest[16]),
                DonorGraph.InstantOf(BinaryPrimitives.ReadInt32LittleEndian(rest[18..])),
                DonorGraph.InstantOf(BinaryPrimitives.ReadInt32LittleEndian(rest[22..])),
                (IdentityQuality)(rest[17] & IdentityMask),
                (rest[17] & WithdrawnFlag) != 0,
                InstantOf(BinaryPrimitives.ReadInt32LittleEndian(rest[26..])));
            rest = rest[EdgeBytes..];
        }

        if (isHolder)
            return edges.Length == 0 ? null : new EdgeBlock(name, []) { Holder = edges[0] };

        return new EdgeBlock(name, ImmutableCollectionsMarshal.AsImmutableArray(edges), left);
    }

    internal static int SecondOf(DateTimeOffset instant) => (int)Math.Clamp(Math.Floor((instant - s_epoch).TotalSeconds), int.MinValue, int.MaxValue);

    internal static DateTimeOffset InstantOf(int second) => s_epoch.AddSeconds(second);

    internal static uint Check(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        for (; bytes.Length >= 8; bytes = bytes[8..])
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        foreach (var b in bytes)
            crc = BitOperations.Crc32C(crc, b);
        return ~crc;
    }
}

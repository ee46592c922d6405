using System.IO.Compression;
using System.Text;
using Succesmeter.Campaigns;
using Succesmeter.Histories;
using Succesmeter.Snapshots;

namespace Succesmeter.Storage.Tables;

/// <summary>Snapshots as bytes of a row: their canonical JSON, deflated.</summary>
internal static class SnapshotColumns
{
    /// <summary>A row holds 1 MiB; the rest is for its other columns.</summary>
    public const int MostBytes = 960 * 1024;

    public static byte[] Pack(Snapshot snapshot) => Deflate(SnapshotJson.Write(snapshot));

    /// <exception cref="InvalidDataException">The bytes are none that were packed.</exception>
    /// <exception cref="FormatException">The snapshot is damaged, or of another version.</exception>
    public static Snapshot Unpack(byte[] packed) => SnapshotJson.Read(Inflate(packed));

    /// <exception cref="ParcelTooLargeException">More than <see cref="MostBytes"/>.</exception>
    public static byte[] Pack(IReadOnlyList<ReceivedSnapshot> snapshots, CampaignId campaign)
    {
        using var buffer = new MemoryStream();
        using (var writer = new BinaryWriter(buffer, Encoding.UTF8, leaveOpen: true))
        {
            foreach (var received in snapshots)
            {
                var json = SnapshotJson.Write(received.Snapshot);
                writer.Write7BitEncodedInt64(received.Received.Line);
                writer.Write7BitEncodedInt(json.Length);
                writer.Write(json);
            }
        }

        var packed = Deflate(buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
        return packed.Length <= MostBytes
            ? packed
            : throw new ParcelTooLargeException($"{snapshots.Count} snapshots of {campaign} take {packed.Length} bytes, above the {MostBytes} of a row.");
    }

    /// <exception cref="InvalidDataException">The bytes are none that were packed.</exception>
    /// <exception cref="FormatException">A snapshot in them is damaged, or of another version.</exception>
    public static IReadOnlyList<ReceivedSnapshot> Unpack(byte[] packed, DateTimeOffset receivedAt, string source)
    {
        var bytes = Inflate(packed);
        using var reader = new BinaryReader(new MemoryStream(bytes, writable: false), Encoding.UTF8);
        var snapshots = new List<ReceivedSnapshot>();
        try
        {
            while (reader.BaseStream.Position < bytes.Length)
            {
                var line = reader.Read7BitEncodedInt64();
                var snapshot = SnapshotJson.Read(reader.ReadBytes(CampaignStateCodec.ReadCount(reader, leastBytes: 1)));
                snapshots.Add(new ReceivedSnapshot(snapshot, new Received(receivedAt, source, line)));
            }
        }
        catch (EndOfStreamException cutOff)
        {
            throw new InvalidDataException($"The stored snapshots of {source} break off.", cutOff);
        }

        return snapshots;
    }

    internal static byte[] Deflate(ReadOnlySpan<byte> bytes)
    {
        using var buffer = new MemoryStream();
        using (var deflate = new DeflateStream(buffer, CompressionLevel.Fastest, leaveOpen: true))
            deflate.Write(bytes);
        return buffer.ToArray();
    }

    internal static byte[] Inflate(byte[] bytes)
    {
        // Of nothing the stream writes nothing, and takes nothing for something cut off.
        if (bytes.Length == 0)
            return [];

        using var deflate = new DeflateStream(new MemoryStream(bytes, writable: false), CompressionMode.Decompress);
        using var buffer = new MemoryStream(bytes.Length * 4);
        deflate.CopyTo(buffer);
        return buffer.ToArray();
    }
}

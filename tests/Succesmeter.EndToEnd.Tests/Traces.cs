using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Succesmeter.Snapshots;

namespace Succesmeter.EndToEnd.Tests;

/// <summary>Where in a whole account names or pseudonyms stand: in every property of every row, every blob, its name and metadata, every message; as they are, unpacked, and from Base64.</summary>
internal sealed class Traces
{
    private readonly List<byte[]> _sought = [];

    public Traces(IEnumerable<string> names, IEnumerable<Pseudonym> pseudonyms)
    {
        foreach (var name in names)
            foreach (var form in (string[])[name, name.ToUpperInvariant(), name.ToLowerInvariant(), System.Text.Json.JsonEncodedText.Encode(name).Value, System.Net.WebUtility.HtmlEncode(name), Uri.EscapeDataString(name)])
                _sought.Add(Encoding.UTF8.GetBytes(form));

        // Every way in which code writes a pseudonym begins with one of its halves or ends in it, so a half in any order of bytes or digits is enough.
        foreach (var half in pseudonyms.SelectMany(static one => (ulong[])[one.High, one.Low]))
        {
            var (little, big) = (new byte[8], new byte[8]);
            BinaryPrimitives.WriteUInt64LittleEndian(little, half);
            BinaryPrimitives.WriteUInt64BigEndian(big, half);
            foreach (var text in (string[])[half.ToString("x16", CultureInfo.InvariantCulture), half.ToString("X16", CultureInfo.InvariantCulture), half.ToString(CultureInfo.InvariantCulture), Convert.ToHexString(little), Convert.ToHexStringLower(little)])
                _sought.Add(Encoding.ASCII.GetBytes(text));
            _sought.AddRange([little, big]);
        }
    }

    public bool AreIn(ReadOnlySpan<byte> bytes)
    {
        foreach (var one in _sought)
            if (bytes.IndexOf(one) >= 0)
                return true;
        return false;
    }

    public bool AreIn(string text) => AreIn(Encoding.UTF8.GetBytes(text));

    /// <returns>Such as <c>table History buurt|een h|…</c>, in order.</returns>
    public async Task<IReadOnlyList<string>> FindAsync(string storage)
    {
        var found = new SortedSet<string>(StringComparer.Ordinal);
        await foreach (var table in new TableServiceClient(storage).QueryAsync())
            await foreach (var row in new TableClient(storage, table.Name).QueryAsync<TableEntity>())
                foreach (var (_, value) in row)
                    if (value is byte[] bytes ? AreInPacked(bytes) : AreIn(Convert.ToString(value, CultureInfo.InvariantCulture)!))
                        found.Add($"table {table.Name} {row.PartitionKey} {row.RowKey}");

        var blobs = new BlobServiceClient(storage);
        await foreach (var container in blobs.GetBlobContainersAsync())
            await foreach (var blob in blobs.GetBlobContainerClient(container.Name).GetBlobsAsync(Azure.Storage.Blobs.Models.BlobTraits.Metadata, Azure.Storage.Blobs.Models.BlobStates.None, prefix: null, default))
            {
                var content = (await blobs.GetBlobContainerClient(container.Name).GetBlobClient(blob.Name).DownloadContentAsync()).Value.Content.ToArray();
                if (AreIn(blob.Name) || blob.Metadata.Values.Any(AreIn) || AreInPacked(content))
                    found.Add($"blob {container.Name}/{blob.Name}");
            }

        var queues = new QueueServiceClient(storage);
        await foreach (var queue in queues.GetQueuesAsync())
            foreach (var message in (await queues.GetQueueClient(queue.Name).PeekMessagesAsync(32)).Value)
                if (AreIn(message.Body.ToArray()) || AreIn(FromBase64(message.Body.ToString())))
                    found.Add($"queue {queue.Name}");
        return [.. found];
    }

    private bool AreInPacked(byte[] bytes) => AreIn(bytes)
        || AreIn(Unpacked(bytes, static packed => new DeflateStream(packed, CompressionMode.Decompress)))
        || AreIn(Unpacked(bytes, static packed => new GZipStream(packed, CompressionMode.Decompress)));

    private static byte[] Unpacked(byte[] bytes, Func<Stream, Stream> unpack)
    {
        using var plain = new MemoryStream();
        try
        {
            using var stream = unpack(new MemoryStream(bytes));
            stream.CopyTo(plain);
        }
        catch (InvalidDataException)
        {
            // Not packed so; what came before the break is looked at.
        }

        return plain.ToArray();
    }

    private static byte[] FromBase64(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) ? bytes[..length] : [];
    }
}

using System.IO.Compression;

namespace Succesmeter.Outbound;

/// <summary>Reads a body up to a bound, both as it comes and decompressed, so that neither an endless answer nor a small one that expands without end fills the memory.</summary>
public static class BoundedBody
{
    private const int FirstBytes = 16 * 1024;

    /// <param name="content">Of an answer.</param>
    /// <param name="mostBytes">Before and after decompression.</param>
    /// <param name="cut">What lies behind the bound is left out instead of refused.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <exception cref="UnusableBodyException">Larger than the bound, or not in the encoding that it claims.</exception>
    /// <exception cref="IOException">It was cut off on the way; also <see cref="HttpRequestException"/>.</exception>
    public static async Task<byte[]> ReadAsync(HttpContent content, int mostBytes, bool cut, CancellationToken cancellation)
    {
        if (!cut && content.Headers.ContentLength > mostBytes)
            throw TooLarge(mostBytes);

        await using var stream = await content.ReadAsStreamAsync(cancellation);
        var (raw, isWhole) = await ReadAsync(stream, mostBytes, cut, cancellation);

        var encodings = content.Headers.ContentEncoding.Where(encoding => !encoding.Equals("identity", StringComparison.OrdinalIgnoreCase)).ToList();
        if (encodings.Count == 0 || raw.Length == 0)
            return raw;
        if (encodings.Count > 1)
            throw new UnusableBodyException("it is encoded more than once");

        await using var decoder = Decoder(encodings[0], raw);
        try
        {
            return (await ReadAsync(decoder, mostBytes, cut, cancellation, keepWhenBroken: !isWhole)).Bytes;
        }
        catch (Exception broken) when (broken is InvalidDataException or InvalidOperationException or IOException)
        {
            throw new UnusableBodyException($"it is not whole, or not {encodings[0]}", broken);
        }
    }

    private static Stream Decoder(string encoding, byte[] raw)
    {
        var source = new MemoryStream(raw, writable: false);
        return encoding.ToLowerInvariant() switch
        {
            "gzip" or "x-gzip" => new GZipStream(source, CompressionMode.Decompress),
            "br" => new BrotliStream(source, CompressionMode.Decompress),
            // By RFC 9110 it is zlib's format; some servers send the bare one.
            "deflate" when (raw[0] & 0x0F) == 8 && raw.Length > 1 && ((raw[0] << 8) | raw[1]) % 31 == 0 => new ZLibStream(source, CompressionMode.Decompress),
            "deflate" => new DeflateStream(source, CompressionMode.Decompress),
            _ => throw new UnusableBodyException("it has an encoding that was not asked for"),
        };
    }

    private static async Task<(byte[] Bytes, bool IsWhole)> ReadAsync(Stream stream, int mostBytes, bool cut, CancellationToken cancellation, bool keepWhenBroken = false)
    {
        var buffer = new byte[Math.Min(FirstBytes, mostBytes + 1)];
        var length = 0;
        while (true)
        {
            // One byte more than may be tells a body that just fits from one that does not.
            if (length == buffer.Length)
                Array.Resize(ref buffer, (int)Math.Min(2L * buffer.Length, mostBytes + 1L));

            int read;
            try
            {
                read = await stream.ReadAsync(buffer.AsMemory(length), cancellation);
            }
            catch (Exception broken) when (keepWhenBroken && (broken is InvalidDataException or InvalidOperationException or IOException))
            {
                return (buffer[..length], false);
            }

            if (read == 0)
                return (buffer[..length], true);
            length += read;
            if (length > mostBytes)
                return cut ? (buffer[..mostBytes], false) : throw TooLarge(mostBytes);
        }
    }

    private static UnusableBodyException TooLarge(int mostBytes) => new($"it is larger than {mostBytes} bytes");
}

using System.IO.Compression;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Succesmeter.Functions.Requests;

/// <summary>Which encoding of an answer a client takes (RFC 9110, section 12.5.3), and the answer in it.</summary>
internal static class Encodings
{
    /// <summary>Below this the headers weigh as much as what is saved.</summary>
    private const int Least = 1024;

    /// <summary>br, gzip; null for the bytes as they are.</summary>
    public static string? Chosen(HttpRequest request, int length)
    {
        if (length < Least || !StringWithQualityHeaderValue.TryParseList(request.Headers.AcceptEncoding, out var accepted))
            return null;

        var (brotli, gzip) = (QualityOf("br"), QualityOf("gzip"));
        return brotli > 0 && brotli >= gzip ? "br" : gzip > 0 ? "gzip" : null;

        double QualityOf(string coding) =>
            (accepted.FirstOrDefault(one => one.Value.Equals(coding, StringComparison.OrdinalIgnoreCase)) ?? accepted.FirstOrDefault(static one => one.Value == "*")) is { } found ? found.Quality ?? 1 : 0;
    }

    public static ReadOnlyMemory<byte> Packed(ReadOnlyMemory<byte> content, string encoding)
    {
        using var packed = new MemoryStream();
        using (Stream stream = encoding == "br" ? new BrotliStream(packed, CompressionLevel.Fastest, leaveOpen: true) : new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            stream.Write(content.Span);
        return packed.GetBuffer().AsMemory(0, (int)packed.Length);
    }
}

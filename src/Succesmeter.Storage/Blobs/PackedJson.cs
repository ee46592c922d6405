using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Succesmeter.Storage.Blobs;

/// <summary>A value as gzipped JSON in a blob.</summary>
internal static class PackedJson
{
    public static BinaryData Pack<T>(T value, JsonTypeInfo<T> type)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            JsonSerializer.Serialize(gzip, value, type);
        return new BinaryData(packed.ToArray());
    }

    /// <exception cref="InvalidDataException">The blob holds nothing, was cut off, or holds something else.</exception>
    public static T Unpack<T>(BinaryData packed, JsonTypeInfo<T> type)
    {
        using var gzip = new GZipStream(packed.ToStream(), CompressionMode.Decompress);
        try
        {
            return JsonSerializer.Deserialize(gzip, type) ?? throw new InvalidDataException($"A blob of {typeof(T).Name} holds nothing.");
        }
        catch (Exception other) when (other is JsonException or FormatException or ArgumentException)
        {
            throw new InvalidDataException($"A blob of {typeof(T).Name} holds something else: {other.Message}", other);
        }
    }
}

using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Succesmeter.Networks;

namespace Succesmeter.Storage;

/// <summary>What container <c>graph</c> holds beside edges.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(KeptNetwork))]
[JsonSerializable(typeof(PlatformNetwork))]
internal sealed partial class NetworkJson : JsonSerializerContext
{
    public static BinaryData Pack<T>(T value, JsonTypeInfo<T> type)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            JsonSerializer.Serialize(gzip, value, type);
        return new BinaryData(packed.ToArray());
    }

    public static T Unpack<T>(BinaryData packed, JsonTypeInfo<T> type)
    {
        using var gzip = new GZipStream(packed.ToStream(), CompressionMode.Decompress);
        return JsonSerializer.Deserialize(gzip, type) ?? throw new InvalidDataException("A blob of container graph holds nothing.");
    }
}

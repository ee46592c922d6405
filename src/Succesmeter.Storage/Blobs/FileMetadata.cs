using System.Globalization;

namespace Succesmeter.Storage.Blobs;

/// <summary>What stands beside the content of a file that came.</summary>
internal static class FileMetadata
{
    public const string Platform = "platform";
    public const string Trace = "traceparent";
    private const string ReceivedAt = "receivedat";

    public static string? Said(this IDictionary<string, string> metadata, string key) => metadata.TryGetValue(key, out var value) ? value : null;

    /// <summary>When the file first came; null where that is not said, or in no form that we write.</summary>
    public static DateTimeOffset? FirstReceived(this IDictionary<string, string> metadata) =>
        DateTimeOffset.TryParseExact(metadata.Said(ReceivedAt), "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var at) ? at : null;

    /// <summary>Of a file that is kept or read again.</summary>
    public static Dictionary<string, string> Of(string? platform, DateTimeOffset firstReceived)
    {
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal) { [ReceivedAt] = firstReceived.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture) };
        if (platform is not null)
            metadata[Platform] = platform;
        return metadata;
    }
}

using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Succesmeter.LocalHost.CommandLine;

/// <summary>keys.json of the data folder: the two host keys, and the bearer token that reads and writes all.</summary>
internal sealed record LocalKeys(string Function, string Admin, string Token)
{
    private const int Bytes = 32;

    public static string FileIn(string folder) => Path.Combine(folder, "keys.json");

    public static LocalKeys ReadOrMake(string folder)
    {
        var file = FileIn(folder);
        var json = PrivateFile.ReadOrMake(file, () => JsonSerializer.Serialize(new(Make(), Make(), Make()), KeysJson.Default.LocalKeys) + "\n");

        try
        {
            if (JsonSerializer.Deserialize(json, KeysJson.Default.LocalKeys) is { Function.Length: > 0, Admin.Length: > 0, Token.Length: > 0 } keys)
                return keys;
        }
        catch (JsonException)
        {
            // It is told below.
        }

        throw new CannotStartException($"{file} does not hold the texts function, admin and token: mend it, or delete it to get new ones.");
    }

    /// <summary>What donors' names are made pseudonyms with: 32 bytes in Base64.</summary>
    public static string ReadOrMakePseudonymKey(string folder) => ReadOrMakeKey(Path.Combine(folder, "pseudonym.key"));

    /// <summary>What the secrets of webhooks are sealed with: 32 bytes in Base64.</summary>
    public static string ReadOrMakeWebhookKey(string folder) => ReadOrMakeKey(Path.Combine(folder, "webhook.key"));

    private static string ReadOrMakeKey(string file) => PrivateFile.ReadOrMake(file, static () => Convert.ToBase64String(RandomNumberGenerator.GetBytes(Bytes)) + "\n").Trim();

    /// <summary>In characters that need no escaping in an address.</summary>
    private static string Make() => System.Buffers.Text.Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, WriteIndented = true)]
[JsonSerializable(typeof(LocalKeys))]
internal sealed partial class KeysJson : JsonSerializerContext;

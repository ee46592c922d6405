using System.Globalization;
using Microsoft.Extensions.Options;

namespace Succesmeter.Functions;

/// <summary>How donors are made pseudonymous; bound to <c>Donors</c>.</summary>
public sealed class DonorOptions
{
    public const string Section = "Donors";

    /// <summary>At least 32 random bytes, Base64; from a vault, or the local host's data folder. Whoever holds it can test whether a name gave.</summary>
    public string PseudonymKey { get; set; } = "";

    /// <summary>The epoch, from 1; grows when the key is changed.</summary>
    public byte PseudonymKeyVersion { get; set; } = 1;

    /// <summary>
    /// Keys of earlier epochs by their versions, as <see cref="PseudonymKey"/>. Nothing is coded with them; while pseudonyms of an epoch are kept (36 months) its key is needed to erase a donor of then.
    /// </summary>
    public IDictionary<string, string> FormerKeys { get; } = new Dictionary<string, string>(StringComparer.Ordinal);
}

/// <summary>Without a real key pseudonyms would be names in disguise, so the app does not start.</summary>
internal sealed class DonorOptionsValidator : IValidateOptions<DonorOptions>
{
    private const int LeastBytes = 32;

    public ValidateOptionsResult Validate(string? name, DonorOptions options)
    {
        if (!IsKey(options.PseudonymKey) || options.PseudonymKeyVersion == 0)
            return ValidateOptionsResult.Fail($"{DonorOptions.Section}:PseudonymKey must be at least {LeastBytes} random bytes in Base64 (openssl rand -base64 32), and its version at least 1.");

        return options.FormerKeys.All(former => IsKey(former.Value) && byte.TryParse(former.Key, NumberStyles.None, CultureInfo.InvariantCulture, out var version) && version > 0 && version < options.PseudonymKeyVersion)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail($"{DonorOptions.Section}:FormerKeys must be keys as PseudonymKey is, each by its version, below the one in use.");
    }

    private static bool IsKey(string text)
    {
        var key = new byte[text.Length];
        return Convert.TryFromBase64String(text, key, out var bytes) && bytes >= LeastBytes;
    }
}

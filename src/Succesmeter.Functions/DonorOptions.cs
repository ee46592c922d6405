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
}

/// <summary>Without a real key pseudonyms would be names in disguise, so the app does not start.</summary>
internal sealed class DonorOptionsValidator : IValidateOptions<DonorOptions>
{
    private const int LeastBytes = 32;

    public ValidateOptionsResult Validate(string? name, DonorOptions options)
    {
        var key = new byte[options.PseudonymKey.Length];
        return Convert.TryFromBase64String(options.PseudonymKey, key, out var bytes) && bytes >= LeastBytes && options.PseudonymKeyVersion > 0
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail($"{DonorOptions.Section}:PseudonymKey must be at least {LeastBytes} random bytes in Base64 (openssl rand -base64 32), and its version at least 1.");
    }
}

using Microsoft.Extensions.Options;

namespace Succesmeter.Functions.Access;

/// <summary>Who may read what a score says; bound to <c>Access</c>.</summary>
public sealed class AccessOptions
{
    public const string Section = "Access";

    /// <summary>Scores may be read without a key. A public "unlikely" can cause what it predicts, so this is false unless asked for.</summary>
    public bool PublicScores { get; set; }

    /// <summary>A bearer token that reads and writes all; at least 24 characters, from a vault or the local host's <c>keys.json</c>. Empty: there is none.</summary>
    public string? RootToken { get; set; }
}

/// <summary>A short token could be guessed.</summary>
internal sealed class AccessOptionsValidator : IValidateOptions<AccessOptions>
{
    private const int LeastCharacters = 24;

    public ValidateOptionsResult Validate(string? name, AccessOptions options) =>
        options.RootToken is { Length: > 0 and < LeastCharacters }
            ? ValidateOptionsResult.Fail($"{AccessOptions.Section}:RootToken must have at least {LeastCharacters} characters.")
            : ValidateOptionsResult.Success;
}

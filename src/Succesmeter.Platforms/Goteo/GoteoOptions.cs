using System.Text;
using Microsoft.Extensions.Options;

namespace Succesmeter.Platforms.Goteo;

/// <summary>How a deployment is known to Goteo's API; bound to <c>Platforms:Goteo</c>. Without user and key Goteo is not crawled.</summary>
public sealed class GoteoOptions
{
    public const string Section = "Platforms:Goteo";

    /// <summary>A name without a colon (RFC 7617 section 2).</summary>
    public string? User { get; set; }

    /// <summary>A secret: a reference to a vault, never a value in a file. It stands in no log and in no message.</summary>
    public string? Key { get; set; }

    /// <summary>Finished campaigns are visited as well, once: history to learn from, at about seven requests each.</summary>
    public bool Finished { get; set; }

    public bool IsConfigured => !string.IsNullOrEmpty(User) && !string.IsNullOrEmpty(Key);

    internal string Authorization => $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{User}:{Key}"))}";
}

/// <summary>Half of a pair, or a name that cannot be sent, stops the app at start. Its messages name the setting, never the value.</summary>
public sealed class GoteoOptionsValidator : IValidateOptions<GoteoOptions>
{
    public ValidateOptionsResult Validate(string? name, GoteoOptions options)
    {
        var broken = new List<string>();
        if (string.IsNullOrEmpty(options.User) != string.IsNullOrEmpty(options.Key))
            broken.Add($"{GoteoOptions.Section}: User and Key must be set together.");

        if (options.User?.Contains(':', StringComparison.Ordinal) == true)
            broken.Add($"{GoteoOptions.Section}:User must hold no colon.");

        if ($"{options.User}{options.Key}".Any(char.IsControl))
            broken.Add($"{GoteoOptions.Section}: User and Key must hold no control characters.");

        return broken.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(broken);
    }
}

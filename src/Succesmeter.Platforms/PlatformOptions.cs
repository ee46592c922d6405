using Microsoft.Extensions.Options;

namespace Succesmeter.Platforms;

/// <summary>What a deployment says of platforms; bound to <c>Platforms</c>.</summary>
public sealed class PlatformOptions
{
    public const string Section = "Platforms";

    /// <summary>IANA zones by platform id; they lay over the ones that are known.</summary>
    public Dictionary<string, string> Zones { get; } = new(StringComparer.OrdinalIgnoreCase);
}

/// <summary>A zone that the machine does not know stops the app at start.</summary>
public sealed class PlatformOptionsValidator : IValidateOptions<PlatformOptions>
{
    public ValidateOptionsResult Validate(string? name, PlatformOptions options)
    {
        var unknown = options.Zones.Where(zone => !TimeZoneInfo.TryFindSystemTimeZoneById(zone.Value, out _)).Select(zone => $"{PlatformOptions.Section}:Zones:{zone.Key}: '{zone.Value}' is no IANA time zone known here.").ToList();
        return unknown.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(unknown);
    }
}

using Microsoft.Extensions.Options;

namespace Succesmeter.Functions.Requests;

/// <summary>How the API treats its clients; bound to <c>Api</c>.</summary>
public sealed class ApiOptions
{
    public const string Section = "Api";

    /// <summary>Web pages of these origins may ask, such as <c>https://stad.brussels</c>, parted by semicolons; <c>*</c> for all, empty for none but our own.</summary>
    public string Origins { get; set; } = "";

    /// <summary>Of one client, token or address, over time; 0: no limit.</summary>
    public int RequestsPerMinute { get; set; } = 600;

    /// <summary>What one client may ask at once after a silence.</summary>
    public int Burst { get; set; } = 150;

    /// <summary>
    /// How many proxies of our own stand before the host, each of which appends to X-Forwarded-For whom it heard. 0: the connection's own address counts, and the header is anybody's invention.
    /// </summary>
    public int Proxies { get; set; }

    /// <summary>A score is served from memory for so long after it was read.</summary>
    public TimeSpan ScoreAge { get; set; } = TimeSpan.FromSeconds(2);
}

/// <summary>A limit below zero or an origin with a path would only be noticed by whom it shuts out.</summary>
internal sealed class ApiOptionsValidator : IValidateOptions<ApiOptions>
{
    public ValidateOptionsResult Validate(string? name, ApiOptions options)
    {
        if (options.RequestsPerMinute < 0 || options.Burst < 1 || options.Proxies < 0 || options.ScoreAge < TimeSpan.Zero)
            return ValidateOptionsResult.Fail($"{ApiOptions.Section}:RequestsPerMinute, Proxies and ScoreAge must be 0 or more, Burst 1 or more.");

        var broken = CrossOrigin.OriginsOf(options).FirstOrDefault(static origin => origin != "*" && !(Uri.TryCreate(origin, UriKind.Absolute, out var uri) && uri.GetLeftPart(UriPartial.Authority) == origin));
        return broken is null
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail($"{ApiOptions.Section}:Origins: '{broken}' must be scheme, host and port alone, such as https://stad.brussels.");
    }
}

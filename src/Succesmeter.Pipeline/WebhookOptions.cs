using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using Succesmeter.Webhooks;

namespace Succesmeter.Pipeline;

/// <summary>How events reach their subscribers; bound to <c>Webhooks</c>.</summary>
public sealed class WebhookOptions
{
    public const string Section = "Webhooks";

    /// <summary>Where people find the web application; links in what is sent begin with it. In Azure the app's own address stands in.</summary>
    public Uri Site { get; set; } = new("http://127.0.0.1:7071");

    /// <summary>Keys that secrets are sealed with: 32 bytes in Base64 by version, from a vault. Without one nobody can subscribe.</summary>
    public IDictionary<string, string> Keys { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>With which key new secrets are sealed.</summary>
    [Range(1, 255)]
    public byte KeyVersion { get; set; } = 1;

    /// <summary>Tries at one endpoint at once, on each host.</summary>
    [Range(1, 16)]
    public int InFlight { get; set; } = 2;

    /// <summary>Tries at all endpoints of one host name and port at once, on each host.</summary>
    [Range(1, 64)]
    public int InFlightPerHost { get; set; } = 8;

    /// <summary>So long it is remembered that a platform has no subscribers; the first of a platform waits for it to be forgotten.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan RememberNobody { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>So long a delivery waits in its place for room at its endpoint, or for the one before it of its campaign; one that takes longer is not waited for.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:05")]
    public TimeSpan WaitInPlace { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>This machine may be called, and without TLS: for development alone.</summary>
    public bool AllowLoopback { get; set; }
}

/// <summary>A key of the wrong length, or a limit out of range, stops the app at start.</summary>
public sealed partial class WebhookOptionsValidator : IValidateOptions<WebhookOptions>
{
    private static readonly RangesValidator Ranges = new();

    public ValidateOptionsResult Validate(string? name, WebhookOptions options)
    {
        var ranges = Ranges.Validate(name, options);
        if (ranges.Failed)
            return ranges;
        if (options.Site is not { IsAbsoluteUri: true, Scheme: "http" or "https" })
            return ValidateOptionsResult.Fail($"{WebhookOptions.Section}:Site must be the http or https address of the web application.");

        var buffer = new byte[SecretSeal.KeyBytes + 1];
        foreach (var (version, key) in options.Keys)
            if (!byte.TryParse(version, out var number) || number == 0 || !Convert.TryFromBase64String(key, buffer, out var length) || length != SecretSeal.KeyBytes)
                return ValidateOptionsResult.Fail($"{WebhookOptions.Section}:Keys must hold, by versions from 1 to 255, {SecretSeal.KeyBytes} bytes in Base64 each.");

        return options.Keys.Count > 0 && !options.Keys.ContainsKey(options.KeyVersion.ToString(System.Globalization.CultureInfo.InvariantCulture))
            ? ValidateOptionsResult.Fail($"{WebhookOptions.Section}:KeyVersion must be the version of one of the keys.")
            : ValidateOptionsResult.Success;
    }

    [OptionsValidator]
    private sealed partial class RangesValidator : IValidateOptions<WebhookOptions>;
}

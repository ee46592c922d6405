using System.ComponentModel.DataAnnotations;
using System.Net;
using Microsoft.Extensions.Options;

namespace Succesmeter.LocalHost.Demo;

/// <summary>What may be said of the demo town; bound to <c>Demo</c>.</summary>
internal sealed class DemoOptions
{
    public const string Section = "Demo";

    public bool Enabled { get; set; }

    /// <summary>Hours of the town that pass in a real second. 1 is 3,600 times as fast as life.</summary>
    [Range(0.01, 24)]
    public double HoursPerSecond { get; set; } = 1;

    /// <summary>Where the town's site listens: http, with an IP address or localhost. When the port is taken any free one is; 0 is any free one.</summary>
    [Required]
    public string Urls { get; set; } = "http://127.0.0.1:7072";

    /// <summary>Another seed, another town.</summary>
    public int Seed { get; set; } = 1080;

    /// <exception cref="OptionsValidationException">Urls is no address that can be listened on.</exception>
    public IPEndPoint EndPoint() =>
        TryEndPoint(Urls) ?? throw new OptionsValidationException(Section, typeof(DemoOptions), [UrlsRule]);

    internal const string UrlsRule = "Demo:Urls must be an http address with an IP address or localhost, such as http://127.0.0.1:7072.";

    internal static IPEndPoint? TryEndPoint(string urls)
    {
        if (!Uri.TryCreate(urls, UriKind.Absolute, out var address) || address.Scheme != Uri.UriSchemeHttp || address.AbsolutePath != "/")
            return null;

        return address.Host == "localhost" ? new(IPAddress.Loopback, address.Port)
            : IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip) ? new(ip, address.Port)
            : null;
    }
}

[OptionsValidator]
internal sealed partial class DemoRangesValidator : IValidateOptions<DemoOptions>;

internal sealed class DemoUrlsValidator : IValidateOptions<DemoOptions>
{
    public ValidateOptionsResult Validate(string? name, DemoOptions options) =>
        DemoOptions.TryEndPoint(options.Urls) is null ? ValidateOptionsResult.Fail(DemoOptions.UrlsRule) : ValidateOptionsResult.Success;
}

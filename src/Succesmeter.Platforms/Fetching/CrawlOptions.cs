using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Succesmeter.Platforms.Fetching;

/// <summary>How other people's sites are visited; bound to <c>Crawl</c>.</summary>
public sealed class CrawlOptions
{
    public const string Section = "Crawl";

    /// <summary>Where whoever runs a site finds us: an https address or a mail address. It stands in the User-Agent; without it nothing is fetched, but from this machine itself where <see cref="AllowLoopback"/> says so.</summary>
    public string? Contact { get; set; }

    /// <summary>Of one page, both as it comes over the wire and decompressed.</summary>
    [Range(64 * 1024, 64 * 1024 * 1024)]
    public int MostBytes { get; set; } = 8 * 1024 * 1024;

    /// <summary>Until a connection stands.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:00:30")]
    public TimeSpan ConnectWithin { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>From asking, the connection included, until the first byte of the answer.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:00:45")]
    public TimeSpan FirstByteWithin { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>From asking until the last byte.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:00:45")]
    public TimeSpan WholeWithin { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>What one host is asked in a minute, counted from its first request; robots.txt, redirects and retries included. A page and its five redirects must fit in it.</summary>
    [Range(6, 600)]
    public int RequestsPerMinute { get; set; } = 20;

    /// <summary>This machine may be asked, and without TLS: for development alone.</summary>
    public bool AllowLoopback { get; set; }
}

/// <summary>A limit out of range, or a contact that nobody could use, stops the app at start.</summary>
public sealed partial class CrawlOptionsValidator : IValidateOptions<CrawlOptions>
{
    private static readonly RangesValidator Ranges = new();

    public ValidateOptionsResult Validate(string? name, CrawlOptions options)
    {
        var ranges = Ranges.Validate(name, options);
        if (ranges.Failed)
            return ranges;

        return string.IsNullOrEmpty(options.Contact) || IsContact(options.Contact)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail($"{CrawlOptions.Section}:Contact must be an https address or a mail address, in ASCII and without spaces or parentheses.");
    }

    /// <summary>It becomes part of a header's comment, which parentheses would end.</summary>
    private static bool IsContact(string text) =>
        text.All(c => char.IsAscii(c) && !char.IsControl(c) && c is not (' ' or '(' or ')' or '\\'))
        && ((Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme == "https") || (!text.Contains(':', StringComparison.Ordinal) && new EmailAddressAttribute().IsValid(text)));

    [OptionsValidator]
    private sealed partial class RangesValidator : IValidateOptions<CrawlOptions>;
}

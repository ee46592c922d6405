using System.Collections.Frozen;
using System.Reflection;
using Succesmeter.Campaigns;

namespace Succesmeter.Functions.Web;

/// <summary>The web application as Web/build.mjs made it, held in the assembly so that both hosts serve the same bytes.</summary>
internal static class WebFiles
{
    private const string Prefix = "web/";
    private const string Page = "index.html";

    /// <summary>What lies here has a hash of its content in its name.</summary>
    private const string Hashed = "assets/";

    private static readonly FrozenDictionary<string, WebFile> All = Load();

    /// <param name="path">As in the address, without the leading slash. An address of one of the pages is the one file that shows them all.</param>
    public static WebFile? Find(string? path) => All.GetValueOrDefault(IsPage(path) ? Page : path!);

    /// <summary>The pages' addresses, as Web/app/routes.js reads them.</summary>
    private static bool IsPage(string? path) => path?.TrimEnd('/').Split('/') switch
    {
        null or [""] or ["coaches"] or ["subscriptions"] or ["method"] => true,
        ["campaigns", var platform, var campaign] => CampaignId.TryParse(platform, campaign, out _),
        ["platforms", var platform] => PlatformId.TryParse(platform, out _),
        ["platforms", var platform, "network"] => PlatformId.TryParse(platform, out _),
        _ => false,
    };

    private static FrozenDictionary<string, WebFile> Load()
    {
        var assembly = Assembly.GetExecutingAssembly();
        var files = new Dictionary<string, WebFile>(StringComparer.Ordinal);
        foreach (var resource in assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            using var content = assembly.GetManifestResourceStream(resource)!;
            var bytes = new byte[content.Length];
            content.ReadExactly(bytes);
            var path = resource[Prefix.Length..].Replace('\\', '/');
            files[path] = new WebFile(bytes, TypeOf(resource), path.StartsWith(Hashed, StringComparison.Ordinal) ? "public, max-age=31536000, immutable" : "no-cache");
        }

        return files.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static string TypeOf(string name) => Path.GetExtension(name) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".svg" => "image/svg+xml",
        ".json" => "application/json; charset=utf-8",
        var other => throw new InvalidOperationException($"Web file {name} has an ending without a content type: '{other}'."),
    };
}

internal sealed record WebFile(byte[] Content, string ContentType, string CacheControl);

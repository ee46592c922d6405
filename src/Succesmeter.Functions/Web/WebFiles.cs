using System.Collections.Frozen;
using System.Reflection;

namespace Succesmeter.Functions.Web;

/// <summary>The files under Web/files, held in the assembly so that both hosts serve the same bytes.</summary>
internal static class WebFiles
{
    private const string Prefix = "web/";

    private static readonly FrozenDictionary<string, WebFile> All = Load();

    /// <param name="path">As in the address, without the leading slash; empty is the page itself.</param>
    public static WebFile? Find(string? path) => All.GetValueOrDefault(string.IsNullOrEmpty(path) ? "index.html" : path);

    private static FrozenDictionary<string, WebFile> Load()
    {
        var assembly = Assembly.GetExecutingAssembly();
        var files = new Dictionary<string, WebFile>(StringComparer.Ordinal);
        foreach (var resource in assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            using var content = assembly.GetManifestResourceStream(resource)!;
            var bytes = new byte[content.Length];
            content.ReadExactly(bytes);
            files[resource[Prefix.Length..].Replace('\\', '/')] = new WebFile(bytes, TypeOf(resource));
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

internal sealed record WebFile(byte[] Content, string ContentType);

using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Succesmeter.Platforms.Recipes;

namespace Succesmeter.LocalHost.Demo;

/// <summary>The town's recipe, with the address that its site got.</summary>
internal static class TownRecipe
{
    private const string Resource = "Succesmeter.LocalHost.Demo.demostad.json";

    public static Recipe For(Uri site) => Recipe.Parse(Encoding.UTF8.GetBytes(Written(site)), "demostad.json");

    /// <summary>As a file, for <c>platforms check</c>.</summary>
    public static string Written(Uri site)
    {
        using var stream = typeof(TownRecipe).Assembly.GetManifestResourceStream(Resource) ?? throw new InvalidOperationException($"The resource {Resource} was not built into this assembly.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd()
            .Replace("{HOST}", InJson(site.Host), StringComparison.Ordinal)
            .Replace("{SITE-EXPRESSION}", InJson(Regex.Escape(site.AbsoluteUri)), StringComparison.Ordinal)
            .Replace("{SITE}", InJson(site.AbsoluteUri), StringComparison.Ordinal);
    }

    private static string InJson(string text) => JsonEncodedText.Encode(text).ToString();
}

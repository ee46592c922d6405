using System.Text.RegularExpressions;

namespace Succesmeter.Repository.Tests;

/// <summary>A reader who follows a link arrives somewhere.</summary>
public sealed partial class LinkTests
{
    public static TheoryData<string> Documents => [.. Checkout.Files.Keys.Where(static path => path.EndsWith(".md", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Documents))]
    public void Every_link_to_a_file_leads_to_one(string document)
    {
        var folder = Path.GetDirectoryName(Path.Combine(Checkout.Root, document))!;
        Assert.All(
            Link().Matches(Checkout.Read(document)).Select(static match => match.Groups["file"].Value),
            link => Assert.True(Path.Exists(Path.Combine(folder, Uri.UnescapeDataString(link))), $"{document} links to {link}, which is not there"));
    }

    /// <summary>What stands in brackets after brackets, up to a fragment; addresses of the web are another matter.</summary>
    [GeneratedRegex(@"\]\((?!\w+:|#|/)(?<file>[^)#\s]+)", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Link();
}

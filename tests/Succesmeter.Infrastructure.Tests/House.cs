using System.Text.RegularExpressions;

namespace Succesmeter.Infrastructure.Tests;

/// <summary>The repository's files.</summary>
internal static partial class House
{
    public static string Root { get; } = FindRoot();

    public static string Infra { get; } = Path.Combine(Root, "infra");

    /// <summary>What the app may log: level and template of each message.</summary>
    public static IReadOnlyList<(string Level, string Text)> LogMessages { get; } =
        [.. from file in Directory.EnumerateFiles(Path.Combine(Root, "src"), "*.cs", SearchOption.AllDirectories)
            where !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
                && !file.Contains("Succesmeter.LocalHost", StringComparison.Ordinal)
            from Match match in LoggerMessage().Matches(File.ReadAllText(file))
            select (match.Groups["level"].Value, match.Groups["text"].Value)];

    public static string Read(params string[] path) => File.ReadAllText(Path.Combine([Root, .. path]));

    [GeneratedRegex("""LoggerMessage\(LogLevel\.(?<level>\w+), "(?<text>[^"]+)"\)""", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex LoggerMessage();

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "succesmeter-functions.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException($"No folder above {AppContext.BaseDirectory} holds the solution.");
        return folder.FullName;
    }
}

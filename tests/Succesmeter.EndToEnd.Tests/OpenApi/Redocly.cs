using Succesmeter.Testing;

namespace Succesmeter.EndToEnd.Tests.OpenApi;

/// <summary>The Redocly CLI from npm.</summary>
internal static class Redocly
{
    private static readonly string Pinned = Path.Combine(AppContext.BaseDirectory, "OpenApi", "npm");

    /// <returns>Its exit code and all that it said.</returns>
    public static async Task<(int ExitCode, string Output)> LintAsync(string document)
    {
        var cli = Path.Combine(await NpmPackages.EnsureAsync(Pinned, "redocly"), "node_modules", "@redocly", "cli", "bin", "cli.js");
        return await NpmPackages.RunAsync("node", AppContext.BaseDirectory, null, cli, "lint", document, "--config", Path.Combine(Pinned, "redocly.yaml"), "--format=stylish");
    }
}

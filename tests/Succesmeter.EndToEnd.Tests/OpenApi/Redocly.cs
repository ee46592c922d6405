using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;

namespace Succesmeter.EndToEnd.Tests.OpenApi;

/// <summary>The Redocly CLI from npm, pinned by the package-lock.json in npm/, in one folder per user that every checkout and test run shares.</summary>
internal static class Redocly
{
    private static readonly string Pinned = Path.Combine(AppContext.BaseDirectory, "OpenApi", "npm");

    /// <returns>Its exit code and all that it said.</returns>
    public static async Task<(int ExitCode, string Output)> LintAsync(string document)
    {
        var cli = Path.Combine(await EnsureAsync(), "node_modules", "@redocly", "cli", "bin", "cli.js");
        return await RunAsync("node", AppContext.BaseDirectory, cli, "lint", document, "--config", Path.Combine(Pinned, "redocly.yaml"), "--format=stylish");
    }

    /// <remarks>The folder appears by a rename when it is whole. Two that install at once do it twice, and one of them wins.</remarks>
    private static async Task<string> EnsureAsync()
    {
        var lockfile = await File.ReadAllBytesAsync(Path.Combine(Pinned, "package-lock.json"));
        var cache = Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } xdg
            ? xdg
            : Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create);
        var folder = Path.Combine(cache, "succesmeter", $"redocly-{Convert.ToHexStringLower(SHA256.HashData(lockfile))[..12]}");
        if (Directory.Exists(folder))
            return folder;

        var draft = string.Create(CultureInfo.InvariantCulture, $"{folder}.new-{Environment.ProcessId}");
        Directory.CreateDirectory(draft);
        foreach (var file in (string[])["package.json", "package-lock.json"])
            File.Copy(Path.Combine(Pinned, file), Path.Combine(draft, file), overwrite: true);
        var (exitCode, output) = await RunAsync("npm", draft, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error");
        Assert.True(exitCode == 0, $"npm could not get Redocly: {output}");
        try
        {
            Directory.Move(draft, folder);
        }
        catch (IOException) when (Directory.Exists(folder))
        {
            Directory.Delete(draft, recursive: true);
        }

        return folder;
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(string program, string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["REDOCLY_TELEMETRY"] = "off";
        start.Environment["REDOCLY_SUPPRESS_UPDATE_NOTICE"] = "true";
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await error);
    }
}

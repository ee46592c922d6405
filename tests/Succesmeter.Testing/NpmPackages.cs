using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;

namespace Succesmeter.Testing;

/// <summary>Programs from npm, pinned by a package-lock.json, in one folder per user that every checkout and test run shares.</summary>
public static class NpmPackages
{
    /// <param name="pinned">The folder with package.json and package-lock.json.</param>
    /// <param name="name">Of what is in it, for the folder's name.</param>
    /// <returns>The folder that holds <c>node_modules</c>.</returns>
    /// <remarks>The folder appears by a rename when it is whole. Two that install at once do it twice, and one of them wins.</remarks>
    public static async Task<string> EnsureAsync(string pinned, string name)
    {
        var lockfile = await File.ReadAllBytesAsync(Path.Combine(pinned, "package-lock.json"));
        var cache = Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } xdg
            ? xdg
            : Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create);
        var folder = Path.Combine(cache, "succesmeter", $"{name}-{Convert.ToHexStringLower(SHA256.HashData(lockfile))[..12]}");
        if (Directory.Exists(folder))
            return folder;

        var draft = string.Create(CultureInfo.InvariantCulture, $"{folder}.new-{Environment.ProcessId}");
        Directory.CreateDirectory(draft);
        foreach (var file in (string[])["package.json", "package-lock.json"])
            File.Copy(Path.Combine(pinned, file), Path.Combine(draft, file), overwrite: true);
        var (exitCode, output) = await RunAsync("npm", draft, null, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error");
        if (exitCode != 0)
            throw new InvalidOperationException($"npm could not get {name}: {output}");

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

    /// <param name="program">On the path.</param>
    /// <param name="folder">Where it runs.</param>
    /// <param name="input">What it reads; null for nothing.</param>
    /// <param name="arguments">As they are.</param>
    /// <returns>Its exit code and all that it said.</returns>
    public static async Task<(int ExitCode, string Output)> RunAsync(string program, string folder, string? input, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardInput = input is not null,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["REDOCLY_TELEMETRY"] = "off";
        start.Environment["REDOCLY_SUPPRESS_UPDATE_NOTICE"] = "true";
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        if (input is not null)
        {
            await process.StandardInput.WriteAsync(input);
            process.StandardInput.Close();
        }

        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await error);
    }
}

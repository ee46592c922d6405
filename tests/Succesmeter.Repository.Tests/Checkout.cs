using System.Diagnostics;
using System.Globalization;

namespace Succesmeter.Repository.Tests;

/// <summary>The repository that these tests were built from, and what it keeps.</summary>
internal static class Checkout
{
    public static string Root { get; } = FindRoot();

    /// <summary>What git keeps or would keep, by path with forward slashes; true where it is executable.</summary>
    /// <remarks>A file that was not added yet counts as well, or a new workflow would pass unseen until it is committed.</remarks>
    public static IReadOnlyDictionary<string, bool> Files { get; } = List();

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    /// <param name="program">On the path.</param>
    /// <param name="folder">Where it runs; null is the root.</param>
    /// <param name="environment">What is set beside what the tests have.</param>
    /// <param name="arguments">As they are.</param>
    /// <returns>Its exit code and all that it said.</returns>
    public static async Task<(int ExitCode, string Output)> RunAsync(string program, string? folder, IReadOnlyDictionary<string, string>? environment, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder ?? Root, UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await error);
    }

    private static Dictionary<string, bool> List()
    {
        // "100755 hash 0<tab>path"; what is untracked has the path alone, and its mode on the disk.
        var tracked = Git("ls-files", "--stage", "-z").Select(static line => line.Split('\t')).ToDictionary(static parts => parts[1], static parts => parts[0].StartsWith("100755", StringComparison.Ordinal), StringComparer.Ordinal);
        foreach (var path in Git("ls-files", "--others", "--exclude-standard", "-z"))
            tracked[path] = OperatingSystem.IsWindows() || File.GetUnixFileMode(Path.Combine(Root, path)).HasFlag(UnixFileMode.UserExecute);
        return tracked.Where(static file => File.Exists(Path.Combine(Root, file.Key))).ToDictionary(StringComparer.Ordinal);
    }

    private static string[] Git(params string[] arguments)
    {
        var (exitCode, output) = RunAsync("git", null, null, arguments).GetAwaiter().GetResult();
        return exitCode == 0 ? output.Split('\0', StringSplitOptions.RemoveEmptyEntries) : throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"git failed ({exitCode}): {output}"));
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "succesmeter-functions.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException($"No folder above {AppContext.BaseDirectory} holds the solution.");
        return folder.FullName;
    }
}

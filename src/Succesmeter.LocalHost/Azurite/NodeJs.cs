using System.Diagnostics;
using System.Globalization;

namespace Succesmeter.LocalHost.Azurite;

/// <summary>The Node.js of this machine, by its PATH.</summary>
internal sealed record NodeJs(string Node)
{
    private const int OldestMajor = 20;
    private const string Otherwise = "or set AzureWebJobsStorage to a storage account of your own";

    public static async Task<NodeJs> FindAsync(CancellationToken cancellation)
    {
        var node = OnPath("node") ?? throw new CannotStartException(
            $"Node.js is not on the PATH, and Azurite needs it: install Node {OldestMajor} or newer, {Otherwise}.");
        var version = (await RunAsync(new ProcessStartInfo(node, ["--version"]), cancellation)).Output.Trim();

        // As in v20.20.2
        return int.TryParse(version.TrimStart('v').Split('.')[0], CultureInfo.InvariantCulture, out var major) && major >= OldestMajor
            ? new NodeJs(node)
            : throw new CannotStartException($"Node.js {version} ({node}) is too old: install Node {OldestMajor} or newer, {Otherwise}.");
    }

    /// <summary>Installs what the folder's package-lock.json says, to the byte.</summary>
    public static async Task InstallAsync(string folder, CancellationToken cancellation)
    {
        var npm = OnPath("npm") ?? throw new CannotStartException(
            $"npm is not on the PATH, and Azurite comes through it: install it beside Node.js, {Otherwise}.");
        string[] arguments = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
        var (exitCode, output) = await RunAsync(new ProcessStartInfo(npm, arguments) { WorkingDirectory = folder }, cancellation);

        if (exitCode != 0)
        {
            var why = string.Join(' ', output.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Take(4));
            throw new CannotStartException($"npm could not get Azurite (exit code {exitCode}): {why}");
        }
    }

    private static string? OnPath(string program)
    {
        string[] names = OperatingSystem.IsWindows() ? [$"{program}.exe", $"{program}.cmd"] : [program];
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);

        return folders.SelectMany(folder => names, Path.Combine).FirstOrDefault(File.Exists);
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(ProcessStartInfo start, CancellationToken cancellation)
    {
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        using var process = Process.Start(start)!;

        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancellation);
            var error = process.StandardError.ReadToEndAsync(cancellation);
            await process.WaitForExitAsync(cancellation);
            return (process.ExitCode, await output + await error);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }
}

using System.Diagnostics;

namespace Succesmeter.Browser.Tests;

/// <summary>The browser that the tests look through: the machine's own Chromium, put there where it is missing and that is allowed.</summary>
internal static class Chromium
{
    /// <summary>Root may not use Chromium's sandbox; the rest keeps it from talking to anybody but the host under test.</summary>
    public static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
    ];

    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

    private static readonly Lazy<(string? Path, string? WhyNot)> Found = new(Find);

    public static string? Path => Found.Value.Path;

    /// <summary>Why there is none; null when there is one.</summary>
    public static string? WhyNot => Found.Value.WhyNot;

    private static (string? Path, string? WhyNot) Find()
    {
        if (Environment.GetEnvironmentVariable("CHROMIUM") is { Length: > 0 } named)
            return File.Exists(named) ? (named, null) : (null, $"CHROMIUM names {named}, which is not there.");
        if (Installed() is { } there)
            return (there, null);
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
            return (null, "Chromium is not installed, and only root on Debian may have it installed here: install it, or name it in CHROMIUM.");

        var (exitCode, said) = Run("apt-get", "update", "-qq");
        if (exitCode == 0)
            (exitCode, said) = Run("apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium");
        return Installed() is { } path ? (path, null) : (null, $"Chromium is not installed, and apt-get could not do it ({exitCode}): {said}");
    }

    private static string? Installed() =>
        (from folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(System.IO.Path.PathSeparator)
         from name in Names
         let path = System.IO.Path.Combine(folder, OperatingSystem.IsWindows() ? $"{name}.exe" : name)
         where File.Exists(path)
         select path).FirstOrDefault();

    private static (int ExitCode, string Said) Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["DEBIAN_FRONTEND"] = "noninteractive";
        try
        {
            using var process = Process.Start(start)!;
            var output = process.StandardOutput.ReadToEndAsync();
            var error = process.StandardError.ReadToEnd();
            process.WaitForExit();
            var said = (output.GetAwaiter().GetResult() + error).Trim().Split('\n');
            return (process.ExitCode, string.Join(" | ", said.TakeLast(3)));
        }
        catch (System.ComponentModel.Win32Exception missing)
        {
            return (-1, missing.Message);
        }
    }
}

using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Succesmeter.LocalHost.Azurite;

/// <summary>A process that may not be our child, by its id.</summary>
internal static class RunningProcess
{
    private const int SigTerm = 15;

    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(50);

    /// <returns>Its command line, or null when it runs no more (a dead process that nobody has reaped does not run).</returns>
    public static string? CommandLine(int processId) =>
        OperatingSystem.IsLinux() ? FromProc(processId)
        : OperatingSystem.IsWindows() ? FromWindows(processId)
        : FromPs(processId);

    /// <summary>Asks it to end, and ends it hard when it has not in time.</summary>
    public static async Task StopAsync(int processId, Func<bool> isStillIt, TimeSpan patience, CancellationToken cancellation)
    {
        // Windows has no signal for this; Azurite saves every 5 s, so that much patience loses nothing there.
        if (!OperatingSystem.IsWindows())
            Signal(processId, SigTerm);

        if (await IsGoneAsync(isStillIt, patience, cancellation))
            return;

        try
        {
            using var process = Process.GetProcessById(processId);
            process.Kill();
        }
        catch (ArgumentException)
        {
            return; // It ended in between.
        }

        await IsGoneAsync(isStillIt, patience, cancellation);
    }

    /// <summary>Sends a signal, if there is still someone to get it.</summary>
    public static void Signal(int processId, int signal) => _ = Kill(processId, signal);

    private static async Task<bool> IsGoneAsync(Func<bool> isStillIt, TimeSpan patience, CancellationToken cancellation)
    {
        for (var waited = TimeSpan.Zero; waited < patience; waited += Poll)
        {
            if (!isStillIt())
                return true;

            await Task.Delay(Poll, cancellation);
        }

        return !isStillIt();
    }

    private static string? FromProc(int processId)
    {
        var folder = string.Create(CultureInfo.InvariantCulture, $"/proc/{processId}");

        try
        {
            // A zombie's command line is empty.
            var arguments = File.ReadAllBytes($"{folder}/cmdline");
            return arguments.Length == 0 ? null : Encoding.UTF8.GetString(arguments).Replace('\0', ' ');
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static string? FromPs(int processId)
    {
        string[] arguments = ["-o", "command=", "-p", processId.ToString(CultureInfo.InvariantCulture)];
        using var ps = Process.Start(new ProcessStartInfo("ps", arguments) { UseShellExecute = false, RedirectStandardOutput = true })!;
        var line = ps.StandardOutput.ReadToEnd().Trim();
        ps.WaitForExit();
        return line.Length == 0 || line.EndsWith("<defunct>", StringComparison.Ordinal) ? null : line;
    }

    private static string? FromWindows(int processId)
    {
        var query = string.Create(CultureInfo.InvariantCulture, $"(Get-CimInstance Win32_Process -Filter 'ProcessId={processId}').CommandLine");
        using var shell = Process.Start(new ProcessStartInfo("powershell", ["-NoProfile", "-Command", query]) { UseShellExecute = false, RedirectStandardOutput = true })!;
        var line = shell.StandardOutput.ReadToEnd().Trim();
        shell.WaitForExit();
        return line.Length == 0 ? null : line;
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int processId, int signal);
}

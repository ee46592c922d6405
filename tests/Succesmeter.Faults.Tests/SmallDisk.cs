using System.Diagnostics;
using System.Globalization;
using System.Runtime.Versioning;

namespace Succesmeter.Faults.Tests;

/// <summary>A disk of a few megabytes for one process and its children: in a mount namespace of its own, for which nobody has to be root where the system lets users have namespaces.</summary>
[UnsupportedOSPlatform("windows")]
internal static class SmallDisk
{
    /// <summary>Null where there can be one.</summary>
    public static string? WhyNot { get; } = Find();

    /// <summary>Runs what follows with the folder on a disk of its own.</summary>
    /// <param name="folder">It must exist.</param>
    /// <param name="megabytes">Its size.</param>
    /// <param name="first">Shell commands, run in the folder before.</param>
    public static IReadOnlyList<string> Around(string folder, int megabytes, string first = "true") =>
        ["unshare", "--map-root-user", "--mount", "sh", "-c", string.Create(CultureInfo.InvariantCulture, $"mount -t tmpfs -o size={megabytes}m tmpfs \"$0\" && (cd \"$0\" && {first}; true) && exec \"$@\""), folder];

    /// <returns>A path of the process's own view, as this process can reach it.</returns>
    public static string Seen(int processId, string path) => string.Create(CultureInfo.InvariantCulture, $"/proc/{processId}/root{path}");

    /// <summary>Writes until nothing more fits.</summary>
    public static void Fill(string file)
    {
        var piece = new byte[4096];
        try
        {
            using var ballast = new FileStream(file, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
            while (true)
                ballast.Write(piece);
        }
        catch (IOException)
        {
            // Full.
        }
    }

    private static string? Find()
    {
        if (!OperatingSystem.IsLinux())
            return "Small disks are made in Linux's namespaces.";
        using var tried = Process.Start(new ProcessStartInfo("unshare", ["--map-root-user", "--mount", "sh", "-c", "mount -t tmpfs tmpfs /mnt"]) { UseShellExecute = false, RedirectStandardError = true })!;
        var said = tried.StandardError.ReadToEnd();
        tried.WaitForExit();
        return tried.ExitCode == 0 ? null : $"No small disk can be made here: {said.Trim()}";
    }
}

/// <summary>A fact that needs a small disk, and without one is skipped with the reason.</summary>
[AttributeUsage(AttributeTargets.Method)]
[UnsupportedOSPlatform("windows")]
internal sealed class SmallDiskFactAttribute : FactAttribute
{
    public SmallDiskFactAttribute() => Skip = SmallDisk.WhyNot;
}

using System.Globalization;

namespace Succesmeter.LocalHost.Azurite;

/// <summary>
/// Azurite from npm, pinned by the package-lock.json in npm/, in one folder per user that every checkout and test run shares.
/// </summary>
internal static class AzuriteInstallation
{
    public const string Version = "3.35.0";

    private static readonly TimeSpan Retry = TimeSpan.FromMilliseconds(200);

    private static string Folder { get; } = Path.Combine(CacheFolder, "succesmeter", $"azurite-{Version}");

    private static string CacheFolder =>
        Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } xdg
            ? xdg
            : Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create);

    private static string PinnedFolder { get; } = Path.Combine(AppContext.BaseDirectory, "Azurite", "npm");

    /// <summary>The script that starts it, beside our own assembly.</summary>
    public static string Runner { get; } = Path.Combine(PinnedFolder, "run.cjs");

    /// <returns>Azurite's main file, installed if it was not.</returns>
    public static async Task<string> EnsureAsync(Action<string> progress, CancellationToken cancellation)
    {
        var main = Path.Combine(Folder, "node_modules", "azurite", "dist", "src", "azurite.js");

        if (!IsCurrent(main))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Folder)!);
            await using var others = await LockAsync(progress, cancellation);

            if (!IsCurrent(main))
                await InstallAsync(progress, cancellation);
        }

        return main;
    }

    /// <remarks>The folder appears by a rename when it is whole, so its presence means that it is.</remarks>
    private static bool IsCurrent(string main) =>
        File.Exists(main) && File.ReadAllBytes(Path.Combine(Folder, "package-lock.json"))
            .SequenceEqual(File.ReadAllBytes(Path.Combine(PinnedFolder, "package-lock.json")));

    private static async Task InstallAsync(Action<string> progress, CancellationToken cancellation)
    {
        progress($"Getting Azurite {Version} through npm into {Folder} (once; about half a minute) …");
        var parent = Path.GetDirectoryName(Folder)!;

        foreach (var leftover in Directory.GetDirectories(parent, $"{Path.GetFileName(Folder)}.new-*"))
            Directory.Delete(leftover, recursive: true);

        var draft = string.Create(CultureInfo.InvariantCulture, $"{Folder}.new-{Environment.ProcessId}");
        Directory.CreateDirectory(draft);

        foreach (var file in (string[])["package.json", "package-lock.json"])
            File.Copy(Path.Combine(PinnedFolder, file), Path.Combine(draft, file));

        await NodeJs.InstallAsync(draft, cancellation);

        if (Directory.Exists(Folder))
            Directory.Delete(Folder, recursive: true);

        Directory.Move(draft, Folder);
        progress($"Azurite {Version} is installed.");
    }

    private static async Task<FileStream> LockAsync(Action<string> progress, CancellationToken cancellation)
    {
        for (var first = true; ; first = false)
        {
            try
            {
                return new FileStream($"{Folder}.lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException)
            {
                if (first)
                    progress("Waiting for another process that is getting Azurite …");

                await Task.Delay(Retry, cancellation);
            }
        }
    }
}

using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Succesmeter.Benchmarks;

/// <summary>What one run of a command measured, and on what: kept in <c>results/</c> and committed, so that a later run has something to be held against.</summary>
/// <param name="Command">As it was given.</param>
/// <param name="Date">When it ended, UTC.</param>
/// <param name="Commit">What was measured; with <c>+</c> where the tree held more than that.</param>
/// <param name="Machine">Model and number of processors.</param>
/// <param name="Load">The machine's load averaged over the last minute, when the run began: others may have been at work.</param>
/// <param name="Runtimes">Of ours, and of peers.</param>
internal sealed record ResultFile(string Command, DateTimeOffset Date, string Commit, string Machine, double Load, IReadOnlyList<string> Runtimes, IReadOnlyList<ResultRow> Rows)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Where results are committed, from the root of the repository.</summary>
    public const string Folder = "tests/Succesmeter.Benchmarks/results";

    /// <summary>The checkout that this was built in.</summary>
    /// <exception cref="DirectoryNotFoundException">It was built outside of one.</exception>
    public static string Root { get; } = RootAbove(AppContext.BaseDirectory);

    /// <summary>Writes what was measured, over what was measured before.</summary>
    /// <param name="name">Of the file.</param>
    /// <param name="command">As it was given.</param>
    /// <param name="load">From before the run.</param>
    /// <param name="runtimes">Beside our own.</param>
    public static void Write(string name, string command, double load, IEnumerable<string> runtimes, IReadOnlyList<ResultRow> rows)
    {
        var commit = Git("rev-parse", "HEAD")?.Trim() ?? "unknown";

        // Results of other commands may wait to be committed; they change nothing of what is measured.
        var isChanged = !string.IsNullOrWhiteSpace(Git("status", "--porcelain", "--", "src", "tests/Succesmeter.Benchmarks", ":!" + Folder));
        var file = new ResultFile(
            command,
            TimeProvider.System.GetUtcNow(),
            isChanged ? commit + "+" : commit,
            $"{Processor()}, {Environment.ProcessorCount} processors",
            load,
            [RuntimeInformation.FrameworkDescription, .. runtimes],
            rows);
        var path = Path.Combine(Root, Folder, name + ".json");
        File.WriteAllText(path, JsonSerializer.Serialize(file, Json) + "\n");
        Console.WriteLine($"Written to {Path.GetRelativePath(Root, path)}.");
    }

    public static ResultFile Read(string json) => JsonSerializer.Deserialize<ResultFile>(json, Json) ?? throw new InvalidDataException("A file of results holds nothing.");

    /// <summary>The newest run as it lies in the tree, and the one committed before it; null where there is none.</summary>
    public static (ResultFile Newest, ResultFile? Before) Pair(string name)
    {
        var path = $"{Folder}/{name}.json";
        var newest = File.ReadAllText(Path.Combine(Root, path));
        var committed = Git("log", "--format=%H", "-2", "--", path)?.Split('\n', StringSplitOptions.RemoveEmptyEntries) ?? [];
        var before = committed.Select(commit => Git("show", $"{commit}:{path}")).FirstOrDefault(text => text is not null && text != newest);
        return (Read(newest), before is null ? null : Read(before));
    }

    public static double LoadNow() => File.Exists("/proc/loadavg") ? double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture) : double.NaN;

    private static string Processor() =>
        File.Exists("/proc/cpuinfo") ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(static line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim() ?? "unknown" : "unknown";

    /// <returns>Null where git is missing or refuses.</returns>
    private static string? Git(params string[] arguments)
    {
        try
        {
            using var git = Process.Start(new ProcessStartInfo("git", ["-C", Root, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
            var said = git.StandardOutput.ReadToEnd();
            git.WaitForExit();
            return git.ExitCode == 0 ? said : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    private static string RootAbove(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
            if (File.Exists(Path.Combine(at.FullName, "succesmeter-functions.sln")))
                return at.FullName;
        throw new DirectoryNotFoundException($"No checkout lies above {folder}.");
    }
}

/// <summary>One thing that was measured.</summary>
/// <param name="Name">Unique in its file.</param>
/// <param name="Unit"><c>ns</c>, or <c>ours/peer</c> for a ratio of processor times: below 1 we are faster.</param>
/// <param name="Value">The median of the rounds.</param>
/// <param name="Low">The smallest.</param>
/// <param name="High">The largest.</param>
internal sealed record ResultRow(string Name, string Unit, double Value, double Low, double High)
{
    /// <summary>Bytes on the heap, each time.</summary>
    public long? Allocated { get; init; }

    public double? MegabytesPerSecond { get; init; }

    /// <summary>Medians, where two sides are compared.</summary>
    public double? OursNanoseconds { get; init; }

    public double? PeerNanoseconds { get; init; }

    /// <summary>In what the results of both sides were found to agree.</summary>
    public string? Agreed { get; init; }
}

using System.Diagnostics;
using System.Text.Json;

namespace Succesmeter.Benchmarks.Duels;

/// <summary>A script of <c>peers/</c> that waits for work beside us, so that we and it can take turns on the same files.</summary>
internal sealed class PeerProcess : IDisposable
{
    private readonly Process process;
    private readonly DirectoryInfo folder;

    private PeerProcess(Process process, DirectoryInfo folder) => (this.process, this.folder) = (process, folder);

    /// <param name="python">The interpreter's path.</param>
    /// <param name="script">Its name.</param>
    public static PeerProcess Start(string python, string script)
    {
        var shared = Directory.CreateTempSubdirectory("succesmeter-peers-");
        var start = new ProcessStartInfo(python, [Path.Combine(AppContext.BaseDirectory, "peers", script), shared.FullName])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,

            // We use one thread; so does it.
            Environment = { ["OMP_NUM_THREADS"] = "1", ["OPENBLAS_NUM_THREADS"] = "1" },
        };
        return new PeerProcess(Process.Start(start)!, shared);
    }

    /// <summary>A file that both see.</summary>
    public string PathOf(string name) => Path.Combine(folder.FullName, name);

    /// <summary>Has it do a piece of work. What it needs is loaded first and not timed.</summary>
    /// <returns>For each time seconds by its own clock and of its processor, and what the last time gave.</returns>
    /// <exception cref="InvalidOperationException">The script ended; it says why on the error stream.</exception>
    public (double Seconds, double Processor, JsonElement Result) Ask(string work, int times)
    {
        process.StandardInput.WriteLine(JsonSerializer.Serialize(new { work, times }));
        process.StandardInput.Flush();
        var line = process.StandardOutput.ReadLine() ?? throw new InvalidOperationException($"The peer ended at {work}.");
        using var answer = JsonDocument.Parse(line);
        return (answer.RootElement.GetProperty("seconds").GetDouble(), answer.RootElement.GetProperty("processor").GetDouble(), answer.RootElement.GetProperty("result").Clone());
    }

    public void Dispose()
    {
        // The end of its input is the end of its work.
        process.StandardInput.Close();
        process.WaitForExit();
        process.Dispose();
        folder.Delete(recursive: true);
    }
}

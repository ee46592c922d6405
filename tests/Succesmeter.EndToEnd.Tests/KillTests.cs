using System.Diagnostics;
using System.Text;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Succesmeter.LocalHost;
using Succesmeter.Testing;

namespace Succesmeter.EndToEnd.Tests;

/// <summary>
/// The real executable, killed at random instants while it reads a file: the rows are those of a run that nobody disturbed. Dropped again, the file
/// changes no row and tells no event.
/// </summary>
public sealed class KillTests : IDisposable
{
    /// <summary>A file of snapshots to use instead of the small town, and how often to kill: docs/intake.md runs 10,000 campaigns so.</summary>
    private static readonly string? File = Environment.GetEnvironmentVariable("SUCCESMETER_KILLS_FILE");

    private static readonly int Kills = int.TryParse(Environment.GetEnvironmentVariable("SUCCESMETER_KILLS"), out var kills) ? kills : 5;

    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("succesmeter-kills-");

    [Fact]
    public async Task A_host_that_is_killed_again_and_again_ends_in_the_same_rows()
    {
        var (name, content) = await ContentAsync();
        var (undisturbed, seconds) = await RunAsync(name, content, killAfter: []);

        // The kills fall anywhere in the time that a quiet run takes, start included.
        var dice = new Random(20);
        var instants = Enumerable.Range(0, Kills).Select(_ => TimeSpan.FromSeconds(1 + (dice.NextDouble() * seconds))).ToList();
        var (disturbed, _) = await RunAsync(name, content, instants);

        Assert.NotEmpty(undisturbed);
        Assert.Equal(undisturbed, disturbed);
    }

    public void Dispose() => _data.Delete(recursive: true);

    private async Task<(IReadOnlyList<string> Rows, double Seconds)> RunAsync(string name, BinaryData content, List<TimeSpan> killAfter)
    {
        var storage = await AzuriteAccounts.NextAsync();
        var incoming = new BlobServiceClient(storage).GetBlobContainerClient("incoming");
        await incoming.CreateIfNotExistsAsync();
        await incoming.GetBlobClient(name).UploadAsync(content);
        var began = TimeProvider.System.GetTimestamp();

        foreach (var after in killAfter)
        {
            using var victim = Start(storage);
            await Task.WhenAny(victim.WaitForExitAsync(), Task.Delay(after));
            Assert.False(victim.HasExited, "the host ended by itself");
            victim.Kill();
            await victim.WaitForExitAsync();
        }

        using var host = Start(storage);
        try
        {
            await EndAsync(storage, incoming);
            var seconds = TimeProvider.System.GetElapsedTime(began).TotalSeconds;
            var rows = await Rows.OfAsync(storage);

            if (killAfter.Count == 0)
            {
                await incoming.GetBlobClient(name).UploadAsync(content, overwrite: true);
                await EndAsync(storage, incoming);
                Assert.Equal(rows, await Rows.OfAsync(storage));
            }

            return (rows, seconds);
        }
        finally
        {
            host.Kill();
            await host.WaitForExitAsync();
        }
    }

    /// <summary>Waits until no file and no message is left, hidden ones included.</summary>
    private static async Task EndAsync(string storage, BlobContainerClient incoming)
    {
        var patience = TimeSpan.FromMinutes(File is null ? 3 : 30);
        var queue = new QueueClient(storage, "campaigns-to-score");
        var began = TimeProvider.System.GetTimestamp();
        for (var quiet = 0; quiet < 3;)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < patience, $"not done within {patience}");
            await Task.Delay(200);
            var waits = false;
            await foreach (var _ in incoming.GetBlobsAsync())
                waits = true;
            if (!waits && await queue.ExistsAsync())
                waits = (await queue.GetPropertiesAsync()).Value.ApproximateMessagesCount > 0;
            quiet = waits ? 0 : quiet + 1;
        }
    }

    private Process Start(string storage)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(LocalHostApp).Assembly.Location, "--urls", "http://127.0.0.1:0", "--data", _data.FullName, "--no-demo"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["AzureWebJobsStorage"] = storage },
        };
        foreach (var (setting, value) in Timers.Off)
            start.Environment[setting] = value;
        var process = Process.Start(start)!;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private static async Task<(string Name, BinaryData Content)> ContentAsync() => File is null
        ? ("town.ndjson", new BinaryData(Encoding.UTF8.GetBytes(Town.Ndjson(campaigns: 150, snapshots: 12))))
        : (Path.GetFileName(File), new BinaryData(await System.IO.File.ReadAllBytesAsync(File)));
}

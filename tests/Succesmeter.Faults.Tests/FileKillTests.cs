using System.Diagnostics;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Succesmeter.LocalHost;
using Succesmeter.Testing;

namespace Succesmeter.Faults.Tests;

/// <summary>
/// The real executable, killed at random instants while it reads a file of one's own, such as the 10,000 campaigns of docs/intake.md: the rows are those of a run that nobody disturbed. Dropped again,
/// the file changes no row and tells no event.
/// </summary>
public sealed class FileKillTests : IDisposable
{
    private const int UsualKills = 5;

    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("succesmeter-kills-");

    [OwnFileFact]
    public async Task A_host_that_is_killed_over_a_file_of_ones_own_ends_in_the_same_rows()
    {
        var (name, content) = (Path.GetFileName(OwnFileFactAttribute.File!), new BinaryData(await File.ReadAllBytesAsync(OwnFileFactAttribute.File!)));
        var (undisturbed, seconds) = await RunAsync(name, content, killAfter: []);

        // The kills fall anywhere in the time that a quiet run takes, start included.
        var dice = new Random(Nightly.Seed);
        var instants = Enumerable.Range(0, Nightly.Number("SUCCESMETER_KILLS", UsualKills)).Select(_ => TimeSpan.FromSeconds(1 + (dice.NextDouble() * seconds))).ToList();
        var (disturbed, _) = await RunAsync(name, content, instants);

        Same.Rows(undisturbed, disturbed);
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
        var patience = TimeSpan.FromMinutes(30);
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
}

/// <summary>A fact about the file of snapshots that <c>SUCCESMETER_KILLS_FILE</c> names, and without one skipped.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class OwnFileFactAttribute : FactAttribute
{
    public OwnFileFactAttribute() => Skip = File is null ? "SUCCESMETER_KILLS_FILE names no file of snapshots." : null;

    public static string? File { get; } = Environment.GetEnvironmentVariable("SUCCESMETER_KILLS_FILE");
}

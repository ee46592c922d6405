using System.Runtime.Versioning;
using Xunit.Abstractions;

namespace Succesmeter.Faults.Tests;

/// <summary>Folder and Azurite's data lie on a disk that gets full: nothing is said to be kept that is not, and with space again all goes on.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class FullDiskTests(ITestOutputHelper output)
{
    [SmallDiskFact]
    public async Task What_does_not_fit_is_refused_and_taken_once_there_is_space()
    {
        await using var subscriber = await Receiver.StartAsync();
        await using var host = new RealHost(storage: null, inside: static folder => SmallDisk.Around(folder, megabytes: 24));
        await host.ListensAsync();
        await host.SubscribeAsync(subscriber.Address);
        var (first, others) = (Undisturbed.Lines.Take(8), Undisturbed.Lines.Skip(8).Chunk(24).ToList());
        Assert.Equal("202", Assert.Single(await Pushing.AllAsync(host, first, each: 8, TimeSpan.Zero)).Key);
        await Account.QuietAsync(host.Storage);

        var ballast = Path.Combine(SmallDisk.Seen(host.ProcessId, host.Data), "ballast");
        SmallDisk.Fill(ballast);
        var answers = new List<string>();
        foreach (var portion in others)
        {
            answers.Add(await host.TryPushAsync(string.Join('\n', portion)) is { } status ? $"{(int)status}" : "none");
            if (answers[^1] != "202")
                break;
            SmallDisk.Fill(ballast + answers.Count);
        }

        Assert.Equal("503", answers[^1]);
        Assert.Contains("away, busy or full", host.Said, StringComparison.Ordinal);
        foreach (var file in Directory.GetFiles(Path.GetDirectoryName(ballast)!, "ballast*"))
            File.Delete(file);
        await Pushing.AllAsync(host, others.Skip(answers.Count - 1).SelectMany(static portion => portion), each: 24, TimeSpan.Zero);
        await Account.QuietAsync(host.Storage);

        Same.Rows(await Undisturbed.RowsAsync(), await Undisturbed.RowsOfAsync(host.Storage));
        Assert.Equal(await Undisturbed.ToldAsync(), Told.Ids(subscriber));
        output.WriteLine($"fault: full disk under Azurite tried 1, held 1; pushes were answered {string.Join(", ", answers)}, and with space again 202");
    }

    [SmallDiskFact]
    public async Task A_host_whose_folder_is_full_says_so_and_starts_once_there_is_space()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["data"]);
        await using var full = HostProcess.Start(SmallDisk.Around(folder["data"], megabytes: 1, "dd if=/dev/zero of=ballast bs=4096 2>/dev/null"), folder["data"], "http://127.0.0.1:0");

        Assert.Equal(1, await full.EndsAsync());
        Assert.Contains("cannot be written", Assert.Single(full.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);

        // Half a key would keep it from starting.
        await using var again = await HostProcess.Start(
            SmallDisk.Around(folder["data"], megabytes: 24, "dd if=/dev/zero of=ballast bs=4096 2>/dev/null; printf '{ \"func' > keys.json.new; rm ballast"), folder["data"], "http://127.0.0.1:0").ListensAsync();
        output.WriteLine("fault: full disk at the host's start tried 1, held 1");
    }
}

using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Succesmeter.LocalHost.Azurite;

namespace Succesmeter.Benchmarks;

/// <summary>What one more snapshot costs campaigns that have more and more of them behind them: all in one account, taking turns, so that the emulator's own growth is everybody's.</summary>
internal static class GrowthCommand
{
    private static readonly int[] Histories = [1, 10, 100, 1000];

    public static Command Create()
    {
        var campaigns = new Option<int>("--campaigns") { DefaultValueFactory = static _ => 50, Description = "Of each length." };
        var rounds = new Option<int>("--rounds") { DefaultValueFactory = static _ => 20, Description = "Each adds a snapshot to every campaign." };
        var gifts = new Option<int>("--gifts") { DefaultValueFactory = static _ => 0, Description = "New gifts that each snapshot lists." };
        var command = new Command("growth", "Cost of a new snapshot after 1, 10, 100 and 1,000 others.") { campaigns, rounds, gifts };
        command.SetAction((parsed, cancellation) => RunAsync(parsed.GetValue(campaigns), parsed.GetValue(rounds), parsed.GetValue(gifts), cancellation));
        return command;
    }

    private static async Task RunAsync(int campaigns, int rounds, int gifts, CancellationToken cancellation)
    {
        using var requests = new RequestCount();
        await using var azurite = await AzuriteProcess.StartInMemoryAsync(1, Console.Error.WriteLine, cancellation);
        var storage = azurite.ConnectionString(0);
        await using var host = await BenchmarkHost.StartAsync(storage, cancellation, [.. ServedProcess.TimersOff().Select(static one => (one.Key, one.Value!))]);
        using var process = Process.GetCurrentProcess();
        using var emulator = Process.GetProcessById(azurite.ProcessId);
        foreach (var history in Histories)
            await host.ScoreAsync(storage, PlatformOf(history), HourlyTown.File(PlatformOf(history), campaigns, ..history, gifts), cancellation);

        var spent = Histories.ToDictionary(static history => history, static _ => new List<(double Seconds, double Host, double Emulator, long Requests)>());
        for (var round = 0; round < rounds; round++)
        {
            // Who begins changes from round to round.
            foreach (var history in Histories.Select((_, at) => Histories[(at + round) % Histories.Length]))
            {
                var hour = history + round;
                var file = HourlyTown.File(PlatformOf(history), campaigns, hour..(hour + 1), gifts);
                var (cpu, emulatorCpu, sent, watch) = (Cpu(process), Cpu(emulator), requests.Value, Stopwatch.StartNew());
                await host.ScoreAsync(storage, string.Create(CultureInfo.InvariantCulture, $"{PlatformOf(history)}-{round:D3}"), file, cancellation);
                if (round > 0)
                    spent[history].Add((watch.Elapsed.TotalSeconds, Cpu(process) - cpu, Cpu(emulator) - emulatorCpu, requests.Value - sent));
            }
        }

        foreach (var (name, of) in ((string, Func<(double Seconds, double Host, double Emulator, long Requests), double>)[])
            [("milliseconds", static one => 1000 * one.Seconds), ("CPU of the host, ms", static one => 1000 * one.Host), ("CPU of the emulator, ms", static one => 1000 * one.Emulator), ("transactions", static one => one.Requests)])
        {
            foreach (var history in Histories)
            {
                var own = Median(spent[history].Select(of)) / campaigns;
                Figure.Print(string.Create(CultureInfo.InvariantCulture, $"{name} a snapshot after {history}"), own);
                Figure.Print("  of what it is after 10", own / (Median(spent[10].Select(of)) / campaigns));
            }
        }
    }

    private static string PlatformOf(int history) => string.Create(CultureInfo.InvariantCulture, $"after-{history}");

    private static double Cpu(Process process)
    {
        process.Refresh();
        return process.TotalProcessorTime.TotalSeconds;
    }

    private static double Median(IEnumerable<double> values)
    {
        var all = values.Order().ToList();
        return all[all.Count / 2];
    }
}

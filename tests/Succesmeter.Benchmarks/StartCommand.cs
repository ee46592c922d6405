using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Azure.Storage.Blobs;
using Succesmeter.LocalHost.Azurite;

namespace Succesmeter.Benchmarks;

/// <summary>From the start of the program, with Azurite running and a file waiting, to the first score that a client is answered.</summary>
internal static class StartCommand
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    public static Command Create()
    {
        var starts = new Option<int>("--starts") { DefaultValueFactory = static _ => 10 };
        var command = new Command("start", "Seconds from the start of the local host to its first answer and to its first score.") { starts };
        command.SetAction((parsed, cancellation) => RunAsync(parsed.GetValue(starts), cancellation));
        return command;
    }

    private static async Task RunAsync(int starts, CancellationToken cancellation)
    {
        await using var azurite = await AzuriteProcess.StartInMemoryAsync(starts + 1, Console.Error.WriteLine, cancellation);
        var (answered, scored) = (new List<double>(), new List<double>());

        // The first start reads the program from the disk, and is told apart.
        for (var start = 0; start <= starts; start++)
        {
            var incoming = new BlobServiceClient(azurite.ConnectionString(start)).GetBlobContainerClient("incoming");
            await incoming.CreateAsync(cancellationToken: cancellation);
            await incoming.UploadBlobAsync("first.ndjson", BinaryData.FromBytes(Encoding.UTF8.GetBytes(HourlyTown.Row("stad", 0, 200))), cancellation);
            await using var host = new HostProcess(azurite.ConnectionString(start));
            var watch = Stopwatch.StartNew();
            host.Begin();
            await host.AnswersAsync("/api/health", static _ => true, Pause, cancellation);
            answered.Add(watch.Elapsed.TotalSeconds);
            await host.AnswersAsync($"/api/campaigns/stad/{HourlyTown.Name(0)}/score", static score => score.TryGetProperty("financial", out var money) && money.ValueKind == JsonValueKind.Object, Pause, cancellation);
            scored.Add(watch.Elapsed.TotalSeconds);
        }

        foreach (var (what, times) in ((string, List<double>)[])[("first answer", answered), ("first score", scored)])
        {
            Figure.Print($"{what}: the very first start, s", times[0]);
            var rest = times.Skip(1).Order().ToList();
            Figure.Print(string.Create(CultureInfo.InvariantCulture, $"{what}: median of {rest.Count}, s"), rest[rest.Count / 2]);
            Figure.Print($"{what}: least, s", rest[0]);
            Figure.Print($"{what}: most, s", rest[^1]);
        }
    }
}

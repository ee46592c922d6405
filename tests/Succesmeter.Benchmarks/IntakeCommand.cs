using System.CommandLine;
using System.Diagnostics;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Microsoft.Extensions.DependencyInjection;
using Succesmeter.Campaigns;
using Succesmeter.Functions;
using Succesmeter.Intake;
using Succesmeter.LocalHost;
using Succesmeter.LocalHost.Azurite;
using Succesmeter.LocalHost.Http;
using Succesmeter.LocalHost.Settings;
using static Succesmeter.Benchmarks.Figure;

namespace Succesmeter.Benchmarks;

/// <summary>Drops one file in an empty town and follows it until every campaign is scored.</summary>
internal static class IntakeCommand
{
    public static Command Create()
    {
        var file = new Argument<FileInfo>("FILE") { Description = "Snapshots as NDJSON, gzipped or not; `replay` of Succesmeter.Learning makes one." };
        var untilRead = new Option<bool>("--until-read") { Description = "Ends when the file is read, with the scores still to come." };
        var command = new Command("intake", "Rows and storage transactions a second from a dropped file to all scores.") { file, untilRead };
        command.SetAction((parsed, cancellation) => RunAsync(parsed.GetRequiredValue(file), parsed.GetValue(untilRead), cancellation));
        return command;
    }

    private static async Task RunAsync(FileInfo file, bool untilRead, CancellationToken cancellation)
    {
        using var requests = new RequestCount();
        await using var azurite = await AzuriteProcess.StartInMemoryAsync(1, Console.Error.WriteLine, cancellation);
        var storage = azurite.ConnectionString(0);
        await using var host = await LocalHostApp.StartAsync(
            new LocalHostOptions
            {
                Assemblies = [typeof(SuccesmeterServices).Assembly],
                Services = (services, configuration) => services.AddSuccesmeter(configuration),
                Storage = storage,
                Keys = new HostKeys("function", "admin"),
                HostJson = HostJsonFile.Read(Path.Combine(AppContext.BaseDirectory, "host.json")),
                Settings = new Dictionary<string, string?> { ["Donors:PseudonymKey"] = Convert.ToBase64String(new byte[32]) },
            },
            cancellation);
        var receipts = host.Services.GetRequiredService<IReceiptStore>();
        var files = host.Services.GetRequiredService<IIncomingFiles>();
        var list = host.Services.GetRequiredService<ICampaignList>();

        var process = Process.GetCurrentProcess();
        var cpuBefore = process.TotalProcessorTime;
        var memoryBefore = process.WorkingSet64;
        var requestsBefore = requests.Value;
        var watch = Stopwatch.StartNew();
        await new BlobServiceClient(storage).GetBlobContainerClient("incoming").GetBlobClient(file.Name).UploadAsync(file.FullName, overwrite: true, cancellation);
        var id = (await files.FindAsync(file.Name, cancellation))!.ReceiptId;

        Receipt? receipt;
        while ((receipt = await receipts.FindAsync(id, cancellation)) is not { IsRead: true })
            await Task.Delay(200, cancellation);
        var read = watch.Elapsed;
        process.Refresh();
        var peakWhileReading = process.PeakWorkingSet64;

        if (untilRead)
        {
            Print("rows taken", receipt.Accepted);
            Print("campaigns", receipt.Campaigns);
            Print("seconds until the file was read", read.TotalSeconds);
            Print("memory of the host before, MB", memoryBefore / 1e6);
            Print("peak memory of the host until the file was read, MB", peakWhileReading / 1e6);
            return;
        }

        var newest = new Dictionary<CampaignId, CampaignListing>();
        var touched = receipt.Touched ?? throw new InvalidOperationException("The file touches too many campaigns to follow each.");
        var queue = new QueueClient(storage, "campaigns-to-score");
        while (true)
        {
            // Asking for the lists costs the emulator more than the scoring does, so only once nothing waits.
            if ((await queue.GetPropertiesAsync(cancellation)).Value.ApproximateMessagesCount > 0)
            {
                await Task.Delay(250, cancellation);
                continue;
            }

            newest.Clear();
            foreach (var platform in await list.PlatformsAsync(cancellation))
                await foreach (var campaign in list.ReadAsync(platform, after: null, cancellation))
                    newest[campaign.Campaign] = campaign;
            if (touched.All(one => newest.TryGetValue(one.Campaign, out var listed) && listed.TakenAt >= one.NewestAt))
                break;
            await Task.Delay(500, cancellation);
        }

        var scored = watch.Elapsed;
        process.Refresh();
        var sent = requests.Value - requestsBefore;
        Print("rows taken", receipt.Accepted);
        Print("rows refused, in the quarantine", receipt.Rejected);
        foreach (var why in receipt.Rejections.GroupBy(why => $"{why.Field} {why.Rule}", StringComparer.Ordinal))
            Print($"  of the first {Receipt.MostRejections}: {why.Key}", why.Count());
        Print("campaigns", receipt.Campaigns);
        Print("campaigns scored", newest.Values.Count(campaign => campaign is { AwaitsFacts: false, Score: not null }));
        Print("  with a probability", newest.Values.Count(campaign => campaign.Score?.Probability is not null));
        Print("  with a meter", newest.Values.Count(campaign => campaign.Score?.Meter is not null));
        Print("campaigns awaiting facts", newest.Values.Count(campaign => campaign.AwaitsFacts));
        Print("  without a goal", newest.Values.Count(campaign => campaign.Goal is null));
        Print("  without a launch", newest.Values.Count(campaign => campaign.LaunchedAt is null));
        Print("seconds until the file was read", read.TotalSeconds);
        Print("seconds until all were scored", scored.TotalSeconds);
        Print("rows a second, from drop to scored", receipt.Accepted / scored.TotalSeconds);
        Print("storage transactions", sent);
        Print("storage transactions a row", sent / (double)receipt.Accepted);
        Print("CPU seconds of the host", (process.TotalProcessorTime - cpuBefore).TotalSeconds);
        Print("peak memory of the host until the file was read, MB", peakWhileReading / 1e6);
        Print("peak memory of the host, MB", process.PeakWorkingSet64 / 1e6);
    }
}

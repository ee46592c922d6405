using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Azure;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Microsoft.Extensions.DependencyInjection;
using Succesmeter.Intake;
using Succesmeter.LocalHost;
using Succesmeter.LocalHost.Azurite;
using static Succesmeter.Benchmarks.Figure;

namespace Succesmeter.Benchmarks;

/// <summary>
/// Files of snapshots through the whole program, and beside it, in the same run, what the emulator takes at most: one batch for each campaign and file, of the very entities that the program left, written by the
/// storage SDK alone.
/// </summary>
internal static class ThroughputCommand
{
    private const string Platform = "stad";

    /// <summary>As many as the host runs at once: a batch of messages and what it fetches before one is done.</summary>
    private const int AtOnce = 24;

    public static Command Create()
    {
        var campaigns = new Option<int>("--campaigns") { DefaultValueFactory = static _ => 10_000 };
        var snapshots = new Option<int>("--snapshots") { DefaultValueFactory = static _ => 10, Description = "Of each campaign, an hour apart." };
        var files = new Option<int>("--files") { DefaultValueFactory = static _ => 1, Description = "That they come in, one after the other; each holds the same number of snapshots of every campaign." };
        var command = new Command("throughput", "Snapshots a second from drop to score, and the share of what the emulator takes from the SDK alone.") { campaigns, snapshots, files };
        command.SetAction((parsed, cancellation) => RunAsync(parsed.GetValue(campaigns), parsed.GetValue(snapshots), parsed.GetValue(files), cancellation));
        return command;
    }

    private static async Task RunAsync(int campaigns, int snapshots, int files, CancellationToken cancellation)
    {
        using var requests = new RequestCount();
        await using var azurite = await AzuriteProcess.StartInMemoryAsync(2, Console.Error.WriteLine, cancellation);
        var storage = azurite.ConnectionString(0);
        using var emulator = Process.GetProcessById(azurite.ProcessId);
        using var process = Process.GetCurrentProcess();
        double seconds;
        await using (var host = await BenchmarkHost.StartAsync(storage, cancellation, [.. ServedProcess.TimersOff().Select(static one => (one.Key, one.Value!))]))
        {
            await host.ScoreAsync(storage, "warm", HourlyTown.File("warm", 50, ..2), cancellation);
            var each = snapshots / files;
            var all = Enumerable.Range(0, files).Select(file => HourlyTown.File(Platform, campaigns, (file * each)..((file + 1) * each))).ToList();
            var (before, cpu, emulatorCpu) = (requests.Value, process.TotalProcessorTime, emulator.TotalProcessorTime);
            var watch = Stopwatch.StartNew();
            foreach (var (number, file) in all.Index())
                await host.ScoreAsync(storage, string.Create(CultureInfo.InvariantCulture, $"hour-{number:D3}"), file, cancellation);
            seconds = watch.Elapsed.TotalSeconds;
            process.Refresh();
            emulator.Refresh();
            var sent = requests.Value - before;
            var rows = (double)campaigns * each * files;
            Print("snapshots", rows);
            Print("campaigns", campaigns);
            Print("seconds from the first drop to the last score", seconds);
            Print("snapshots a second", rows / seconds);
            Print("storage transactions a snapshot", sent / rows);
            foreach (var (target, count) in requests.ByTarget.OrderByDescending(static one => one.Value).Take(8))
                Print($"  {target}", count);
            Print("CPU seconds of the host", (process.TotalProcessorTime - cpu).TotalSeconds);
            Print("CPU seconds of the emulator", (emulator.TotalProcessorTime - emulatorCpu).TotalSeconds);
            Print("peak memory of the host, MB", process.PeakWorkingSet64 / 1e6);
        }

        var kept = await KeptAsync(storage, cancellation);
        emulator.Refresh();
        var alone = emulator.TotalProcessorTime;
        var raw = await WriteAsync(new TableClient(azurite.ConnectionString(1), "Ceiling"), kept, files, cancellation);
        emulator.Refresh();
        Print("the SDK alone: batches", raw.Batches);
        Print("the SDK alone: entities a batch", raw.Entities / (double)raw.Batches);
        Print("the SDK alone: seconds", raw.Seconds);
        Print("the SDK alone: CPU seconds of the emulator", (emulator.TotalProcessorTime - alone).TotalSeconds);
        Print("share of that ceiling, %", 100 * raw.Seconds / seconds);
    }

    /// <summary>Drops it and waits until it is read and everything that it touched is scored.</summary>
    public static async Task ScoreAsync(this LocalHostApp host, string storage, string name, BinaryData file, CancellationToken cancellation)
    {
        var (receipts, files, queue) = (host.Services.GetRequiredService<IReceiptStore>(), host.Services.GetRequiredService<IIncomingFiles>(), new QueueClient(storage, "campaigns-to-score"));
        await new BlobServiceClient(storage).GetBlobContainerClient("incoming").GetBlobClient($"{name}.ndjson.gz").UploadAsync(file, overwrite: true, cancellation);
        var id = (await files.FindAsync($"{name}.ndjson.gz", cancellation))!.ReceiptId;
        while (await receipts.FindAsync(id, cancellation) is not { IsRead: true })
            await Task.Delay(50, cancellation);
        while ((await queue.GetPropertiesAsync(cancellation)).Value.ApproximateMessagesCount > 0)
            await Task.Delay(50, cancellation);
    }

    /// <returns>Of each campaign its record first, then the rest in the order of their keys.</returns>
    private static async Task<List<List<TableEntity>>> KeptAsync(string storage, CancellationToken cancellation)
    {
        var kept = new Dictionary<string, List<TableEntity>>(StringComparer.Ordinal);
        var rows = new TableClient(storage, "History").QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey gt {Platform + "|"} and PartitionKey lt {Platform + "}"}"), cancellationToken: cancellation);
        await foreach (var row in rows)
        {
            row.Timestamp = null;
            if (!kept.TryGetValue(row.PartitionKey, out var own))
                kept.Add(row.PartitionKey, own = []);
            own.Add(row);
        }

        return [.. kept.Values.Select(static own => own.OrderBy(static row => row.ContainsKey("State") ? 0 : 1).ThenBy(static row => row.RowKey, StringComparer.Ordinal).ToList())];
    }

    /// <summary>So many batches a campaign: each replaces the record on condition that it is the one before, and adds a share of the other rows.</summary>
    private static async Task<(long Batches, long Entities, double Seconds)> WriteAsync(TableClient table, List<List<TableEntity>> kept, int rounds, CancellationToken cancellation)
    {
        await table.CreateAsync(cancellation);
        var (batches, entities) = (0L, 0L);
        var tags = new ETag?[kept.Count];
        var watch = Stopwatch.StartNew();
        for (var round = 0; round < rounds; round++)
        {
            await Parallel.ForEachAsync(Enumerable.Range(0, kept.Count), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation }, async (number, stop) =>
            {
                var rest = kept[number].Count - 1;
                List<TableTransactionAction> actions =
                [
                    tags[number] is { } tag ? new(TableTransactionActionType.UpdateReplace, kept[number][0], tag) : new(TableTransactionActionType.Add, kept[number][0]),
                    .. kept[number][(1 + (rest * round / rounds))..(1 + (rest * (round + 1) / rounds))].Select(static row => new TableTransactionAction(TableTransactionActionType.UpsertReplace, row)),
                ];
                var answers = await table.SubmitTransactionAsync(actions, stop);
                tags[number] = answers.Value[0].Headers.ETag;
                Interlocked.Increment(ref batches);
                Interlocked.Add(ref entities, actions.Count);
            });
        }

        return (batches, entities, watch.Elapsed.TotalSeconds);
    }
}

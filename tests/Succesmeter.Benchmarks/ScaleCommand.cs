using System.CommandLine;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using Azure.Data.Tables;
using Azure.Storage.Queues;
using Microsoft.AspNetCore.Http;
using Succesmeter.Functions;
using Succesmeter.LocalHost;
using Succesmeter.LocalHost.Azurite;
using Succesmeter.LocalHost.Http;
using Succesmeter.LocalHost.Settings;
using Succesmeter.Testing;

namespace Succesmeter.Benchmarks;

/// <summary>What one snapshot and one delivery cost in storage transactions, processor time and bytes, and what that comes to a month for a town, a large platform and the world.</summary>
internal static class ScaleCommand
{
    private const string Token = "root-token-of-a-benchmark";

    public static Command Create()
    {
        var campaigns = new Option<int>("--campaigns") { DefaultValueFactory = static _ => 40 };
        var snapshots = new Option<int>("--snapshots") { DefaultValueFactory = static _ => 20, Description = "Of each campaign, an hour apart, each pushed by itself." };
        var command = new Command("scale", "Transactions, processor time and bytes of a snapshot and of a delivery, and what they cost at three sizes.") { campaigns, snapshots };
        command.SetAction((parsed, cancellation) => RunAsync(parsed.GetValue(campaigns), parsed.GetValue(snapshots), cancellation));
        return command;
    }

    private static async Task RunAsync(int campaigns, int snapshots, CancellationToken cancellation)
    {
        // What is compiled on the way is no snapshot's.
        await MeasureAsync(campaigns, 2, subscribed: true, cancellation);
        var silent = await MeasureAsync(campaigns, snapshots, subscribed: false, cancellation);
        var heard = await MeasureAsync(campaigns, snapshots, subscribed: true, cancellation);
        var perSnapshot = silent.Per(silent.Snapshots);
        var perDelivery = heard.Minus(silent).Per(heard.Deliveries);
        Figure.Print("snapshots", silent.Snapshots);
        Figure.Print("deliveries", heard.Deliveries);
        Print("a snapshot", perSnapshot);
        Print("a delivery", perDelivery);
        foreach (var size in Size.All)
            Print(size, size.Cost(perSnapshot, perDelivery));
        foreach (var load in PartitionLoad.Of(Size.All[^1], perSnapshot))
            Figure.Print(load.What, load.Value);
    }

    private static void Print(string what, Spent spent)
    {
        foreach (var (service, count) in spent.Transactions.OrderBy(static one => one.Key, StringComparer.Ordinal))
            Figure.Print($"{what}: {service} transactions", count);
        Figure.Print($"{what}: processor, ms", spent.Processor * 1000);
        Figure.Print($"{what}: bytes kept in tables", spent.Kept);
    }

    private static void Print(Size size, MonthlyCost cost)
    {
        Figure.Print($"{size.Name}: snapshots a second", size.SnapshotsPerSecond);
        Figure.Print($"{size.Name}: storage transactions a second", cost.TransactionsPerSecond);
        Figure.Print($"{size.Name}: processors kept busy", cost.Processors);
        Figure.Print($"{size.Name}: transactions, EUR a month", cost.Transactions);
        Figure.Print($"{size.Name}: functions, EUR a month", cost.Functions);
        Figure.Print($"{size.Name}: events of Event Grid, EUR a month", cost.Events);
        Figure.Print($"{size.Name}: data kept after a year, GB", cost.Gigabytes);
        Figure.Print($"{size.Name}: data, EUR a month after a year", cost.Data);
        Figure.Print($"{size.Name}: in all, EUR a month", cost.All);
    }

    private static async Task<Spent> MeasureAsync(int campaigns, int snapshots, bool subscribed, CancellationToken cancellation)
    {
        await using var azurite = await AzuriteProcess.StartInMemoryAsync(1, Console.Error.WriteLine, cancellation);
        var storage = azurite.ConnectionString(0);
        var taken = 0;
        await using var endpoint = await EndpointAsync(() => Interlocked.Increment(ref taken));
        await using var host = await LocalHostApp.StartAsync(
            new LocalHostOptions
            {
                Assemblies = [typeof(SuccesmeterServices).Assembly],
                Middleware = SuccesmeterServices.Middleware,
                Services = (services, configuration) => services.AddSuccesmeter(configuration),
                Storage = storage,
                Keys = new HostKeys("function", "admin"),
                HostJson = HostJsonFile.Read(Path.Combine(AppContext.BaseDirectory, "host.json")),
                Settings = new Dictionary<string, string?>(ServedProcess.TimersOff())
                {
                    ["Donors:PseudonymKey"] = Convert.ToBase64String(new byte[32]),
                    ["Webhooks:Keys:1"] = Convert.ToBase64String(new byte[32]),
                    ["Webhooks:AllowLoopback"] = "true",
                    ["Access:RootToken"] = Token,
                    ["Api:RequestsPerMinute"] = "0",
                },
            },
            cancellation);
        using var client = new HttpClient { BaseAddress = host.Address };
        client.DefaultRequestHeaders.Add("x-functions-key", "function");
        client.DefaultRequestHeaders.Authorization = new("Bearer", Token);
        if (subscribed)
            (await client.PostAsJsonAsync("/api/subscriptions", new { platform = "stad", url = endpoint.Address, language = "nl" }, cancellation)).EnsureSuccessStatusCode();

        // What an idle host asks of storage is no snapshot's; the host's own requests for messages and blobs are counted by nobody here, but by Azure's own host they are batched and are few.
        var transactions = new Dictionary<string, double>(StringComparer.Ordinal);
        using var listener = new MeterListener { InstrumentPublished = Listen };
        listener.SetMeasurementEventCallback<long>((_, count, tags, _) =>
        {
            var service = (string)tags[0].Value!;
            lock (transactions)
                transactions[service] = transactions.GetValueOrDefault(service) + count;
        });
        listener.Start();
        var before = Process.GetCurrentProcess().TotalProcessorTime;
        taken = 0;
        for (var hour = 0; hour < snapshots; hour++)
        {
            for (var campaign = 0; campaign < campaigns; campaign++)
                (await client.PostAsync("/api/snapshots", new StringContent(Snapshot(campaign, hour, snapshots), Encoding.UTF8, "application/json"), cancellation)).EnsureSuccessStatusCode();
            await SettledAsync(storage, cancellation);
        }

        var used = Process.GetCurrentProcess().TotalProcessorTime - before;
        listener.Dispose();
        return new Spent(campaigns * snapshots, taken, transactions, used.TotalSeconds, await KeptAsync(storage, cancellation));
    }

    private static void Listen(Instrument instrument, MeterListener listener)
    {
        if (instrument.Name == "succesmeter.storage.requests")
            listener.EnableMeasurementEvents(instrument);
    }

    /// <summary>Nothing waits in a container or queue, and nothing did half a second before.</summary>
    private static async Task SettledAsync(string storage, CancellationToken cancellation)
    {
        var incoming = new Azure.Storage.Blobs.BlobContainerClient(storage, "incoming");
        for (var quiet = 0; quiet < 2;)
        {
            await Task.Delay(500, cancellation);
            var waits = await incoming.GetBlobsAsync(cancellationToken: cancellation).AnyAsync(cancellation);
            foreach (var queue in (string[])["campaigns-to-score", "webhooks-to-deliver"])
                waits |= (await new QueueClient(storage, queue).GetPropertiesAsync(cancellation)).Value.ApproximateMessagesCount > 0;
            quiet = waits ? 0 : quiet + 1;
        }
    }

    /// <summary>By the formula that is charged: 4 bytes, two a letter of the keys, and for each property 8, two a letter of its name, and its value.</summary>
    private static async Task<double> KeptAsync(string storage, CancellationToken cancellation)
    {
        var bytes = 0.0;
        await foreach (var table in new TableServiceClient(storage).QueryAsync(cancellationToken: cancellation))
            await foreach (var row in new TableClient(storage, table.Name).QueryAsync<TableEntity>(cancellationToken: cancellation))
                bytes += 4 + (2 * (row.PartitionKey.Length + row.RowKey.Length)) + row.Where(static property => property.Key is not ("odata.etag" or "PartitionKey" or "RowKey" or "Timestamp")).Sum(static property => 8 + (2 * property.Key.Length) + SizeOf(property.Value));
        return bytes;
    }

    private static double SizeOf(object? value) => value switch
    {
        string text => (2 * text.Length) + 4,
        byte[] bytes => bytes.Length + 4,
        BinaryData data => data.ToMemory().Length + 4,
        bool => 1,
        int => 4,
        _ => 8,
    };

    /// <summary>Gifts come at a steady pace and all levels up to 200 % are reached on the way.</summary>
    private static string Snapshot(int campaign, int hour, int hours)
    {
        var backers = 8 * (hour + 1);
        var pledged = 10_500m * (hour + 1) / hours;
        var at = new DateTimeOffset(2026, 5, 2, 0, 0, 0, TimeSpan.Zero).AddHours(hour);
        return string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"platform":"stad","campaign":"c{{campaign}}","takenAt":"{{at:yyyy-MM-ddTHH:mm:ssZ}}","title":"Buurttuin {{campaign}}","currency":"EUR","goal":5000,"funding":"all-or-nothing","launchedAt":"2026-04-20T08:00:00Z","endsAt":"2026-05-30T22:00:00Z","pledged":{{pledged:0.00}},"backers":{{backers}},"contributionsAre":"new","contributions":[{{string.Join(',', Enumerable.Range(0, 8).Select(gift => $$"""{"id":"{{hour}}-{{gift}}","at":"{{at.AddMinutes(-7 * (gift + 1)):yyyy-MM-ddTHH:mm:ssZ}}","amount":{{pledged / backers:0.00}},"donor":"donor-{{campaign}}-{{hour}}-{{gift}}","identity":"account"}"""))}}]}""");
    }

    private static Task<LoopbackServer> EndpointAsync(Action took) => LoopbackServer.StartAsync(http =>
    {
        took();
        http.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    });
}

/// <param name="Snapshots">That were pushed, each by itself.</param>
/// <param name="Deliveries">That an endpoint took.</param>
/// <param name="Transactions">By service: table, blob, queue; of the functions' own clients.</param>
/// <param name="Processor">Seconds of the host, with the endpoint and the client that stand in the same process.</param>
/// <param name="Kept">Bytes in tables, as they are charged.</param>
internal sealed record Spent(int Snapshots, int Deliveries, IReadOnlyDictionary<string, double> Transactions, double Processor, double Kept)
{
    public Spent Per(int count) => this with { Transactions = Transactions.ToDictionary(static one => one.Key, one => one.Value / count, StringComparer.Ordinal), Processor = Processor / count, Kept = Kept / count };

    public Spent Minus(Spent other) => this with
    {
        Transactions = Transactions.ToDictionary(static one => one.Key, one => one.Value - other.Transactions.GetValueOrDefault(one.Key), StringComparer.Ordinal),
        Processor = Processor - other.Processor,
        Kept = Kept - other.Kept,
    };
}

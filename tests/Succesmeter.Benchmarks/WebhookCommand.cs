using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Azure.Data.Tables;
using Azure.Storage.Queues;
using Succesmeter.LocalHost.Azurite;
using Succesmeter.Webhooks;

namespace Succesmeter.Benchmarks;

/// <summary>
/// Deliveries to fifty endpoints, of which ten fail at random, five hang, five are broken for a while and one is gone, while the host is killed again and again: what arrives, how often and how soon.
/// </summary>
internal static class WebhookCommand
{
    private const int Endpoints = 50;
    private const int EventsOfCampaign = 8;
    private static readonly string[] Levels = ["10", "25", "50", "75", "100", "150", "200"];
    private static readonly TimeProvider Time = TimeProvider.System;

    public static Command Create()
    {
        var deliveries = new Option<int>("--deliveries") { DefaultValueFactory = static _ => 10_000 };
        var kills = new Option<int>("--kills") { DefaultValueFactory = static _ => 10 };
        var rate = new Option<double>("--campaigns-per-second") { DefaultValueFactory = static _ => 3, Description = $"Each makes {EventsOfCampaign} events at once." };
        var command = new Command("webhooks", "Deliveries to endpoints that fail in all ways, by a host that is killed on the way.") { deliveries, kills, rate };
        command.SetAction((parsed, cancellation) => RunAsync(parsed.GetValue(deliveries), parsed.GetValue(kills), parsed.GetValue(rate), cancellation));
        return command;
    }

    private static async Task RunAsync(int deliveries, int kills, double rate, CancellationToken cancellation)
    {
        var each = Math.Max(1, deliveries / Endpoints / EventsOfCampaign);
        await using var azurite = await AzuriteProcess.StartInMemoryAsync(1, Console.Error.WriteLine, cancellation);
        await using var endpoints = await WebhookEndpoints.StartAsync([.. Enumerable.Range(0, Endpoints).Select(KindOf)]);
        await using var host = new KilledHost(azurite.ConnectionString(0));
        await host.StartAsync(cancellation);
        var subscriptions = new string[Endpoints];
        await Parallel.ForAsync(0, Endpoints, cancellation, async (endpoint, stop) => subscriptions[endpoint] = await host.SubscribeAsync(PlatformOf(endpoint), endpoints.Addresses[endpoint], stop));

        var campaigns = Endpoints * each;
        var watch = Stopwatch.StartNew();
        var length = TimeSpan.FromSeconds(campaigns / rate);
        endpoints.MendedAt = Time.GetUtcNow() + (length / 3);
        var killing = KillAsync(host, kills, length, cancellation);
        for (var number = 0; number < campaigns; number++)
        {
            // What was held up by a kill is not made up for: that would be another load.
            await Task.Delay(TimeSpan.FromSeconds(1 / rate), cancellation);
            await host.PushAsync(Snapshot(PlatformOf(number % Endpoints), number / Endpoints), cancellation);
        }

        await killing;
        var pushed = watch.Elapsed;
        var expected = Enumerable.Range(0, Endpoints).ToDictionary(static endpoint => endpoint, endpoint => ExpectedOf(PlatformOf(endpoint), each));
        var well = expected.Where(one => endpoints.Kinds[one.Key] == WebhookEndpoints.Kind.Well).ToDictionary();
        var patience = Stopwatch.StartNew();
        while (Missing(well) > 0 && patience.Elapsed < TimeSpan.FromMinutes(5))
            await Task.Delay(500, cancellation);
        var settled = watch.Elapsed;

        // The broken ones are well again by now, but their retries may be minutes away: what is left is counted, and in the queue.
        var delays = await DelaysAsync(azurite.ConnectionString(0), endpoints, well.Keys.ToDictionary(static endpoint => endpoint, endpoint => subscriptions[endpoint]), host.Downs, cancellation);
        var queue = await new QueueClient(azurite.ConnectionString(0), "webhooks-to-deliver").GetPropertiesAsync(cancellation);
        Figure.Print("deliveries asked for", Endpoints * each * EventsOfCampaign);
        Figure.Print("seconds over which they were spread", pushed.TotalSeconds);
        Figure.Print("seconds until the well had all", settled.TotalSeconds);
        Figure.Print("kills of the host", host.Downs.Count);
        Figure.Print("calls that endpoints got", endpoints.Calls);
        foreach (var kind in Enum.GetValues<WebhookEndpoints.Kind>())
        {
            var ofKind = expected.Where(one => endpoints.Kinds[one.Key] == kind).ToDictionary();
            Figure.Print($"{kind}: endpoints", ofKind.Count);
            Figure.Print($"{kind}: deliveries expected", ofKind.Values.Sum(static ids => ids.Count));
            Figure.Print($"{kind}: not taken yet", Missing(ofKind));
        }

        Figure.Print("messages that wait for their time", queue.Value.ApproximateMessagesCount);
        Figure.Print("taken more than once", endpoints.Taken.Values.Count(static one => one.Times > 1));
        Figure.Print("ids that came with another body", endpoints.Changed.Count);
        Figure.Print("ids that nobody expected", endpoints.Taken.Keys.Count(key => !expected[key.Endpoint].Contains(key.Id)));
        Figure.Print("well, host up: deliveries", delays.Up.Count);
        foreach (var (name, share) in ((string, double)[])[("p50", 0.5), ("p95", 0.95), ("p99", 0.99), ("most", 1)])
            Figure.Print($"well, host up: delay {name}, s", Quantile(delays.Up, share));
        Figure.Print("well, over a kill: deliveries", delays.Down.Count);
        Figure.Print("well, over a kill: delay most, s", Quantile(delays.Down, 1));

        int Missing(Dictionary<int, HashSet<string>> of) => of.Sum(one => one.Value.Count(id => !endpoints.Taken.ContainsKey((one.Key, id))));
    }

    private static WebhookEndpoints.Kind KindOf(int endpoint) => endpoint switch
    {
        < 10 => WebhookEndpoints.Kind.FailsAtRandom,
        < 15 => WebhookEndpoints.Kind.Hangs,
        < 20 => WebhookEndpoints.Kind.Breaks,
        20 => WebhookEndpoints.Kind.Gone,
        _ => WebhookEndpoints.Kind.Well,
    };

    /// <summary>At instants drawn over the time of the pushes.</summary>
    private static async Task KillAsync(KilledHost host, int kills, TimeSpan length, CancellationToken cancellation)
    {
        var dice = new Random(11);
        var watch = Stopwatch.StartNew();
        for (var kill = 0; kill < kills; kill++)
        {
            var at = length * ((kill + 0.2 + (0.6 * dice.NextDouble())) / kills);
            if (at - watch.Elapsed is { Ticks: > 0 } wait)
                await Task.Delay(wait, cancellation);
            await host.KillAndStartAsync(cancellation);
        }
    }

    /// <summary>From when the delivery was announced until the endpoint had it, apart by whether the host was down in between.</summary>
    private static async Task<(List<double> Up, List<double> Down)> DelaysAsync(
        string storage, WebhookEndpoints endpoints, Dictionary<int, string> well, List<(DateTimeOffset From, DateTimeOffset To)> downs, CancellationToken cancellation)
    {
        var table = new TableClient(storage, "Deliveries");
        var (up, down) = (new List<double>(), new List<double>());
        foreach (var (endpoint, subscription) in well)
            await foreach (var row in table.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {subscription}"), cancellationToken: cancellation))
            {
                if (!endpoints.Taken.TryGetValue((endpoint, row.RowKey[(row.RowKey.LastIndexOf('|') + 1)..]), out var taken))
                    continue;
                var announced = row.GetDateTimeOffset("AnnouncedAt")!.Value;
                (downs.Exists(one => announced < one.To && taken.First > one.From) ? down : up).Add((taken.First - announced).TotalSeconds);
            }

        return (up, down);
    }

    private static double Quantile(List<double> values, double share)
    {
        if (values.Count == 0)
            return double.NaN;
        values.Sort();
        return values[Math.Min(values.Count - 1, (int)(share * values.Count))];
    }

    private static string PlatformOf(int endpoint) => string.Create(CultureInfo.InvariantCulture, $"p{endpoint:D2}");

    private static HashSet<string> ExpectedOf(string platform, int campaigns) =>
    [
        .. Enumerable.Range(0, campaigns).SelectMany(number => Levels.Select(level => $"{platform}/c{number}:milestone.reached:{level}:1").Append($"{platform}/c{number}:campaign.discovered:1")).Select(Delivery.IdOf),
    ];

    private static string Snapshot(string platform, int number) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"platform":"{{platform}}","campaign":"c{{number}}","takenAt":"2026-05-02T12:00:00Z","title":"Buurttuin {{number}}","currency":"EUR","goal":5000,"funding":"all-or-nothing","launchedAt":"2026-04-20T08:00:00Z","endsAt":"2026-05-30T22:00:00Z","pledged":10500,"backers":164}""");

    /// <summary>Killed and started again.</summary>
    private sealed class KilledHost(string storage) : IAsyncDisposable
    {
        private readonly HostProcess process = new(storage);

        public List<(DateTimeOffset From, DateTimeOffset To)> Downs { get; } = [];

        public Task StartAsync(CancellationToken cancellation) => process.StartAsync(cancellation);

        public async Task KillAndStartAsync(CancellationToken cancellation)
        {
            var from = Time.GetUtcNow();
            await process.KillAsync();
            await process.StartAsync(cancellation);
            Downs.Add((from, Time.GetUtcNow()));
        }

        public async Task<string> SubscribeAsync(string platform, Uri address, CancellationToken cancellation)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/api/subscriptions", UriKind.Relative)) { Content = JsonContent.Create(new { platform, url = address.AbsoluteUri, language = "nl" }) };
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await process.KeyAsync("token", cancellation));
            using var answer = await process.Http.SendAsync(request, cancellation);
            answer.EnsureSuccessStatusCode();
            return (await answer.Content.ReadFromJsonAsync<JsonElement>(cancellation)).GetProperty("id").GetString()!;
        }

        /// <summary>Until it is accepted: a host that is down takes it when it is up.</summary>
        public async Task PushAsync(string snapshot, CancellationToken cancellation)
        {
            var key = await process.KeyAsync("function", cancellation);
            while (true)
            {
                try
                {
                    using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/api/snapshots", UriKind.Relative)) { Content = new StringContent(snapshot, Encoding.UTF8, "application/json") };
                    request.Headers.Add("x-functions-key", key);
                    using var answer = await process.Http.SendAsync(request, cancellation);
                    if (answer.IsSuccessStatusCode)
                        return;
                }
                catch (Exception down) when (down is HttpRequestException or IOException or OperationCanceledException && !cancellation.IsCancellationRequested)
                {
                    // Killed under it, or not up yet.
                }

                await Task.Delay(200, cancellation);
            }
        }

        public ValueTask DisposeAsync() => process.DisposeAsync();
    }
}

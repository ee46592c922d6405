using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Succesmeter.LocalHost.Azurite;
using static Succesmeter.Benchmarks.Figure;

namespace Succesmeter.Benchmarks;

/// <summary>Asks a host in another process for lists and scores, beside the bare framework in a third, and looks at the host's memory meanwhile.</summary>
internal static class ServeCommand
{
    private const string Platform = "stad";
    private const int Gifts = 40;

    public static Command Create()
    {
        var campaigns = new Option<int>("--campaigns") { Description = "That are pushed and scored.", DefaultValueFactory = static _ => 100 };
        var clients = new Option<int>("--clients") { Description = "That ask at once.", DefaultValueFactory = static _ => 16 };
        var rounds = new Option<int>("--rounds") { Description = "Of each question, in turn.", DefaultValueFactory = static _ => 5 };
        var seconds = new Option<double>("--seconds") { Description = "Of each round.", DefaultValueFactory = static _ => 3 };
        var requests = new Option<long>("--requests") { Description = "During which memory is looked at.", DefaultValueFactory = static _ => 200_000 };
        var lists = new Option<int[]>("--lists") { Description = "Campaigns of the lists whose making is measured.", DefaultValueFactory = static _ => [5_000, 50_000], AllowMultipleArgumentsPerToken = true };
        var command = new Command("serve", "Requests a second, waiting times and memory of the API, beside the framework's own hello.") { campaigns, clients, rounds, seconds, requests, lists };
        command.SetAction((parsed, cancellation) => RunAsync(
            new Settings(parsed.GetValue(campaigns), parsed.GetValue(clients), parsed.GetValue(rounds), TimeSpan.FromSeconds(parsed.GetValue(seconds)), parsed.GetValue(requests), parsed.GetValue(lists)!), cancellation));
        return command;
    }

    private static async Task RunAsync(Settings settings, CancellationToken cancellation)
    {
        await using var azurite = await AzuriteProcess.StartInMemoryAsync(1, Console.Error.WriteLine, cancellation);
        await using var hello = await ServedProcess.StartHelloAsync();
        await using var host = await ServedProcess.StartHostAsync(azurite.ConnectionString(0));
        using var client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = settings.Clients, UseCookies = false }) { Timeout = TimeSpan.FromMinutes(10) };
        var token = await PrepareAsync(client, host, settings.Campaigns, cancellation);
        var questions = await QuestionsAsync(client, hello, host, token, settings.Campaigns, cancellation);

        await CompareAsync(client, host, questions, settings, cancellation);
        await WatchMemoryAsync(client, host, questions, settings, cancellation);
        foreach (var campaigns in settings.Lists)
            await ListAsync(client, host, token, campaigns, cancellation);
    }

    /// <returns>A reader's token, as an admin issues it.</returns>
    private static async Task<string> PrepareAsync(HttpClient client, ServedProcess host, int campaigns, CancellationToken cancellation)
    {
        using var issue = new HttpRequestMessage(HttpMethod.Post, new Uri(host.Address, "/api/admin/tokens"))
        {
            Content = Json($$"""{"scope":{"all":true},"rights":["read"],"expiresAt":"{{TimeProvider.System.GetUtcNow().AddDays(1):O}}","label":"A benchmark"}"""),
        };
        issue.Headers.Add("x-functions-key", ServedProcess.AdminKey);
        var token = (await AnswerAsync(client, issue, cancellation)).GetProperty("token").GetString()!;

        using var push = new HttpRequestMessage(HttpMethod.Post, new Uri(host.Address, "/api/snapshots"))
        {
            Content = new StringContent(string.Join('\n', Enumerable.Range(0, campaigns).Select(Snapshot)), Encoding.UTF8, "application/x-ndjson"),
        };
        push.Headers.Add("x-functions-key", ServedProcess.FunctionKey);
        var receipt = new Uri(host.Address, (await AnswerAsync(client, push, cancellation)).GetProperty("location").GetString());
        while (true)
        {
            using var ask = new HttpRequestMessage(HttpMethod.Get, receipt);
            var state = await AnswerAsync(client, ask, cancellation);
            if (state.GetProperty("state").GetString() == "read" && state.GetProperty("waiting") is { ValueKind: JsonValueKind.Number } waiting && waiting.GetInt32() == 0)
                return token;
            await Task.Delay(500, cancellation);
        }
    }

    private static async Task<IReadOnlyList<Asked>> QuestionsAsync(HttpClient client, ServedProcess hello, ServedProcess host, string token, int campaigns, CancellationToken cancellation)
    {
        var tags = new EntityTagHeaderValue[campaigns];
        for (var one = 0; one < campaigns; one++)
        {
            using var request = ScoreOf(one);
            using var answer = await client.SendAsync(request, cancellation);
            tags[one] = answer.Headers.ETag ?? throw new InvalidOperationException($"The score of campaign {one} answered {(int)answer.StatusCode}.");
        }

        return
        [
            new("hello", HttpStatusCode.OK, _ => new HttpRequestMessage(HttpMethod.Get, new Uri(hello.Address, "/hello"))),
            new("list of 50", HttpStatusCode.OK, _ => Reader(HttpMethod.Get, new Uri(host.Address, $"/api/campaigns?platform={Platform}&limit=50"))),
            new("score", HttpStatusCode.OK, number => ScoreOf(number)),
            new("score, 304", HttpStatusCode.NotModified, number =>
            {
                var request = ScoreOf(number);
                request.Headers.IfNoneMatch.Add(tags[number % campaigns]);
                return request;
            }),
            new("campaign, read from the tables", HttpStatusCode.OK, number => Reader(HttpMethod.Get, new Uri(host.Address, $"/api/campaigns/{Platform}/campaign-{number % campaigns}"))),
        ];

        HttpRequestMessage ScoreOf(long number) => Reader(HttpMethod.Get, new Uri(host.Address, $"/api/campaigns/{Platform}/campaign-{number % campaigns}/score"));

        HttpRequestMessage Reader(HttpMethod method, Uri address)
        {
            var request = new HttpRequestMessage(method, address);
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            return request;
        }
    }

    /// <summary>Rounds in turn, so that what else the machine does falls on all of them.</summary>
    private static async Task CompareAsync(HttpClient client, ServedProcess host, IReadOnlyList<Asked> questions, Settings settings, CancellationToken cancellation)
    {
        var rounds = questions.ToDictionary(static asked => asked.Name, static _ => new List<Load>(), StringComparer.Ordinal);
        for (var round = -1; round < settings.Rounds; round++)
            foreach (var asked in questions)
            {
                var load = await Load.RunAsync(client, asked, settings.Clients, long.MaxValue, settings.Round, cancellation);
                if (round >= 0)
                    rounds[asked.Name].Add(load);
            }

        var bare = Median(rounds[questions[0].Name]);
        Print("clients at once", settings.Clients);
        Print("rounds", settings.Rounds);
        Print("seconds of a round", settings.Round.TotalSeconds);
        foreach (var asked in questions)
        {
            var all = Load.Of(rounds[asked.Name]);
            Print($"{asked.Name}: requests a second, median of the rounds", Median(rounds[asked.Name]));
            Print("  share of hello's", Median(rounds[asked.Name]) / bare);
            Print("  milliseconds, p50", all.Percentile(0.5));
            Print("  milliseconds, p99", all.Percentile(0.99));
            Print("  bytes of an answer", all.Bytes / (double)all.Milliseconds.Length);
        }

        Print("processor seconds of the host", host.ProcessorTime.TotalSeconds);

        static double Median(List<Load> loads) => loads.Select(static load => load.PerSecond).Order().ElementAt(loads.Count / 2);
    }

    private static async Task WatchMemoryAsync(HttpClient client, ServedProcess host, IReadOnlyList<Asked> questions, Settings settings, CancellationToken cancellation)
    {
        const int Steps = 4;
        // What reads tables waits for the emulator, and the host would have nothing to hold on to.
        var ours = questions.Skip(1).SkipLast(1).ToList();
        for (var step = 0; step <= Steps; step++)
        {
            if (step > 0)
                foreach (var asked in ours)
                    await Load.RunAsync(client, asked, settings.Clients, settings.Requests / Steps / ours.Count, TimeSpan.MaxValue, cancellation);
            var (workingSet, heap) = await host.MemoryAsync();
            Print($"after {step * settings.Requests / Steps:#,0} more requests: working set, MB", workingSet / 1e6);
            Print("  heap after a collection, MB", heap / 1e6);
        }
    }

    private static async Task ListAsync(HttpClient client, ServedProcess host, string token, int campaigns, CancellationToken cancellation)
    {
        var filling = Stopwatch.StartNew();
        var platform = await host.PutAsync(campaigns);
        await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"(the emulator took {filling.Elapsed.TotalSeconds:0} s to be filled)"));
        Print($"list of {campaigns:#,0}: milliseconds of the page that makes it", (await TimeAsync("limit=50")).Milliseconds);
        Print("  milliseconds of a page of 50, median of 9", await MedianAsync("limit=50"));
        Print("  milliseconds of a page of 500, median of 9", await MedianAsync("limit=500"));
        Print("  milliseconds of a page by title, median of 9", await MedianAsync("limit=50&sort=title"));
        Print("  milliseconds of a page of a search, median of 9", await MedianAsync("limit=50&search=straat%2012"));
        var table = await TimeAsync("format=csv");
        Print("  milliseconds of the table (CSV)", table.Milliseconds);
        Print("  megabytes of the table (CSV)", table.Body.Length / 1e6);
        Print("  megabytes of the host's heap after a collection", (await host.MemoryAsync()).Heap / 1e6);

        var watch = Stopwatch.StartNew();
        var (rows, pages, continuation) = (0, 0, (string?)null);
        do
        {
            var page = JsonDocument.Parse((await TimeAsync($"limit=500{(continuation is null ? "" : $"&continuation={continuation}")}")).Body).RootElement;
            rows += page.GetProperty("items").GetArrayLength();
            pages++;
            continuation = page.GetProperty("continuation").GetString();
        }
        while (continuation is not null);
        if (rows != campaigns)
            throw new InvalidOperationException($"The pages together had {rows} rows.");
        Print("  milliseconds a page of 500, all pages in turn", watch.Elapsed.TotalMilliseconds / pages);

        async Task<double> MedianAsync(string query)
        {
            var times = new List<double>();
            for (var time = 0; time < 9; time++)
                times.Add((await TimeAsync(query)).Milliseconds);
            return times.Order().ElementAt(times.Count / 2);
        }

        async Task<(double Milliseconds, byte[] Body)> TimeAsync(string query)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(host.Address, $"/api/campaigns?platform={platform}&{query}"));
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            var began = Stopwatch.GetTimestamp();
            using var answer = await client.SendAsync(request, cancellation);
            answer.EnsureSuccessStatusCode();
            var body = await answer.Content.ReadAsByteArrayAsync(cancellation);
            return (Stopwatch.GetElapsedTime(began).TotalMilliseconds, body);
        }
    }

    private static async Task<JsonElement> AnswerAsync(HttpClient client, HttpRequestMessage request, CancellationToken cancellation)
    {
        using var answer = await client.SendAsync(request, cancellation);
        answer.EnsureSuccessStatusCode();
        return JsonDocument.Parse(await answer.Content.ReadAsStringAsync(cancellation)).RootElement;
    }

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    private static string Snapshot(int campaign)
    {
        var launch = TimeProvider.System.GetUtcNow().AddDays(-20);
        var gifts = string.Join(',', Enumerable.Range(0, Gifts).Select(gift => string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"id":"g{{campaign}}-{{gift}}","at":"{{launch.AddHours(gift * 11).AddMinutes(campaign):O}}","amount":{{20 + (gift % 5 * 5)}},"donor":"d{{(campaign * 7) + gift}}","identity":"account"}""")));
        return string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"platform":"{{Platform}}","campaign":"campaign-{{campaign}}","takenAt":"{{launch.AddDays(19):O}}","title":"Samen voor straat {{campaign}}","currency":"EUR","goal":{{1500 + (campaign * 10)}},"funding":"all-or-nothing","launchedAt":"{{launch:O}}","endsAt":"{{launch.AddDays(40):O}}","pledged":{{30 * Gifts}},"backers":{{Gifts}},"contributionsAre":"all","contributions":[{{gifts}}]}""");
    }

    private sealed record Settings(int Campaigns, int Clients, int Rounds, TimeSpan Round, long Requests, int[] Lists);
}

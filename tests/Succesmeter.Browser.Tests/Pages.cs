using System.Net.Http.Json;
using System.Text.Json;
using Azure.Storage.Queues;
using Microsoft.Playwright;
using Succesmeter.EndToEnd.Tests.Webhooks;
using Succesmeter.LocalHost.Demo;
using Succesmeter.Pipeline;
using Succesmeter.Testing;
using Succesmeter.Testing.Memory;

namespace Succesmeter.Browser.Tests;

/// <summary>
/// One browser and the hosts that it looks at, for all classes that run at once: opened for the first, closed after the last. Each host is started by the first test that asks for it, and what it holds is the same in
/// every run.
/// </summary>
public sealed class Pages : IAsyncLifetime
{
    private const int Seed = 1080;

    private static readonly SemaphoreSlim Door = new(1, 1);
    private static Opened? _opened;
    private static int _classes;

    internal static DateTimeOffset Founded { get; } = new(2026, 3, 4, 9, 0, 0, TimeSpan.Zero);

    /// <summary>Subscribers on this machine are told.</summary>
    internal static (string Key, string Value)[] Webhooks { get; } = [("Webhooks:AllowLoopback", "true"), ("Webhooks:Keys:1", Convert.ToBase64String(new byte[32])), ("Webhooks:RememberNobody", "00:00:00")];

    /// <summary>A live campaign of the town, well on its way, and so its page is full.</summary>
    internal static string Campaign { get; } = new Town(Seed, Founded).At(Founded, 0)
        .Where(static view => view is { IsLive: true, Campaign: { Goal: not null, CountsOrders: false, IsSensitive: false, EndsAt: not null } } && view.Ratio < 1)
        .OrderByDescending(static view => view.Gifts.Count).First().Campaign.Id;

    /// <summary>The demo town as it stood on a Wednesday in March: sixty-five campaigns, some twenty of them live.</summary>
    internal Task<TestHost> TownAsync() => _opened!.Town.Value;

    /// <summary>A small platform: a handful of campaigns, some of them by people who mean harm.</summary>
    internal Task<TestHost> SquareAsync() => _opened!.Square.Value;

    internal Task<TestHost> ManyAsync() => _opened!.Many.Value;

    internal Task<Window> OpenAsync(TestHost host, Looks? looks = null) => Window.OpenAsync(_opened!.Browser!, host.Client.BaseAddress!, looks ?? new());

    /// <summary>A window on a page of the town.</summary>
    internal async Task<Window> TownAsync(string name, Looks? looks = null)
    {
        var window = await OpenAsync(await TownAsync(), (looks ?? new()) with { Key = Addresses.KeyOf(name) });
        await window.GoAsync(Addresses.Of(name));
        return window;
    }

    public async Task InitializeAsync()
    {
        await Door.WaitAsync();
        try
        {
            _classes++;
            _opened ??= await Opened.OpenAsync();
        }
        finally
        {
            Door.Release();
        }
    }

    public async Task DisposeAsync()
    {
        await Door.WaitAsync();
        try
        {
            if (--_classes > 0)
                return;
            await _opened!.DisposeAsync();
            _opened = null;
        }
        finally
        {
            Door.Release();
        }
    }

    private static async Task<(TestHost Host, Receiver Receiver)> StartTownAsync()
    {
        var host = await TestHost.StartAsync(clocks: new FixedClocks(Founded), settings: [($"Platforms:Zones:{Town.Platform}", Town.Zone.Id), .. Webhooks]);
        var receiver = await Receiver.StartAsync();
        using var wish = new HttpRequestMessage(HttpMethod.Post, "/api/subscriptions") { Content = JsonContent.Create(new { campaign = $"{Town.Platform}/{Campaign}", url = receiver.Address, language = "nl", label = "Het team" }) };
        wish.Headers.Authorization = new("Bearer", TestHost.RootToken);
        (await host.Client.SendAsync(wish)).EnsureSuccessStatusCode();
        var (content, _) = TownHistory.Ndjson(new Town(Seed, Founded), Founded, new Uri("http://127.0.0.1:7072/"), CancellationToken.None);
        using var reader = new StreamReader(content);
        await host.PushAndScoreAsync(string.Join('\n', Newest((await reader.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries))));
        await host.Stage<DonationsToNetwork>().RunAsync(CancellationToken.None);
        await host.Stage<OutcomesToModels>().RunAsync(CancellationToken.None);
        await host.Stage<OutcomesToReports>().RunAsync(CancellationToken.None);

        // The network tells its ties to live campaigns, which are scored with them: till then their pages would still change.
        var queue = new QueueClient(host.Storage, "campaigns-to-score");
        await Eventually.IsAsync(async () => (await queue.GetPropertiesAsync()).Value.ApproximateMessagesCount == 0);
        await Eventually.IsAsync(() => Task.FromResult(receiver.Of("milestone.reached").Any()));
        return (host, receiver);
    }

    /// <summary>All of the campaign whose page is looked at, and the newest of the others: their snapshots hold every gift since the launch, and a third of the rows starts in a third of the time.</summary>
    private static IEnumerable<string> Newest(IEnumerable<string> rows) =>
        from row in rows
        let campaign = JsonDocument.Parse(row).RootElement.GetProperty("campaign").GetString()
        group row by campaign into own
        from row in own.TakeLast(own.Key == Campaign ? int.MaxValue : 2)
        select row;

    private sealed class Opened : IAsyncDisposable
    {
        private IPlaywright? _playwright;
        private Receiver? _receiver;

        private Opened() => Town = new(TownAsync);

        public IBrowser? Browser { get; private set; }

        public Lazy<Task<TestHost>> Town { get; }

        public Lazy<Task<TestHost>> Square { get; } = new(Tests.Square.StartAsync);

        public Lazy<Task<TestHost>> Many { get; } = new(ManyTests.StartAsync);

        public static async Task<Opened> OpenAsync()
        {
            var opened = new Opened();
            if (Chromium.Path is null)
                return opened;
            Assertions.SetDefaultExpectTimeout(Window.PatienceMilliseconds);
            opened._playwright = await Playwright.CreateAsync();
            opened.Browser = await opened._playwright.Chromium.LaunchAsync(new() { ExecutablePath = Chromium.Path, Args = Chromium.Arguments, ChromiumSandbox = false });
            return opened;
        }

        public async ValueTask DisposeAsync()
        {
            if (Browser is not null)
                await Browser.DisposeAsync();
            _playwright?.Dispose();
            foreach (var host in (Lazy<Task<TestHost>>[])[Town, Square, Many])
            {
                if (host.IsValueCreated)
                    await (await host.Value).DisposeAsync();
            }

            if (_receiver is not null)
                await _receiver.DisposeAsync();
        }

        private async Task<TestHost> TownAsync()
        {
            (var host, _receiver) = await StartTownAsync();
            return host;
        }
    }
}

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

[CollectionDefinition(Name)]
public sealed class PagesCollection : ICollectionFixture<Pages>
{
    public const string Name = "pages";
}

/// <summary>One browser and the hosts that it looks at. Each host is started by the first test that asks for it, and what it holds is the same in every run.</summary>
public sealed class Pages : IAsyncLifetime
{
    private const int Seed = 1080;

    private readonly Lazy<Task<TestHost>> _town;
    private readonly Lazy<Task<TestHost>> _square = new(Square.StartAsync);
    private readonly Lazy<Task<TestHost>> _many = new(ManyTests.StartAsync);
    private Receiver? _receiver;
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public Pages() => _town = new(StartTownAsync);

    internal static DateTimeOffset Founded { get; } = new(2026, 3, 4, 9, 0, 0, TimeSpan.Zero);

    /// <summary>Subscribers on this machine are told.</summary>
    internal static (string Key, string Value)[] Webhooks { get; } = [("Webhooks:AllowLoopback", "true"), ("Webhooks:Keys:1", Convert.ToBase64String(new byte[32])), ("Webhooks:RememberNobody", "00:00:00")];

    /// <summary>A live campaign of the town, well on its way, and so its page is full.</summary>
    internal static string Campaign { get; } = new Town(Seed, Founded).At(Founded, 0)
        .Where(static view => view is { IsLive: true, Campaign: { Goal: not null, CountsOrders: false, IsSensitive: false, EndsAt: not null } } && view.Ratio < 1)
        .OrderByDescending(static view => view.Gifts.Count).First().Campaign.Id;

    /// <summary>The demo town as it stood on a Wednesday in March: sixty-five campaigns, some twenty of them live.</summary>
    internal Task<TestHost> TownAsync() => _town.Value;

    /// <summary>A small platform: a handful of campaigns, some of them by people who mean harm.</summary>
    internal Task<TestHost> SquareAsync() => _square.Value;

    internal Task<TestHost> ManyAsync() => _many.Value;

    internal Task<Window> OpenAsync(TestHost host, Looks? looks = null) => Window.OpenAsync(_browser!, host.Client.BaseAddress!, looks ?? new());

    /// <summary>A window on a page of the town.</summary>
    internal async Task<Window> TownAsync(string name, Looks? looks = null)
    {
        var window = await OpenAsync(await TownAsync(), (looks ?? new()) with { Key = Addresses.KeyOf(name) });
        await window.GoAsync(Addresses.Of(name));
        return window;
    }

    public async Task InitializeAsync()
    {
        if (Chromium.Path is null)
            return;
        Assertions.SetDefaultExpectTimeout(Window.PatienceMilliseconds);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = Chromium.Path, Args = Chromium.Arguments, ChromiumSandbox = false });
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
        foreach (var host in (Lazy<Task<TestHost>>[])[_town, _square, _many])
        {
            if (host.IsValueCreated)
                await (await host.Value).DisposeAsync();
        }

        if (_receiver is not null)
            await _receiver.DisposeAsync();
    }

    private async Task<TestHost> StartTownAsync()
    {
        var host = await TestHost.StartAsync(clocks: new FixedClocks(Founded), settings: [($"Platforms:Zones:{Town.Platform}", Town.Zone.Id), .. Webhooks]);
        _receiver = await Receiver.StartAsync();
        using var wish = new HttpRequestMessage(HttpMethod.Post, "/api/subscriptions") { Content = JsonContent.Create(new { campaign = $"{Town.Platform}/{Campaign}", url = _receiver.Address, language = "nl", label = "Het team" }) };
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
        await Eventually.IsAsync(() => Task.FromResult(_receiver.Of("milestone.reached").Any()));
        return host;
    }

    /// <summary>All of the campaign whose page is looked at, and the newest of the others: their snapshots hold every gift since the launch, and a third of the rows starts in a third of the time.</summary>
    private static IEnumerable<string> Newest(IEnumerable<string> rows) =>
        from row in rows
        let campaign = JsonDocument.Parse(row).RootElement.GetProperty("campaign").GetString()
        group row by campaign into own
        from row in own.TakeLast(own.Key == Campaign ? int.MaxValue : 2)
        select row;
}

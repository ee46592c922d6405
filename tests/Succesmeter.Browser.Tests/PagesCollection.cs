using Microsoft.Playwright;
using Succesmeter.Campaigns;
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
    private readonly Lazy<Task<TestHost>> _town = new(static () => StartTownAsync());
    private readonly List<IAsyncDisposable> _started = [];
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    internal static DateTimeOffset Founded { get; } = new(2026, 3, 4, 9, 0, 0, TimeSpan.Zero);

    /// <summary>A live campaign of the town, well on its way, and so its page is full.</summary>
    internal static string Campaign { get; } = new Town(1080, Founded).At(Founded, 0)
        .Where(static view => view is { IsLive: true, Campaign: { Goal: not null, CountsOrders: false, IsSensitive: false, EndsAt: not null } })
        .OrderByDescending(static view => view.Gifts.Count).First().Campaign.Id;

    /// <summary>The demo town as it stood on a Wednesday in March: sixty-five campaigns, some twenty of them live.</summary>
    internal Task<TestHost> TownAsync() => _town.Value;

    internal async Task<Window> OpenAsync(TestHost host, Looks? looks = null) => await Window.OpenAsync(_browser!, host.Client.BaseAddress!, looks ?? new());

    /// <summary>A window on a page of the town.</summary>
    internal async Task<Window> TownAsync(string path, Looks? looks = null)
    {
        var window = await OpenAsync(await TownAsync(), looks);
        await window.GoAsync(path);
        return window;
    }

    public async Task InitializeAsync()
    {
        if (Chromium.Path is null)
            return;
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = Chromium.Path, Args = Chromium.Arguments, ChromiumSandbox = false });
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
        if (_town.IsValueCreated)
            await (await _town.Value).DisposeAsync();
    }

    private static async Task<TestHost> StartTownAsync()
    {
        var host = await TestHost.StartAsync(clocks: new FixedClocks(Founded), settings: ($"Platforms:Zones:{Town.Platform}", Town.Zone.Id));
        var (content, _) = TownHistory.Ndjson(new Town(1080, Founded), Founded, new Uri("http://127.0.0.1:7072/"), CancellationToken.None);
        using var reader = new StreamReader(content);
        await host.PushAndScoreAsync(await reader.ReadToEndAsync());
        await host.Stage<DonationsToNetwork>().RunAsync(CancellationToken.None);
        await host.Stage<OutcomesToModels>().RunAsync(CancellationToken.None);
        await host.Stage<OutcomesToReports>().RunAsync(CancellationToken.None);
        return host;
    }
}

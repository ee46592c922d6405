using Microsoft.Playwright;

namespace Succesmeter.Browser.Tests;

/// <summary>A slow line, an API that fails, a host that is gone: it is said, nothing is blank, and it goes on by itself or by a press.</summary>
[Collection(PagesCollection.Name)]
public sealed class LineTests(Pages pages)
{
    private const string Api = "**/api/**";
    private const string Down = "De server antwoordt niet.";

    public static TheoryData<string> Names => [.. Addresses.Names];

    /// <remarks>The scripts are held back, and then the answers: what stands at each moment is what a reader of a slow line has.</remarks>
    [BrowserFact]
    public async Task On_a_slow_line_there_is_something_before_the_scripts_and_words_before_the_figures()
    {
        await using var window = await pages.OpenAsync(await pages.TownAsync());
        await SlowAsync(window);
        var (scripts, answers) = (new TaskCompletionSource(), new TaskCompletionSource());
        await HoldAsync(window, "**/assets/*.js", scripts.Task);
        await HoldAsync(window, Api, answers.Task);
        await window.BeginAsync("/");
        await Assertions.Expect(window.Page.Locator("main")).ToContainTextAsync("Wordt opgehaald");
        await Assertions.Expect(window.Page.Locator(".brand")).ToBeVisibleAsync();

        scripts.SetResult();
        await Assertions.Expect(window.Page.GetByRole(AriaRole.Navigation).First).ToContainTextAsync("Vandaag");
        await Assertions.Expect(window.Test("languages")).ToBeVisibleAsync();
        await Assertions.Expect(window.Page.Locator("main")).ToContainTextAsync("Wordt opgehaald");
        await Assertions.Expect(window.Test("notice")).ToContainTextAsync("De server antwoordt traag.");

        answers.SetResult();
        await window.StandsAsync();
        await Assertions.Expect(window.Test("campaign-card")).ToHaveCountAsync(3);
        await Assertions.Expect(window.Test("notice")).ToBeEmptyAsync();
        Assert.Empty(window.Wrongs);
    }

    [BrowserTheory]
    [MemberData(nameof(Names))]
    public async Task Where_nothing_answers_it_is_said_and_a_press_tries_again(string name)
    {
        await using var window = await pages.OpenAsync(await pages.TownAsync(), new() { Key = Addresses.KeyOf(name) });
        await window.Page.RouteAsync(Api, static route => route.AbortAsync());
        await window.BeginAsync(Addresses.Of(name));
        await Assertions.Expect(window.Page.Locator("body")).ToContainTextAsync(Down);
        await Assertions.Expect(window.Page.Locator("main h1")).ToBeVisibleAsync();
        await Assertions.Expect(window.Page.GetByRole(AriaRole.Navigation).First).ToContainTextAsync("Vandaag");

        await window.Page.UnrouteAsync(Api);
        await PressAgainAsync(window);
        await Assertions.Expect(window.Test("sorry")).ToHaveCountAsync(0);
        await window.StandsAsync();
        await Assertions.Expect(window.Page.Locator("body")).Not.ToContainTextAsync(Down);
        // What the key opens is open again, too.
        if (Addresses.KeyOf(name) is not null)
            await Assertions.Expect(window.Test("key")).ToHaveTextAsync("Uw sleutel");
    }

    [BrowserTheory]
    [InlineData("today")]
    [InlineData("campaign")]
    public async Task A_server_that_fails_is_told_from_what_is_not_there(string name)
    {
        await using var window = await pages.OpenAsync(await pages.TownAsync(), new() { Key = Addresses.KeyOf(name) });
        await window.Page.RouteAsync(Api, static route => route.FulfillAsync(new() { Status = 503, ContentType = "text/plain", Body = "x" }));
        await window.BeginAsync(Addresses.Of(name));
        await Assertions.Expect(window.Test("sorry")).ToContainTextAsync(Down);
        await window.Page.UnrouteAsync(Api);

        // Nobody presses: it tries again by itself.
        await window.StandsAsync();
        await Assertions.Expect(window.Test("sorry")).ToHaveCountAsync(0);
    }

    [BrowserFact]
    public async Task A_page_whose_script_does_not_come_says_so_and_comes_later()
    {
        await using var window = await pages.TownAsync("today");
        await window.Page.RouteAsync("**/assets/**", static route => route.AbortAsync());
        await window.Page.GetByRole(AriaRole.Link, new() { Name = "Methode", Exact = true }).ClickAsync();
        await Assertions.Expect(window.Test("sorry")).ToBeVisibleAsync();
        await window.Page.UnrouteAsync("**/assets/**");
        await PressAgainAsync(window);
        await window.StandsAsync();
        await Assertions.Expect(window.Test("sorry")).ToHaveCountAsync(0);
        Assert.EndsWith("/method", window.Page.Url, StringComparison.Ordinal);
    }

    [BrowserFact]
    public async Task Words_that_do_not_come_leave_those_that_are_there()
    {
        await using var window = await pages.TownAsync("method");
        await window.Page.RouteAsync("**/assets/**", static route => route.AbortAsync());
        await window.Page.Locator("[data-language=fr]").ClickAsync();
        await Assertions.Expect(window.Page.Locator("body")).ToContainTextAsync("De server antwoordt niet");
        await Assertions.Expect(window.Page.Locator("html")).ToHaveAttributeAsync("lang", "nl");
        await window.Page.UnrouteAsync("**/assets/**");
        await window.Page.Locator("[data-language=fr]").ClickAsync();
        await Assertions.Expect(window.Page.Locator("html")).ToHaveAttributeAsync("lang", "fr");
    }

    [BrowserFact]
    public async Task A_host_that_stops_leaves_what_was_shown()
    {
        var host = await TestHost.StartAsync();
        await using var window = await pages.OpenAsync(host);
        await host.PushAndScoreAsync(Square.PlainAt(Square.Now, 22, 1200));
        await window.GoAsync("/");
        await host.DisposeAsync();
        await Assertions.Expect(window.Test("notice")).ToContainTextAsync(Down);
        await Assertions.Expect(window.Test("campaign-card")).ToContainTextAsync("Een moestuin voor de buurt");

        // A page that was not shown yet cannot be; what it is about is said, and the way back is there.
        await window.Test("campaign-card").GetByRole(AriaRole.Link).ClickAsync();
        await Assertions.Expect(window.Test("sorry")).ToBeVisibleAsync();
        await Assertions.Expect(window.Page.GetByRole(AriaRole.Navigation).First).ToBeVisibleAsync();
    }

    [BrowserFact]
    public async Task The_first_view_weighs_at_most_200_kilobytes()
    {
        await using var window = await pages.OpenAsync(await pages.TownAsync());
        var session = await window.Page.Context.NewCDPSessionAsync(window.Page);
        await session.SendAsync("Network.enable");
        var (bytes, requests) = (0.0, 0);
        session.Event("Network.loadingFinished").OnEvent += (_, said) =>
        {
            bytes += said!.Value.GetProperty("encodedDataLength").GetDouble();
            requests++;
        };
        await window.GoAsync("/");
        await window.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        Assert.True(requests > 5, $"{requests} requests were seen");
        Assert.InRange(bytes, 1, 200_000);
    }

    /// <summary>The page tries again by itself as well, and then there is nothing left to press.</summary>
    private static async Task PressAgainAsync(Window window) =>
        await window.Page.EvaluateAsync("() => [...document.querySelectorAll('button')].find(button => button.textContent === 'Opnieuw proberen')?.click()");

    private static async Task SlowAsync(Window window)
    {
        var session = await window.Page.Context.NewCDPSessionAsync(window.Page);
        await session.SendAsync("Network.enable");
        await session.SendAsync("Network.emulateNetworkConditions", new() { ["offline"] = false, ["latency"] = 300, ["downloadThroughput"] = 60 * 1024, ["uploadThroughput"] = 30 * 1024 });
    }

    private static async Task HoldAsync(Window window, string what, Task until) => await window.Page.RouteAsync(what, async route =>
    {
        await until;
        await route.ContinueAsync();
    });
}

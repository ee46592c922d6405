using System.Globalization;
using Microsoft.Playwright;
using Succesmeter.Campaigns;
using Succesmeter.Testing.Memory;

namespace Succesmeter.Browser.Tests;

/// <summary>Five thousand campaigns on one platform, and one on another that comes behind them.</summary>
[Collection(PagesCollection.Name)]
public sealed class ManyTests(Pages pages)
{
    private const int Count = 5000;
    private const int OnAPage = 50;

    /// <summary>So many are pushed and scored; the others are put where the list is made of, which is what a list shows of any.</summary>
    private const int Scored = 60;

    /// <summary>A press is answered within it even where two processors build something else beside it; by themselves they take a tenth of it. A list that is made anew for each press does not.</summary>
    private static readonly TimeSpan Prompt = TimeSpan.FromSeconds(10);

    internal static async Task<TestHost> StartAsync()
    {
        // A list is made anew at most so often: here once.
        var host = await TestHost.StartAsync(clocks: new FixedClocks(Square.Now), settings: ("Lists:Age", "01:00:00"));
        await host.PushAndScoreAsync(string.Join('\n', Enumerable.Range(0, Scored).Select(static at => string.Create(CultureInfo.InvariantCulture, $$"""
            { "platform": "menigte", "campaign": "{{Name(at)}}", "takenAt": "{{Square.Now:O}}", "title": "{{Title(at)}}", "currency": "EUR", "goal": 5000, "funding": "all-or-nothing", "launchedAt": "{{Ends(at).AddDays(-40):O}}", "endsAt": "{{Ends(at):O}}", "pledged": {{at * 10}}, "backers": {{at}} }
            """).Trim()).Append(string.Create(CultureInfo.InvariantCulture, $$"""
            { "platform": "zijstraat", "campaign": "stil", "state": "cancelled", "takenAt": "{{Square.Now:O}}", "title": "Stil", "currency": "EUR", "goal": 5000, "funding": "all-or-nothing", "launchedAt": "{{Square.Now.AddDays(-40):O}}", "endsAt": "{{Square.Now.AddDays(-2):O}}", "pledged": 10, "backers": 1 }
            """).Trim())));
        await host.Stage<ICampaignList>().PutAsync(
            [.. Enumerable.Range(Scored, Count - Scored).Select(static at => new CampaignListing
            {
                Campaign = new CampaignId(new PlatformId("menigte"), Name(at)), Sequence = 1, Title = Title(at), Status = at % 10 == 0 ? CampaignStatus.Succeeded : CampaignStatus.Live, AwaitsFacts = false,
                LaunchedAt = Ends(at).AddDays(-40), Horizon = Ends(at), AsOf = Square.Now, TakenAt = Square.Now, Currency = "EUR", Goal = 5000, Pledged = at % 5000, Backers = at % 300,
            })],
            CancellationToken.None);
        return host;
    }

    [BrowserFact]
    public async Task They_are_paged_searched_ordered_and_filtered_at_once()
    {
        await using var window = await pages.OpenAsync(await pages.ManyAsync(), new() { Language = "en" });
        await window.GoAsync("/");
        var rows = window.Test("campaign-rows").Locator("tr");
        await Assertions.Expect(rows).ToHaveCountAsync(OnAPage);
        await Assertions.Expect(rows.First).ToContainTextAsync(Title(0));
        await Assertions.Expect(window.Test("campaign-card")).ToHaveCountAsync(3);

        await PromptlyAsync(() => window.Test("next").ClickAsync(), () => Assertions.Expect(rows.First).ToContainTextAsync(Title(OnAPage)));
        await PromptlyAsync(() => window.Page.Locator("#sort").SelectOptionAsync("-endsAt"), () => Assertions.Expect(rows.First).ToContainTextAsync(Title(Count - 1)));
        await PromptlyAsync(() => window.Page.Locator("#search").FillAsync("fanfare 4321"), () => Assertions.Expect(rows).ToHaveCountAsync(1));
        await Assertions.Expect(rows.First).ToContainTextAsync(Title(4321));
        await PromptlyAsync(() => window.Page.Locator("#state").SelectOptionAsync("succeeded"), () => Assertions.Expect(rows).ToHaveCountAsync(0));
        await Assertions.Expect(window.Page.GetByText("No campaign found.")).ToBeVisibleAsync();
        await PromptlyAsync(() => window.Page.Locator("#search").FillAsync(""), () => Assertions.Expect(rows).ToHaveCountAsync(OnAPage));
        await Assertions.Expect(rows.First).ToContainTextAsync("succeeded");
        // Rows that nobody looks at are not there: a page of fifty is what the browser has to carry.
        Assert.InRange(await window.AskAsync<int>("() => document.querySelectorAll('*').length"), 200, 3000);
        Assert.Empty(window.Wrongs);
    }

    [BrowserFact]
    public async Task A_coach_chooses_among_all_platforms_and_looks_at_all_live_campaigns()
    {
        await using var window = await pages.OpenAsync(await pages.ManyAsync(), new() { Language = "en", Key = TestHost.RootToken });
        await window.GoAsync("/coaches");
        await Assertions.Expect(window.Page.Locator("#coach-platform option")).ToHaveTextAsync(["menigte", "zijstraat"]);
        var live = Enumerable.Range(0, Count).Count(static at => at < Scored || at % 10 != 0);
        await Assertions.Expect(window.Page.Locator("#unconfirmed")).ToContainTextAsync(string.Create(CultureInfo.InvariantCulture, $"20 of {live:N0} live campaigns looked at"));
    }

    private static async Task PromptlyAsync(Func<Task> act, Func<Task> shown)
    {
        var began = TimeProvider.System.GetTimestamp();
        await act();
        await shown();
        Assert.InRange(TimeProvider.System.GetElapsedTime(began), TimeSpan.Zero, Prompt);
    }

    private static string Name(int at) => string.Create(CultureInfo.InvariantCulture, $"fanfare-{at:D4}");

    private static string Title(int at) => string.Create(CultureInfo.InvariantCulture, $"Fanfare {at:D4}");

    /// <summary>One ends each quarter of an hour.</summary>
    private static DateTimeOffset Ends(int at) => Square.Now.AddHours(1).AddMinutes(15 * at);
}

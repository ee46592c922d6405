using Microsoft.Playwright;

namespace Succesmeter.Browser.Tests;

/// <summary>What changes while somebody looks, and what a page shows of few campaigns and of many.</summary>
[Collection(PagesCollection.Name)]
public sealed class NewsTests(Pages pages)
{
    [BrowserFact]
    public async Task A_number_that_changed_is_marked_and_others_are_not()
    {
        await using var host = await TestHost.StartAsync();
        await host.PushAndScoreAsync(Square.PlainAt(Square.Now, 22, 1200));
        await using var window = await pages.OpenAsync(host);
        await window.GoAsync("/");
        Assert.Equal(0, await window.Page.Locator(".changed").CountAsync());

        await host.PushAndScoreAsync(Square.PlainAt(Square.Now.AddMinutes(20), 23, 1225));
        var people = window.Test("campaign-card").Locator("[data-figure$=people]");
        await Assertions.Expect(people).ToHaveTextAsync("23 mensen dragen dit.");
        Assert.Contains("changed", await people.GetAttributeAsync("class"), StringComparison.Ordinal);
        Assert.Contains("changed", await window.Test("campaign-card").Locator("[data-figure$=raised]").GetAttributeAsync("class"), StringComparison.Ordinal);
        Assert.Equal(0, await window.Page.Locator("h1.changed, h2.changed").CountAsync());

        await window.GoAsync($"/campaigns/{Square.Platform}/{Square.Plain}");
        await host.PushAndScoreAsync(Square.PlainAt(Square.Now.AddMinutes(40), 24, 1250));
        await Assertions.Expect(window.Page.Locator("[data-figure=people]")).ToHaveTextAsync("24 mensen dragen dit.");
        Assert.Contains("changed", await window.Page.Locator("[data-figure=people]").GetAttributeAsync("class"), StringComparison.Ordinal);
        Assert.Empty(window.Wrongs);
    }

    [BrowserFact]
    public async Task Few_live_campaigns_are_cards_alone()
    {
        await using var window = await pages.OpenAsync(await pages.SquareAsync());
        await window.GoAsync("/");
        await Assertions.Expect(window.Test("campaign-card")).ToHaveCountAsync(2);
        await Assertions.Expect(window.Test("campaign-rows")).ToHaveCountAsync(0);
        await Assertions.Expect(window.Page.Locator("#all-campaigns")).ToHaveCountAsync(0);
        await Picture.KeepAsync(window, "today-few");
    }

    [BrowserFact]
    public async Task More_than_twelve_are_a_table_with_three_cards_above_it()
    {
        await using var window = await pages.TownAsync("today");
        await Assertions.Expect(window.Test("campaign-card")).ToHaveCountAsync(3);
        await Assertions.Expect(window.Test("campaign-rows").Locator("tr")).Not.ToHaveCountAsync(0);
        Assert.True(await window.Test("campaign-rows").Locator("tr").CountAsync() > 12);
    }
}

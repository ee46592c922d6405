using Microsoft.Playwright;

namespace Succesmeter.Browser.Tests;

/// <summary>Somebody without a mouse. Nothing in here clicks or sets focus: keys alone.</summary>
[Collection(PagesCollection.Name)]
public sealed class KeyboardTests(Pages pages)
{
    /// <summary>A link that opens a page of 65 campaigns has some two hundred stops before it.</summary>
    private const int MostStops = 400;

    public static TheoryData<string> Names => [.. Addresses.Names];

    [BrowserTheory]
    [MemberData(nameof(Names))]
    public async Task Tab_reaches_all_that_can_be_used_and_shows_where_it_is(string name)
    {
        await using var window = await pages.TownAsync(name);
        var count = await window.AskAsync<int>("""
            () => {
                // Of the choices of one kind Tab stops at the chosen one alone, or at the first.
                const stopsAt = radio => {
                    const group = [...document.querySelectorAll('input[type=radio]')].filter(other => other.form === radio.form && other.name === radio.name);
                    return radio === (group.find(other => other.checked) ?? group[0]);
                };
                const usable = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex]')].filter(node => node.tabIndex >= 0 && !node.disabled && node.checkVisibility({ visibilityProperty: true })
                    && (node.type !== 'radio' || stopsAt(node)));
                usable.forEach((node, at) => { node.dataset.stop = at; });
                window.stops = new Set();
                window.unseen = new Set();
                document.addEventListener('focusin', ({ target }) => {
                    window.stops.add(target.dataset.stop);
                    const style = getComputedStyle(target);
                    if (target.id !== 'main' && (style.outlineStyle === 'none' || parseFloat(style.outlineWidth) < 2)) window.unseen.add(target.outerHTML.slice(0, 160));
                });
                return usable.length;
            }
            """);
        Assert.InRange(count, 5, MostStops);
        for (var stop = 0; stop < count + 15; stop++)
            await window.Page.Keyboard.PressAsync("Tab");

        Assert.Empty(await window.AskAsync<string[]>("() => [...document.querySelectorAll('[data-stop]')].filter(node => !window.stops.has(node.dataset.stop)).map(node => node.outerHTML.slice(0, 160))"));
        Assert.Empty(await window.AskAsync<string[]>("() => [...window.unseen]"));
    }

    [BrowserFact]
    public async Task The_first_stop_leads_past_the_navigation()
    {
        await using var window = await pages.TownAsync("today");
        await window.Page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(window.Page.Locator("#skip")).ToBeFocusedAsync();
        await Assertions.Expect(window.Page.Locator("#skip")).ToBeInViewportAsync();
        await window.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(window.Page.Locator("main h1")).ToBeFocusedAsync();
        await window.Page.Keyboard.PressAsync("Tab");
        Assert.Equal("main", await window.AskAsync<string>("() => document.activeElement.closest('main')?.localName ?? document.activeElement.outerHTML"));
    }

    [BrowserFact]
    public async Task A_title_is_searched_an_order_chosen_and_a_campaign_opened()
    {
        await using var window = await pages.TownAsync("today");
        var rows = window.Test("campaign-rows").Locator("tr");
        await TabToAsync(window, "#search");
        await window.Page.Keyboard.TypeAsync("naaiatelier");
        await Assertions.Expect(rows).ToHaveCountAsync(2);

        for (var letter = 0; letter < "naaiatelier".Length; letter++)
            await window.Page.Keyboard.PressAsync("Backspace");
        await Assertions.Expect(rows).Not.ToHaveCountAsync(2);
        await TabToAsync(window, "#sort");
        await window.Page.Keyboard.PressAsync("ArrowDown");
        await Assertions.Expect(window.Page.Locator("#sort")).ToHaveValueAsync("-endsAt");
        await Assertions.Expect(rows.First).Not.ToContainTextAsync("Naaiatelier");
        await Assertions.Expect(window.Page.Locator("#sort")).ToBeFocusedAsync();

        await TabToAsync(window, "[data-testid=campaign-rows] a");
        var title = await window.AskAsync<string>("() => document.activeElement.textContent");
        await window.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(window.Page.Locator("h1")).ToHaveTextAsync(title);
        // A reader of screens begins at the new page's head, not at the end of what is gone.
        await Assertions.Expect(window.Page.Locator("main")).ToBeFocusedAsync();
        Assert.StartsWith(title, await window.Page.TitleAsync(), StringComparison.Ordinal);
    }

    [BrowserFact]
    public async Task A_card_leads_to_its_campaign_and_back()
    {
        await using var window = await pages.TownAsync("today");
        await TabToAsync(window, "[data-testid=campaign-card] a");
        var title = await window.AskAsync<string>("() => document.activeElement.textContent");
        await window.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(window.Page.Locator("h1")).ToHaveTextAsync(title);
        await window.Page.GoBackAsync();
        await Assertions.Expect(window.Test("campaign-card")).ToHaveCountAsync(3);
    }

    [BrowserFact]
    public async Task The_language_is_changed_without_a_reload_and_the_focus_stays()
    {
        await using var window = await pages.TownAsync("campaign");
        await window.AskAsync<int>("() => window.marker = 7");
        foreach (var (language, back) in (((string, string)[])[("fr", "Toutes les campagnes"), ("en", "All campaigns")]))
        {
            await TabToAsync(window, $"[data-language={language}]");
            await window.Page.Keyboard.PressAsync("Enter");
            await Assertions.Expect(window.Page.Locator("main a").First).ToHaveTextAsync(back);
            await window.StandsAsync();
            await Assertions.Expect(window.Page.Locator("html")).ToHaveAttributeAsync("lang", language);
            await Assertions.Expect(window.Page.Locator($"[data-language={language}]")).ToBeFocusedAsync();
            await Assertions.Expect(window.Page.Locator($"[data-language={language}]")).ToHaveAttributeAsync("aria-pressed", "true");
        }

        Assert.Equal(7, await window.AskAsync<int>("() => window.marker"));
        // The next window begins in the language chosen last.
        await window.GoAsync("/method");
        await Assertions.Expect(window.Page.Locator("html")).ToHaveAttributeAsync("lang", "en");
        Assert.Empty(window.Wrongs);
    }

    [BrowserFact]
    public async Task What_if_is_slid()
    {
        await using var window = await pages.TownAsync("campaign");
        var said = await window.Test("what-if").Locator("..").InnerTextAsync();
        await TabToAsync(window, "#gifts");
        var before = await window.Page.Locator("output[for=gifts]").InnerTextAsync();
        await window.Page.Keyboard.PressAsync("PageUp");
        await window.Page.Keyboard.PressAsync("PageUp");
        await window.Page.Keyboard.PressAsync("ArrowRight");
        await Assertions.Expect(window.Page.Locator("output[for=gifts]")).Not.ToHaveTextAsync(before);
        await Assertions.Expect(window.Page.Locator("#gifts")).ToHaveAttributeAsync("aria-valuetext", await window.Page.Locator("output[for=gifts]").InnerTextAsync());
        await Assertions.Expect(window.Test("what-if").Locator("..")).Not.ToHaveTextAsync(said);
        await Assertions.Expect(window.Page.Locator("#gifts")).ToBeFocusedAsync();
    }

    [BrowserFact]
    public async Task Advice_is_answered_and_the_answer_taken_back()
    {
        await using var window = await pages.TownAsync("campaign");
        var first = window.Test("advice").Locator("h3").First;
        var piece = await first.InnerTextAsync();
        await TabToAsync(window, "[data-testid=advice-done]");
        await window.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(window.Test("advice-undo")).ToBeFocusedAsync();
        await Assertions.Expect(first).Not.ToHaveTextAsync(piece);

        await window.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(window.Test("advice-status")).ToHaveTextAsync("Weggehaald.");
        await Assertions.Expect(window.Test("advice").Locator("h3").Filter(new() { HasText = piece }).First).ToBeVisibleAsync();
        Assert.Equal("false", await window.AskAsync<string>("() => document.activeElement.getAttribute('aria-pressed')"));
        Assert.Empty(window.Wrongs);
    }

    [BrowserFact]
    public async Task What_was_done_is_noted_and_taken_back()
    {
        await using var window = await pages.TownAsync("campaign");
        await TabToAsync(window, "[data-testid=log-press]");
        await window.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(window.Test("undo")).ToBeVisibleAsync();
        await TabToAsync(window, "[data-testid=undo]");
        await window.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(window.Test("log-status")).ToHaveTextAsync("Weggehaald.");
        await Assertions.Expect(window.Test("log-press")).ToBeFocusedAsync();
    }

    [BrowserFact]
    public async Task A_key_is_entered_and_the_dialog_left()
    {
        await using var window = await pages.TownAsync("today");
        await TabToAsync(window, "[data-testid=key]");
        await window.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(window.Page.Locator("#key")).ToBeFocusedAsync();
        await window.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(window.Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        await Assertions.Expect(window.Test("key")).ToBeFocusedAsync();

        await window.Page.Keyboard.PressAsync("Enter");
        await window.Page.Keyboard.TypeAsync("not-a-key");
        await window.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(window.Page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await window.Page.Keyboard.TypeAsync(TestHost.RootToken);
        await window.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(window.Test("key")).ToHaveTextAsync("Uw sleutel");
    }

    private static async Task TabToAsync(Window window, string selector)
    {
        for (var stop = 0; stop < MostStops; stop++)
        {
            await window.Page.Keyboard.PressAsync("Tab");
            if (await window.AskAsync<bool>("selector => document.activeElement.matches(selector)", selector))
                return;
        }

        Assert.Fail($"Tab does not lead to {selector}.");
    }
}

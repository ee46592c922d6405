using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Succesmeter.Browser.Tests;

/// <summary>What axe finds, in light and dark, on a phone and on a wide screen, with everything unfolded; and what a small window does to a page.</summary>
[Collection(PagesCollection.Name)]
public sealed class AccessibilityTests(Pages pages)
{
    private static readonly string[] Languages = ["nl", "fr", "en"];

    public static TheoryData<string, int> Sights
    {
        get
        {
            var all = new TheoryData<string, int>();
            foreach (var name in Addresses.Names)
            {
                foreach (var width in (int[])[Looks.Phone, 1280])
                    all.Add(name, width);
            }

            return all;
        }
    }

    /// <remarks>Languages take turns: French is the longest and so the one on a phone.</remarks>
    [BrowserTheory]
    [MemberData(nameof(Sights))]
    public async Task Axe_finds_nothing_in_light_and_dark_and_nothing_is_wider_than_the_window(string name, int width)
    {
        var language = width == Looks.Phone ? "fr" : Languages[Array.IndexOf(Addresses.Names, name) % Languages.Length];
        await using var window = await pages.TownAsync(name, new Looks { Language = language, Width = width });
        await Picture.KeepAsync(window, $"{name}-{width}-light");
        await SoundAsync(window);

        // As on a machine that turns dark in the evening: the page stays.
        await window.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await Picture.KeepAsync(window, $"{name}-{width}-dark");
        await SoundAsync(window, coloursAlone: true);
    }

    [BrowserTheory]
    [InlineData(Looks.Phone, true)]
    [InlineData(1280, false)]
    public async Task The_dialog_for_a_key_and_a_page_that_is_not_there_are_sound_too(int width, bool dark)
    {
        await using var window = await pages.OpenAsync(await pages.TownAsync(), new Looks { Language = "fr", Width = width, Scheme = dark ? ColorScheme.Dark : ColorScheme.Light });
        await window.GoAsync("/campaigns/demostad/nobody-knows-it");
        await Assertions.Expect(window.Test("sorry")).ToBeVisibleAsync();
        await SoundAsync(window);

        await window.Test("key").ClickAsync();
        await Assertions.Expect(window.Page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        await SoundAsync(window);
    }

    /// <param name="coloursAlone">What the other rules look at is the same in the dark.</param>
    private static async Task SoundAsync(Window window, bool coloursAlone = false)
    {
        await window.UnfoldAsync();
        await window.StandsAsync();
        var found = await window.Page.RunAxe(coloursAlone ? new AxeRunOptions { RunOnly = new() { Type = "rule", Values = ["color-contrast", "link-in-text-block"] } } : new AxeRunOptions());
        Assert.InRange(found.Passes.Length, coloursAlone ? 1 : 15, int.MaxValue);
        Assert.True(found.Violations.Length == 0, string.Join('\n', found.Violations.SelectMany(static one => one.Nodes.Select(node => $"{one.Id}: {node.Target} {node.Html} {string.Join(' ', node.Any.Concat(node.All).Concat(node.None).Select(static check => check.Message))}"))));

        var wide = await window.AskAsync<string[]>("""
            () => document.documentElement.scrollWidth <= innerWidth ? [] : [`${document.documentElement.scrollWidth} wide`,
                ...[...document.querySelectorAll('body *')].filter(node => node.getBoundingClientRect().right > innerWidth + 1 && !node.closest('.scroll, .sr, nav.pages')).map(node => node.outerHTML.slice(0, 120))]
            """);
        Assert.True(wide.Length == 0, string.Join('\n', wide));
    }
}

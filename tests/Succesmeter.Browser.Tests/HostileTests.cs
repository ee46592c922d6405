using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Succesmeter.Browser.Tests;

/// <summary>What a holder or a giver writes is text, on whatever page it comes.</summary>
[Collection(PagesCollection.Name)]
public sealed partial class HostileTests(Pages pages)
{
    public static TheoryData<string> Shown =>
    [
        "/", $"/campaigns/{Square.Platform}/{Square.HostileLive}", $"/campaigns/{Square.Platform}/{Square.HostileEnded}", $"/platforms/{Square.Platform}", $"/platforms/{Square.Platform}/network", "/coaches",
        $"/subscriptions?campaign={Square.Platform}/{Square.HostileLive}",
    ];

    [BrowserTheory]
    [MemberData(nameof(Shown))]
    public async Task No_page_runs_it(string path)
    {
        await using var window = await pages.OpenAsync(await pages.SquareAsync(), new() { Key = TestHost.RootToken });
        window.Page.Dialog += (_, dialog) => Assert.Fail($"a dialog: {dialog.Message}");
        await window.GoAsync(path);
        await window.UnfoldAsync();
        await window.StandsAsync();

        Assert.False(await window.AskAsync<bool>("() => 'ran' in window"));
        Assert.Empty(await window.AskAsync<string[]>("() => [...document.querySelectorAll('iframe, img[src=x], main script, [onload], [onerror], a[href^=javascript]')].map(node => node.outerHTML)"));
        Assert.Empty(window.Wrongs);
        if (path == "/" || path.StartsWith("/campaigns", StringComparison.Ordinal) || path.StartsWith("/subscriptions", StringComparison.Ordinal))
            Assert.Contains(Square.Image, await window.TextAsync(), StringComparison.Ordinal);
    }

    /// <summary>As a document of its own, where a script in it would run.</summary>
    [BrowserTheory]
    [InlineData("")]
    [InlineData("?lang=fr")]
    public async Task No_picture_runs_it(string query)
    {
        await using var window = await pages.OpenAsync(await pages.SquareAsync());
        await window.Page.GotoAsync(new Uri((await pages.SquareAsync()).Client.BaseAddress!, $"/api/campaigns/{Square.Platform}/{Square.HostileLive}/meter.svg{query}").ToString());
        Assert.Equal("svg", await window.AskAsync<string>("() => document.documentElement.localName"));
        Assert.False(await window.AskAsync<bool>("() => 'ran' in window"));
        Assert.Equal(0, await window.AskAsync<int>("() => document.querySelectorAll('script, img, iframe, foreignObject, [onload], [onerror]').length"));
        Assert.Contains("<img", await window.AskAsync<string>("() => document.documentElement.textContent + document.documentElement.getAttribute('aria-label')"), StringComparison.Ordinal);
    }

    /// <summary>The piece for a holder's own page is pasted into HTML: it must be one link with one picture there, whatever the title.</summary>
    [BrowserFact]
    public async Task What_is_to_be_pasted_into_a_page_runs_nothing_there()
    {
        await using var window = await pages.OpenAsync(await pages.SquareAsync());
        await window.GoAsync($"/campaigns/{Square.Platform}/{Square.HostileLive}");
        var code = await window.Test("embed-code").InputValueAsync();
        Assert.DoesNotMatch(Live(), code);
        await using var own = await pages.OpenAsync(await pages.SquareAsync());
        await own.Page.SetContentAsync($"<!doctype html><title>x</title>{code}");
        Assert.False(await own.AskAsync<bool>("() => 'ran' in window"));
        Assert.Equal("A IMG", await own.AskAsync<string>("() => [...document.body.querySelectorAll('*')].map(node => node.tagName).join(' ')"));
        Assert.Contains(Square.Image, await own.Page.GetByRole(AriaRole.Img).GetAttributeAsync("alt"), StringComparison.Ordinal);
    }

    [GeneratedRegex("<(?:script|iframe|svg)|<img src=x", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Live();
}

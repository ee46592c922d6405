using Microsoft.Playwright;

namespace Succesmeter.Browser.Tests;

/// <summary>What is drawn is also said in a sentence and stands in a table; and what goes to paper.</summary>
[Collection(PagesCollection.Name)]
public sealed class ChartTests(Pages pages)
{
    [BrowserTheory]
    [InlineData("today")]
    [InlineData("campaign")]
    [InlineData("platform")]
    [InlineData("network")]
    [InlineData("method")]
    public async Task Each_chart_has_a_sentence_and_a_table(string name)
    {
        await using var window = await pages.TownAsync(name);
        await window.UnfoldAsync();
        await window.StandsAsync();
        var charts = await window.AskAsync<string[]>("""
            () => [...document.querySelectorAll('.plot, .map')].map(plot => {
                const whole = plot.closest('figure') ?? plot.closest('section');
                const sentence = plot.getAttribute('aria-label') ?? whole.querySelector('figcaption p')?.textContent ?? '';
                const drawn = plot.querySelector('canvas, svg') !== null;
                const rows = whole.querySelectorAll('table tbody tr').length;
                const named = (whole.querySelector('table caption')?.textContent ?? '').trim() !== '';
                return drawn && rows > 0 && named && sentence.trim().length > 10 ? 'whole' : `${plot.className}: drawn ${drawn}, ${rows} rows, named ${named}, "${sentence}"`;
            })
            """);
        Assert.NotEmpty(charts);
        Assert.All(charts, static chart => Assert.Equal("whole", chart));
    }

    [BrowserFact]
    public async Task The_report_on_paper_has_its_tables_open_and_no_buttons()
    {
        await using var window = await pages.TownAsync("platform");
        var folded = await window.Page.Locator("details:not([open])").CountAsync();
        Assert.True(folded > 0);
        await window.Page.EmulateMediaAsync(new() { Media = Media.Print });
        await window.AskAsync<bool>("() => dispatchEvent(new Event('beforeprint'))");
        Assert.Empty(await window.AskAsync<string[]>("() => [...document.querySelectorAll('header.top, button, nav, select, .no-print')].filter(node => node.checkVisibility()).map(node => node.outerHTML.slice(0, 120))"));
        Assert.Equal(0, await window.Page.Locator("main details.as-table:not([open])").CountAsync());
        Assert.Equal("rgb(255, 255, 255)", await window.AskAsync<string>("() => getComputedStyle(document.body).backgroundColor"));
        await window.AskAsync<bool>("() => dispatchEvent(new Event('afterprint'))");
        Assert.Equal(folded, await window.Page.Locator("details:not([open])").CountAsync());

        // Several sheets of A4 are several hundred kilobytes of nothing when it goes wrong; it is a document with the report's words when it goes right.
        var pdf = await window.Page.PdfAsync(new() { Format = "A4" });
        Assert.Equal("%PDF-"u8.ToArray(), pdf[..5]);
    }
}

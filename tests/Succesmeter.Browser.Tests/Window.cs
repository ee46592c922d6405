using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Succesmeter.Browser.Tests;

/// <summary>One window on a host, with nothing kept from any before it, that remembers what went wrong in it.</summary>
internal sealed class Window : IAsyncDisposable
{
    /// <summary>A page stands: its content came, and no part of it is still on its way.</summary>
    private const string Stands = """
        () => document.querySelector('main .page h1') !== null && document.querySelector('[aria-busy="true"]') === null && document.querySelector('.waiting:not(:has(+ .page:not(:empty)))') === null
            && [...document.querySelectorAll('.chart > .plot:not(.missing)')].every(plot => plot.clientWidth < 40 || plot.querySelector('canvas') !== null)
        """;

    /// <summary>What the page's policy forbids is told to the page before anybody reads the console.</summary>
    private const string Listen = "addEventListener('securitypolicyviolation', event => console.error(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`));";

    /// <summary>Longer than a page takes to try again by itself; a passing test does not wait for it.</summary>
    public const int PatienceMilliseconds = 60_000;

    private readonly IBrowserContext _context;
    private readonly Uri _host;
    private readonly ConcurrentQueue<string> _wrongs = new();

    private Window(IBrowserContext context, IPage page, Uri host)
    {
        (_context, Page, _host) = (context, page, host);
        page.Console += (_, message) =>
        {
            // Chromium without a graphics card remarks on the speed of its own reads from the map.
            if (message.Type is "error" or "warning" && !message.Text.Contains("GL Driver Message", StringComparison.Ordinal))
                _wrongs.Enqueue($"{message.Type}: {message.Text} ({message.Location})");
        };
        page.PageError += (_, error) => _wrongs.Enqueue($"thrown: {error}");
    }

    public IPage Page { get; }

    /// <summary>Errors and warnings of the console, what was thrown and what the page's policy refused.</summary>
    public IReadOnlyCollection<string> Wrongs => _wrongs;

    public static async Task<Window> OpenAsync(IBrowser browser, Uri host, Looks looks)
    {
        var context = await browser.NewContextAsync(new()
        {
            Locale = looks.Language, ColorScheme = looks.Scheme, ViewportSize = new() { Width = looks.Width, Height = looks.Height }, TimezoneId = "Europe/Brussels", ReducedMotion = ReducedMotion.NoPreference,
        });
        context.SetDefaultTimeout(PatienceMilliseconds);
        await context.AddInitScriptAsync(Listen);
        if (looks.Key is not null)
            await context.AddInitScriptAsync($"if (!sessionStorage.getItem('key')) sessionStorage.setItem('key', '{looks.Key}');");
        return new Window(context, await context.NewPageAsync(), host);
    }

    /// <summary>Goes there and waits until the page stands.</summary>
    public async Task GoAsync(string path)
    {
        await BeginAsync(path);
        await StandsAsync();
    }

    /// <summary>Goes there and waits for nothing.</summary>
    public Task BeginAsync(string path) => Page.GotoAsync(new Uri(_host, path).ToString(), new() { WaitUntil = WaitUntilState.Commit });

    public Task StandsAsync() => Page.WaitForFunctionAsync(Stands);

    /// <summary>Opens whatever is folded, as somebody would who reads it all.</summary>
    public Task UnfoldAsync() => Page.EvaluateAsync("() => { for (const folded of document.querySelectorAll('details')) folded.open = true; }");

    public ILocator Test(string id) => Page.GetByTestId(id);

    public async Task<T> AskAsync<T>(string script, object? argument = null) => await Page.EvaluateAsync<T>(script, argument);

    /// <summary>What a reader sees, without what is folded.</summary>
    public Task<string> TextAsync() => Page.EvaluateAsync<string>("() => document.body.innerText");

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();
}

using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Succesmeter.Testing;

namespace Succesmeter.EndToEnd.Tests;

/// <summary>A site of a sitemap and a page a campaign, on this machine.</summary>
internal sealed class TownSite : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("site").FullName;
    private LoopbackServer server = null!;
    private int atOnce;

    private TownSite()
    {
    }

    /// <summary>How many campaigns the sitemap names.</summary>
    public int Campaigns { get; set; }

    public string RecipeFile => Path.Combine(folder, "buurt.json");

    public ConcurrentQueue<string> Paths { get; } = new();

    public ConcurrentQueue<string> UserAgents { get; } = new();

    public int MostAtOnce { get; private set; }

    public TimeSpan Slowness { get; set; }

    /// <summary>The pages hold no amount any more.</summary>
    public bool IsOtherwise { get; set; }

    private Uri Address => server.Address;

    public static async Task<TownSite> StartAsync(int campaigns)
    {
        var site = new TownSite { Campaigns = campaigns };
        site.server = await LoopbackServer.StartAsync(site.AnswerAsync);
        await File.WriteAllTextAsync(site.RecipeFile, site.Recipe());
        return site;
    }

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private string Recipe() => $$"""
        { "schema": "succesmeter/recipe/1", "platform": "buurt", "hosts": ["127.0.0.1"], "zone": "Europe/Brussels", "languages": ["nl"],
          "find": [ { "kind": "sitemap", "address": "{{Address}}sitemap.xml" } ],
          "campaign": { "address": "^http://127\\.0\\.0\\.1:[0-9]+/p/(?<id>[^/?#]+)$" },
          "constants": { "currency": "EUR" },
          "fields": { "title": [ { "css": "h1" } ], "pledged": [ { "css": ".pledged" } ], "goal": [ { "css": ".goal" } ], "launchedAt": [ { "css": "time", "attribute": "datetime" } ] } }
        """;

    private async Task AnswerAsync(HttpContext context)
    {
        MostAtOnce = Math.Max(MostAtOnce, Interlocked.Increment(ref atOnce));
        var path = context.Request.Path.Value!;
        Paths.Enqueue(path);
        UserAgents.Enqueue(context.Request.Headers.UserAgent.ToString());
        await Task.Delay(Slowness);
        switch (path)
        {
            case "/sitemap.xml":
                context.Response.ContentType = "application/xml";
                await context.Response.WriteAsync(
                    $"""<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{string.Concat(Enumerable.Range(0, Campaigns).Select(i => $"<url><loc>{new Uri(Address, $"p/c{i}")}</loc></url>"))}</urlset>""");
                break;
            case var page when page.StartsWith("/p/c", StringComparison.Ordinal):
                context.Response.ContentType = "text/html; charset=utf-8";
                var number = page[4..];
                await context.Response.WriteAsync($"""
                    <!doctype html><html lang="nl"><body><h1>Campagne &lt;{number}&gt;</h1>{(IsOtherwise ? "" : $"<b class=\"pledged\">€ 1.{int.Parse(number, CultureInfo.InvariantCulture):D3},00</b>")} van <b class="goal">€ 7.500</b>
                    <time datetime="2026-05-02T08:00:00Z">2 mei</time></body></html>
                    """);
                break;
            default:
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                break;
        }

        Interlocked.Decrement(ref atOnce);
    }
}

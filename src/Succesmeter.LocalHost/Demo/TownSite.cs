using System.Globalization;
using System.Net.Mime;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Succesmeter.LocalHost.Demo;

/// <summary>The town's web site, on a server of its own: to the crawl a platform like any other.</summary>
internal sealed class TownSite(TownSocket socket, TownClock clock, IOptions<DemoOptions> options) : IHostedService, IAsyncDisposable
{
    /// <summary>So long after its end is a campaign still in the sitemap and on the first page.</summary>
    internal const double ListedDaysAfterEnd = 5;

    private Town? _town;
    private WebApplication? _site;

    /// <exception cref="InvalidOperationException">The clock has not been started.</exception>
    public Town Town => LazyInitializer.EnsureInitialized(ref _town, () => new Town(options.Value.Seed, clock.Founded));

    public Uri Address => socket.Address;

    /// <remarks>Before timers and queues begin to visit it, and behind the clock.</remarks>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost
            .UseKestrelCore()
            .UseSockets(sockets => sockets.CreateBoundListenSocket = _ => socket.Take())
            .ConfigureKestrel(server =>
            {
                server.AddServerHeader = false;
                server.Listen(socket.Bound);
            });
        builder.Services.AddRouting().AddResponseCompression(compression => compression.MimeTypes = [MediaTypeNames.Text.Html, MediaTypeNames.Application.Xml, MediaTypeNames.Text.Plain]);
        builder.Services.Configure<ConsoleLifetimeOptions>(lifetime => lifetime.SuppressStatusMessages = true);
        _site = builder.Build();
        _site.UseResponseCompression();
        Map(_site);
        await _site.StartAsync(cancellationToken);
    }

    private void Map(WebApplication site)
    {
        site.MapGet("/", (HttpContext context) => ListAsync(context, Words(context, "nl")));
        site.MapGet("/robots.txt", (HttpContext context) => AnswerAsync(context, MediaTypeNames.Text.Plain, $"User-agent: *\nAllow: /\nSitemap: {new Uri(Address, "sitemap.xml")}\n"));
        site.MapGet("/sitemap.xml", (HttpContext context) => AnswerAsync(context, MediaTypeNames.Application.Xml, TownPages.Sitemap(Town.At(clock.Now, ListedDaysAfterEnd), Address)));
        site.MapGet("/p/{id}", (HttpContext context, string id) => CampaignAsync(context, id, null));
        foreach (var words in TownWords.All)
        {
            site.MapGet($"/{words.Language}", (HttpContext context) => ListAsync(context, words));
            site.MapGet($"/{words.Language}/p/{{id}}", (HttpContext context, string id) => CampaignAsync(context, id, words));
        }
    }

    private Task ListAsync(HttpContext context, TownWords words) =>
        AnswerAsync(context, MediaTypeNames.Text.Html, TownPages.List([.. Town.At(clock.Now, ListedDaysAfterEnd)], words, Address));

    private Task CampaignAsync(HttpContext context, string id, TownWords? words)
    {
        if (Town.Find(id, clock.Now) is not { } view)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return AnswerAsync(context, MediaTypeNames.Text.Html, TownPages.NotFound(Words(context, "nl")));
        }

        words ??= Words(context, view.Campaign.Language);
        var tag = TownPages.Tag(view, words, options.Value.Seed, clock.Founded);
        context.Response.Headers.ETag = tag;
        context.Response.Headers.CacheControl = "no-cache";
        return IsKnown(context.Request, tag) ? NotModified(context) : AnswerAsync(context, MediaTypeNames.Text.Html, TownPages.Campaign(view, words, Address));
    }

    private static TownWords Words(HttpContext context, string otherwise)
    {
        var asked = context.Request.Query["lang"].ToString();
        return TownWords.All.FirstOrDefault(words => words.Language == asked) ?? TownWords.In(otherwise);
    }

    /// <remarks>Tags are weak, since one that is packed is the same page.</remarks>
    private static bool IsKnown(HttpRequest request, string tag) =>
        EntityTagHeaderValue.TryParseList(request.Headers.IfNoneMatch, out var known)
        && known.Any(one => one.Tag == "*" || one.Compare(EntityTagHeaderValue.Parse(tag), useStrongComparison: false));

    private static Task NotModified(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status304NotModified;
        return Task.CompletedTask;
    }

    private static Task AnswerAsync(HttpContext context, string type, string body)
    {
        context.Response.ContentType = string.Create(CultureInfo.InvariantCulture, $"{type}; charset=utf-8");
        context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";
        return context.Response.WriteAsync(body, context.RequestAborted);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_site is not null)
            await _site.StopAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (_site is not null)
            await _site.DisposeAsync();
    }
}

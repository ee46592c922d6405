using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Succesmeter.Platforms.Tests.Fetching;

/// <summary>A site on this machine that does what the test says, and counts.</summary>
internal sealed class TestSite : IAsyncDisposable
{
    private readonly WebApplication app;
    private int inHand;
    private int mostInHand;

    private TestSite(RequestDelegate page, RequestDelegate? robots)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        app = builder.Build();
        app.Run(async context =>
        {
            var now = Interlocked.Increment(ref inHand);
            InterlockedMax(ref mostInHand, now);
            Asked.Enqueue($"{context.Request.Host.Host}{context.Request.Path}");
            try
            {
                if (context.Request.Path == "/robots.txt")
                {
                    context.Response.StatusCode = 404;
                    if (robots is not null)
                    {
                        context.Response.StatusCode = 200;
                        await robots(context);
                    }
                }
                else
                {
                    await page(context);
                }
            }
            finally
            {
                Interlocked.Decrement(ref inHand);
            }
        });
    }

    /// <summary>Host and path of each request, in order.</summary>
    public ConcurrentQueue<string> Asked { get; } = new();

    public int MostAtOnce => mostInHand;

    public int Port => new Uri(app.Urls.First()).Port;

    public static async Task<TestSite> StartAsync(RequestDelegate page, RequestDelegate? robots = null)
    {
        var site = new TestSite(page, robots);
        await site.app.StartAsync();
        return site;
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(TimeSpan.Zero);
        await app.StopAsync(now.Token);
        await app.DisposeAsync();
    }

    private static void InterlockedMax(ref int most, int value)
    {
        for (var seen = most; value > seen; seen = most)
            Interlocked.CompareExchange(ref most, value, seen);
    }
}

using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Succesmeter.Benchmarks;

/// <summary>Servers of subscribers, each on a port of its own, that take what they are sent or fail in one of the ways in which servers do. A ping they all take.</summary>
internal sealed class WebhookEndpoints : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly Random dice = new(7);
    private readonly Lock door = new();
    private readonly Dictionary<int, int> places = [];

    private WebhookEndpoints(WebApplication app) => this.app = app;

    public enum Kind
    {
        Well,

        /// <summary>Three in ten calls: 500, 503, or the connection is cut.</summary>
        FailsAtRandom,

        /// <summary>Takes the call and never answers.</summary>
        Hangs,

        /// <summary>500 until <see cref="MendedAt"/>.</summary>
        Breaks,

        /// <summary>410.</summary>
        Gone,
    }

    public IReadOnlyList<Uri> Addresses { get; private set; } = [];

    public required IReadOnlyList<Kind> Kinds { get; init; }

    public DateTimeOffset MendedAt { get; set; } = DateTimeOffset.MaxValue;

    /// <summary>By endpoint and id: when it was taken first, how often, and what was in it.</summary>
    public ConcurrentDictionary<(int Endpoint, string Id), (DateTimeOffset First, int Times, string Body)> Taken { get; } = new();

    /// <summary>Ids that came with another body than before.</summary>
    public ConcurrentBag<string> Changed { get; } = [];

    public int Calls { get; private set; }

    public static async Task<WebhookEndpoints> StartAsync(IReadOnlyList<Kind> kinds)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            for (var endpoint = 0; endpoint < kinds.Count; endpoint++)
                kestrel.Listen(IPAddress.Loopback, 0);
        });
        var endpoints = new WebhookEndpoints(builder.Build()) { Kinds = kinds };
        endpoints.app.Run(endpoints.TakeAsync);
        await endpoints.app.StartAsync();
        endpoints.Addresses = [.. endpoints.app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Select(static address => new Uri(address))];
        for (var endpoint = 0; endpoint < kinds.Count; endpoint++)
            endpoints.places[endpoints.Addresses[endpoint].Port] = endpoint;
        return endpoints;
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        await app.StopAsync(now.Token);
        await app.DisposeAsync();
    }

    private async Task TakeAsync(HttpContext http)
    {
        var now = TimeProvider.System.GetUtcNow();
        using var reader = new StreamReader(http.Request.Body);
        var body = await reader.ReadToEndAsync();
        using var json = JsonDocument.Parse(body);
        var endpoint = places[http.Connection.LocalPort];
        if (json.RootElement.GetProperty("type").GetString() == "test.ping")
            return;

        double drawn;
        lock (door)
        {
            Calls++;
            drawn = dice.NextDouble();
        }

        switch (Kinds[endpoint])
        {
            case Kind.FailsAtRandom when drawn < 0.1:
                http.Abort();
                return;
            case Kind.FailsAtRandom when drawn < 0.3:
                http.Response.StatusCode = drawn < 0.2 ? 500 : 503;
                return;
            case Kind.Hangs:
                await Task.Delay(Timeout.Infinite, http.RequestAborted).ContinueWith(static _ => { }, TaskScheduler.Default);
                return;
            case Kind.Breaks when now < MendedAt:
                http.Response.StatusCode = 500;
                return;
            case Kind.Gone:
                http.Response.StatusCode = 410;
                return;
        }

        var id = http.Request.Headers["webhook-id"].ToString();
        Taken.AddOrUpdate((endpoint, id), (now, 1, body), (_, before) =>
        {
            if (before.Body != body)
                Changed.Add(id);
            return before with { Times = before.Times + 1 };
        });
    }
}

using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Succesmeter.Testing;

namespace Succesmeter.Benchmarks;

/// <summary>Servers of subscribers, each on a port of its own, that take what they are sent or fail in one of the ways in which servers do. A ping they all take.</summary>
internal sealed class WebhookEndpoints : IAsyncDisposable
{
    private readonly Random dice = new(7);
    private readonly Lock door = new();
    private readonly Dictionary<int, int> places = [];

    private LoopbackServer server = null!;

    private WebhookEndpoints()
    {
    }

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

    public IReadOnlyList<Uri> Addresses => server.Addresses;

    public required IReadOnlyList<Kind> Kinds { get; init; }

    public DateTimeOffset MendedAt { get; set; } = DateTimeOffset.MaxValue;

    /// <summary>By endpoint and id: when it was taken first, how often, and what was in it.</summary>
    public ConcurrentDictionary<(int Endpoint, string Id), (DateTimeOffset First, int Times, string Body)> Taken { get; } = new();

    /// <summary>Ids that came with another body than before.</summary>
    public ConcurrentBag<string> Changed { get; } = [];

    public int Calls { get; private set; }

    public static async Task<WebhookEndpoints> StartAsync(IReadOnlyList<Kind> kinds)
    {
        var endpoints = new WebhookEndpoints { Kinds = kinds };
        endpoints.server = await LoopbackServer.StartAsync(endpoints.TakeAsync, kinds.Count);
        foreach (var (endpoint, address) in endpoints.Addresses.Index())
            endpoints.places[address.Port] = endpoint;
        return endpoints;
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

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

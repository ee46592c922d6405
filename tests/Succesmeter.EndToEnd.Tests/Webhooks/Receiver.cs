using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Succesmeter.Testing;

namespace Succesmeter.EndToEnd.Tests.Webhooks;

/// <summary>A subscriber's server on this machine.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private LoopbackServer server = null!;

    private Receiver()
    {
    }

    public ConcurrentQueue<Received> All { get; } = new();

    /// <summary>What it answers.</summary>
    public int Status { get; set; } = 200;

    public string Address => new Uri(server.Address, "/hook").ToString();

    public IEnumerable<Received> Of(string type) => All.Where(one => one.Type == type);

    public static async Task<Receiver> StartAsync()
    {
        var receiver = new Receiver();
        receiver.server = await LoopbackServer.StartAsync(receiver.TakeAsync);
        return receiver;
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    private async Task TakeAsync(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body);
        var headers = http.Request.Headers.Where(static header => header.Key.StartsWith("webhook-", StringComparison.OrdinalIgnoreCase) || header.Key.StartsWith("trace", StringComparison.OrdinalIgnoreCase)).ToDictionary(static header => header.Key.ToLowerInvariant(), static header => header.Value.ToString(), StringComparer.Ordinal);
        All.Enqueue(new Received(headers, await reader.ReadToEndAsync(), Status) { At = TimeProvider.System.GetUtcNow() });
        http.Response.StatusCode = Status;
        await http.Response.WriteAsync("noted");
    }
}

/// <param name="Status">What was answered.</param>
internal sealed record Received(IReadOnlyDictionary<string, string> Headers, string Body, int Status)
{
    public string Id => Headers["webhook-id"];

    /// <summary>When it came.</summary>
    public required DateTimeOffset At { get; init; }

    public JsonElement Json { get; } = JsonDocument.Parse(Body).RootElement;

    public string Type => Json.TryGetProperty("type", out var type) ? type.GetString()! : "";
}

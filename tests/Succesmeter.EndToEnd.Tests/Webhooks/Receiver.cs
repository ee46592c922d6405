using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Succesmeter.EndToEnd.Tests.Webhooks;

/// <summary>A subscriber's server on this machine.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private readonly WebApplication _app;

    private Receiver(WebApplication app) => _app = app;

    public ConcurrentQueue<Received> All { get; } = new();

    /// <summary>What it answers.</summary>
    public int Status { get; set; } = 200;

    public string Address { get; private set; } = "";

    public IEnumerable<Received> Of(string type) => All.Where(one => one.Type == type);

    public static async Task<Receiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(static kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0));
        var receiver = new Receiver(builder.Build());
        receiver._app.Run(receiver.TakeAsync);
        await receiver._app.StartAsync();
        receiver.Address = receiver._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single() + "/hook";
        return receiver;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

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

using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace Succesmeter.Testing;

/// <summary>A server on this machine, at ports that were free, that gives every request to one answerer and says nothing.</summary>
public sealed class LoopbackServer : IAsyncDisposable
{
    /// <summary>What hangs is cut off.</summary>
    private static readonly TimeSpan s_mostToEnd = TimeSpan.FromSeconds(1);

    private readonly WebApplication app;

    private LoopbackServer(WebApplication app) => this.app = app;

    /// <summary>One for each port, in the order in which they were opened.</summary>
    public IReadOnlyList<Uri> Addresses => [.. app.Urls.Select(static url => new Uri(url))];

    public Uri Address => Addresses[0];

    /// <param name="answer">Of every request at every port.</param>
    /// <param name="ports">How many.</param>
    /// <param name="limits">What else Kestrel is told.</param>
    public static async Task<LoopbackServer> StartAsync(RequestDelegate answer, int ports = 1, Action<KestrelServerLimits>? limits = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            limits?.Invoke(kestrel.Limits);
            for (var port = 0; port < ports; port++)
                kestrel.Listen(IPAddress.Loopback, 0);
        });
        var server = builder.Build();
        server.Run(answer);
        await server.StartAsync();
        return new LoopbackServer(server);
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(s_mostToEnd);
        await app.StopAsync(now.Token);
        await app.DisposeAsync();
    }
}

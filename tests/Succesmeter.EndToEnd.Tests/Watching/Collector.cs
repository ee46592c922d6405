using System.Collections.Concurrent;
using System.IO.Compression;
using System.Text;
using Microsoft.AspNetCore.Http;
using Succesmeter.Testing;

namespace Succesmeter.EndToEnd.Tests.Watching;

/// <summary>A collector that is sent OTLP over HTTP. The bodies are protobuf, in which every text stands as it is.</summary>
internal sealed class Collector : IAsyncDisposable
{
    private LoopbackServer server = null!;

    private Collector()
    {
    }

    public ConcurrentQueue<(string Path, string Body)> All { get; } = new();

    public string Address => server.Address.ToString().TrimEnd('/');

    public static async Task<Collector> StartAsync()
    {
        var collector = new Collector();
        collector.server = await LoopbackServer.StartAsync(collector.TakeAsync);
        return collector;
    }

    public bool Holds(string path, string text) => All.Any(sent => sent.Path == path && sent.Body.Contains(text, StringComparison.Ordinal));

    public ValueTask DisposeAsync() => server.DisposeAsync();

    private async Task TakeAsync(HttpContext http)
    {
        using var body = new MemoryStream();
        if (http.Request.Headers.ContentEncoding == "gzip")
        {
            await using var packed = new GZipStream(http.Request.Body, CompressionMode.Decompress);
            await packed.CopyToAsync(body);
        }
        else
        {
            await http.Request.Body.CopyToAsync(body);
        }

        All.Enqueue((http.Request.Path, Encoding.Latin1.GetString(body.ToArray())));
    }
}

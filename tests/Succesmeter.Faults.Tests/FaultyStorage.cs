using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Succesmeter.Testing;

namespace Succesmeter.Faults.Tests;

/// <summary>
/// Stands between a host and its storage account and does to a share of the requests what storage and networks do: it is busy, it throttles, the condition does not hold, the connection breaks before
/// or after the work is done, the answer takes long. What it lets pass is the real storage's; a signature does not cover the host that is asked.
/// </summary>
internal sealed class FaultyStorage : IAsyncDisposable
{
    private const int Services = 3;

    private readonly HttpClient real = new(new SocketsHttpHandler { AllowAutoRedirect = false, AutomaticDecompression = DecompressionMethods.None, UseCookies = false }) { Timeout = TimeSpan.FromMinutes(2) };
    private readonly Random dice;
    private readonly Lock door = new();
    private readonly double share;
    private readonly TimeSpan slowness;
    private readonly Dictionary<int, Uri> places = [];

    private LoopbackServer server = null!;

    private FaultyStorage(int seed, double share, TimeSpan slowness) => (dice, this.share, this.slowness) = (new Random(seed), share, slowness);

    private enum Fault
    {
        Busy,
        Throttled,
        Changed,
        Broken,
        BrokenWhenDone,
        Slow,
    }

    public string ConnectionString { get; private set; } = "";

    /// <summary>Nothing is done to a request until this is set.</summary>
    public bool IsFaulty { get; set; }

    /// <summary>How often each fault was done.</summary>
    public ConcurrentDictionary<string, int> Done { get; } = new(StringComparer.Ordinal);

    public int Requests { get; private set; }

    public static async Task<FaultyStorage> StartAsync(string storage, int seed, double share, TimeSpan slowness)
    {
        var faulty = new FaultyStorage(seed, share, slowness);
        faulty.server = await LoopbackServer.StartAsync(faulty.AnswerAsync, Services, static limits => limits.MaxRequestBodySize = null);
        var own = faulty.server.Addresses;
        var (text, taken) = (new StringBuilder(), 0);
        foreach (var part in storage.Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, value) = (part[..part.IndexOf('=', StringComparison.Ordinal)], part[(part.IndexOf('=', StringComparison.Ordinal) + 1)..]);
            if (name.EndsWith("Endpoint", StringComparison.Ordinal))
            {
                var (there, here) = (new Uri(value), own[taken++]);
                faulty.places[here.Port] = there;
                value = new UriBuilder(there) { Port = here.Port }.Uri.ToString();
            }

            text.Append(CultureInfo.InvariantCulture, $"{name}={value};");
        }

        faulty.ConnectionString = text.ToString();
        return faulty;
    }

    public string Text() => string.Join(", ", Done.OrderBy(static one => one.Key, StringComparer.Ordinal).Select(static one => $"{one.Key} × {one.Value}"));

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        real.Dispose();
    }

    private async Task AnswerAsync(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        var fault = Draw(http.Request, body);
        if (fault is { } drawn)
            Done.AddOrUpdate(drawn.ToString(), 1, static (_, before) => before + 1);

        switch (fault)
        {
            case Fault.Busy:
                await RefuseAsync(http, StatusCodes.Status503ServiceUnavailable, "ServerBusy");
                return;
            case Fault.Throttled:
                await RefuseAsync(http, StatusCodes.Status429TooManyRequests, "TooManyRequests");
                return;
            case Fault.Changed when IsBatch(http.Request):
                await RefuseBatchAsync(http);
                return;
            case Fault.Changed:
                await RefuseAsync(http, StatusCodes.Status412PreconditionFailed, "ConditionNotMet");
                return;
            case Fault.Broken:
                http.Abort();
                return;
            case Fault.Slow:
                await Task.Delay(slowness, http.RequestAborted).ContinueWith(static _ => { }, TaskScheduler.Default);
                break;
        }

        await ForwardAsync(http, body, fault == Fault.BrokenWhenDone);
    }

    private Fault? Draw(HttpRequest request, MemoryStream body)
    {
        lock (door)
        {
            Requests++;
            if (!IsFaulty || dice.NextDouble() >= share)
                return null;

            // A condition can fail only where there is one.
            var drawn = (Fault)dice.Next(Enum.GetValues<Fault>().Length);
            return drawn == Fault.Changed && !IsConditional(request, body) ? Fault.Busy : drawn;
        }
    }

    private static bool IsBatch(HttpRequest request) => request.Path.Value!.EndsWith("$batch", StringComparison.Ordinal);

    private static bool IsConditional(HttpRequest request, MemoryStream body) => IsBatch(request)
        ? Encoding.UTF8.GetString(body.GetBuffer(), 0, (int)body.Length).Contains("If-Match: W/", StringComparison.OrdinalIgnoreCase)
        : !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method) && (request.Headers.IfMatch.Count > 0 && request.Headers.IfMatch != "*");

    private async Task ForwardAsync(HttpContext http, MemoryStream body, bool breaks)
    {
        var there = new UriBuilder(places[http.Connection.LocalPort]) { Path = null, Query = null }.Uri;
        using var request = new HttpRequestMessage(new HttpMethod(http.Request.Method), there.GetLeftPart(UriPartial.Authority) + http.Features.Get<IHttpRequestFeature>()!.RawTarget);
        if (body.Length > 0 || http.Request.ContentLength is not null)
            request.Content = new ByteArrayContent(body.GetBuffer(), 0, (int)body.Length);
        foreach (var (name, values) in http.Request.Headers)
            if (name is not ("Host" or "Content-Length" or "Transfer-Encoding" or "Connection" or "Expect") && !request.Headers.TryAddWithoutValidation(name, values.AsEnumerable()))
                request.Content?.Headers.TryAddWithoutValidation(name, values.AsEnumerable());
        using var answer = await real.SendAsync(request, HttpCompletionOption.ResponseContentRead);
        if (breaks)
        {
            http.Abort();
            return;
        }

        http.Response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers))
            if (name is not ("Transfer-Encoding" or "Connection" or "Keep-Alive"))
                http.Response.Headers[name] = values.ToArray();
        if (!HttpMethods.IsHead(http.Request.Method) && answer.StatusCode is not (HttpStatusCode.NoContent or HttpStatusCode.NotModified))
            await answer.Content.CopyToAsync(http.Response.Body);
    }

    private static async Task RefuseAsync(HttpContext http, int status, string code)
    {
        http.Response.StatusCode = status;
        http.Response.Headers["x-ms-error-code"] = code;
        http.Response.ContentType = "application/xml";
        await http.Response.WriteAsync($"<?xml version=\"1.0\" encoding=\"utf-8\"?><Error><Code>{code}</Code><Message>Made up.</Message></Error>");
    }

    /// <summary>A batch as such is accepted; that its condition does not hold stands in it.</summary>
    private static async Task RefuseBatchAsync(HttpContext http)
    {
        http.Response.StatusCode = StatusCodes.Status202Accepted;
        http.Response.ContentType = "multipart/mixed; boundary=batchresponse_1";
        await http.Response.WriteAsync(string.Join("\r\n",
            "--batchresponse_1", "Content-Type: multipart/mixed; boundary=changesetresponse_1", "",
            "--changesetresponse_1", "Content-Type: application/http", "Content-Transfer-Encoding: binary", "",
            "HTTP/1.1 412 Precondition Failed", "X-Content-Type-Options: nosniff", "Cache-Control: no-cache", "DataServiceVersion: 3.0;",
            "Content-Type: application/json;odata=minimalmetadata;streaming=true;charset=utf-8", "",
            """{"odata.error":{"code":"UpdateConditionNotSatisfied","message":{"lang":"en-US","value":"0:The update condition specified in the request was not satisfied."}}}""",
            "--changesetresponse_1--", "--batchresponse_1--", ""));
    }
}

using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Options;
using Succesmeter.Functions.Access;
using Succesmeter.Functions.Endpoints;

namespace Succesmeter.Functions.Requests;

/// <summary>So many requests of one client a minute, on each host: of a token that is worth something, else of an address.</summary>
public sealed class RateLimits(IOptions<ApiOptions> options, Visitor visitor, TimeProvider clock) : IFunctionsWorkerMiddleware
{
    private const int PrefixBytes = 8;

    private readonly TokenBuckets buckets = new(options.Value.RequestsPerMinute, options.Value.Burst, clock);

    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        if (options.Value.RequestsPerMinute == 0 || context.GetHttpContext() is not { } http || !IsLimited(http.Request))
        {
            await next(context);
            return;
        }

        if (buckets.Take(await ClientAsync(http, context.CancellationToken)) is not { } wait)
        {
            await next(context);
            return;
        }

        // The worker's own way to set a result is not needed: what is written here is the answer, in both hosts.
        http.Response.Headers.RetryAfter = Math.Max(1, Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        await Answers.Problem(StatusCodes.Status429TooManyRequests, "The client asks too often.", "Retry-After", "says after how many seconds to ask again").ExecuteAsync(http);
    }

    /// <summary>Files of the web application are a page's dozen, and who watches over the host asks for its health.</summary>
    private static bool IsLimited(HttpRequest request) =>
        request.Path.StartsWithSegments("/api") && !request.Path.StartsWithSegments("/api/health") && !HttpMethods.IsOptions(request.Method);

    private async ValueTask<string> ClientAsync(HttpContext http, CancellationToken cancellation) =>
        await visitor.WhoAsync(http.Request, cancellation) is { } token ? $"token {token}" : $"address {AddressOf(http)}";

    /// <remarks>Who has one address of IPv6 has a whole /64 of them.</remarks>
    private string AddressOf(HttpContext http)
    {
        var address = http.Connection.RemoteIpAddress;
        if (options.Value.Proxies is > 0 and var proxies)
        {
            var heard = http.Request.Headers["X-Forwarded-For"].ToString().Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            if (heard.Length >= proxies && IPEndPoint.TryParse(heard[^proxies], out var from))
                address = from.Address;
        }

        if (address is null)
            return "";
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        return address.AddressFamily == AddressFamily.InterNetworkV6 ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, PrefixBytes)) : address.ToString();
    }
}

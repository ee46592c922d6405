using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Options;

namespace Succesmeter.Functions.Requests;

/// <summary>Lets pages of the origins that are configured read answers (Fetch, section 3.2). No cookies are used, so none are allowed.</summary>
public sealed class CrossOrigin(IOptions<ApiOptions> options) : IFunctionsWorkerMiddleware
{
    private readonly HashSet<string> allowed = new(OriginsOf(options.Value), StringComparer.OrdinalIgnoreCase);

    public Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        if (allowed.Count > 0 && context.GetHttpContext() is { } http)
            Mark(http);
        return next(context);
    }

    internal static IEnumerable<string> OriginsOf(ApiOptions options) => options.Origins.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private void Mark(HttpContext http)
    {
        var headers = http.Response.Headers;
        headers.Append("Vary", "Origin");
        var origin = http.Request.Headers.Origin.ToString();
        if (origin.Length == 0 || !(allowed.Contains("*") || allowed.Contains(origin)))
            return;

        headers.AccessControlAllowOrigin = origin;
        headers.AccessControlExposeHeaders = "ETag, Location, Retry-After, X-Request-Id";
        if (!HttpMethods.IsOptions(http.Request.Method))
            return;

        headers.AccessControlAllowMethods = "GET, POST, PATCH, DELETE";
        headers.AccessControlAllowHeaders = "Authorization, Content-Encoding, Content-Type, If-None-Match, X-Rater, X-Request-Id";
        headers.AccessControlMaxAge = "600";
    }
}

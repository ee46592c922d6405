using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Logging;

namespace Succesmeter.Functions.Requests;

/// <summary>Every request has an id: the client's own where it sends a fit one, and in any case in the answer and in all that is logged meanwhile.</summary>
public sealed class RequestIds(ILogger<RequestIds> logger) : IFunctionsWorkerMiddleware
{
    public const string Header = "X-Request-Id";

    private const int MostLetters = 64;

    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        if (context.GetHttpContext() is not { } http)
        {
            await next(context);
            return;
        }

        var sent = http.Request.Headers[Header].ToString();
        var id = IsFit(sent) ? sent : context.InvocationId;
        http.TraceIdentifier = id;
        var headers = http.Response.Headers;
        headers[Header] = id;

        // What an endpoint does not allow to be kept is not kept, and nothing is taken for what it does not say it is.
        headers.CacheControl = "no-store";
        headers.XContentTypeOptions = "nosniff";
        using (logger.BeginScope(new Dictionary<string, object>(StringComparer.Ordinal) { ["RequestId"] = id }))
            await next(context);
    }

    /// <summary>Neither line breaks nor half a novel come into a log.</summary>
    internal static bool IsFit(string id) => id.Length is > 0 and <= MostLetters && id.All(static letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.');
}

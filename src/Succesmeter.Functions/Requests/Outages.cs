using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Logging;
using Succesmeter.Functions.Endpoints;
using Succesmeter.Storage;

namespace Succesmeter.Functions.Requests;

/// <summary>A request that storage cannot serve now, because it is away, busy or full, is answered 503: nothing is wrong with it, and it may be sent again as it is.</summary>
public sealed partial class Outages(ILogger<Outages> logger) : IFunctionsWorkerMiddleware
{
    /// <summary>The client of the storage has tried for half a minute by then.</summary>
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(30);

    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        if (context.GetHttpContext() is not { } http)
        {
            await next(context);
            return;
        }

        try
        {
            await next(context);
        }
        catch (Exception failure) when (StorageOutage.Is(failure) && !http.Response.HasStarted && !http.RequestAborted.IsCancellationRequested)
        {
            LogOutage(failure, context.FunctionDefinition.Name);
            http.Response.Headers.RetryAfter = Again.TotalSeconds.ToString(CultureInfo.InvariantCulture);
            await Answers.Problem(StatusCodes.Status503ServiceUnavailable, "The storage does not answer.", "Retry-After", "says after how many seconds to ask again").ExecuteAsync(http);
        }
    }

    [LoggerMessage(LogLevel.Error, "{Function} could not be answered: the storage is away, busy or full")]
    private partial void LogOutage(Exception failure, string function);
}

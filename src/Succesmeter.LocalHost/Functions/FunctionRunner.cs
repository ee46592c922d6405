using System.Diagnostics;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Succesmeter.LocalHost.Settings;

namespace Succesmeter.LocalHost.Functions;

/// <summary>Runs a function once: in a scope of its own, inside the middleware, no longer than functionTimeout.</summary>
internal sealed partial class FunctionRunner(
    IServiceScopeFactory scopes,
    IEnumerable<IFunctionsWorkerMiddleware> middleware,
    HostJsonFile hostJson,
    Drain drain,
    TimeProvider time,
    ILoggerFactory loggers)
{
    private readonly IFunctionsWorkerMiddleware[] _middleware = [.. middleware];
    private readonly ILogger _logger = loggers.CreateLogger("Function");

    /// <param name="function">What runs.</param>
    /// <param name="bindings">Where its parameters come from, in their order.</param>
    /// <param name="trigger">What they come from.</param>
    /// <param name="cancellation">Its work is pointless now, for example because a lease is lost.</param>
    /// <exception cref="TimeoutException">It ran longer than host.json allows.</exception>
    /// <exception cref="DrainedException">It was asked to stop because the host stops.</exception>
    public async Task RunAsync<T>(FunctionMethod function, Binding<T>[] bindings, T trigger, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        await RunAsync(function, bindings, trigger, scope.ServiceProvider, prepare: null, finish: null, cancellation);
    }

    /// <remarks>A request brings its own scope and items, and what the function returns is its answer.</remarks>
    public async Task RunAsync<T>(
        FunctionMethod function,
        Binding<T>[] bindings,
        T trigger,
        IServiceProvider services,
        Action<FunctionContext>? prepare,
        Func<object?, Task>? finish,
        CancellationToken cancellation)
    {
        using var timeout = new CancellationTokenSource(hostJson.FunctionTimeout ?? Timeout.InfiniteTimeSpan, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellation, timeout.Token, drain.Hurry);
        using var activity = new Activity(function.Name).Start();
        var context = new LocalFunctionContext(function, $"{activity.TraceId}-{activity.SpanId}", services, linked.Token);
        prepare?.Invoke(context);
        var began = time.GetTimestamp();

        try
        {
            await Around(0, CallAsync)(context);
            LogRan(function.Name, context.InvocationId, time.GetElapsedTime(began).TotalMilliseconds);
        }
        catch (Exception e) when (timeout.IsCancellationRequested)
        {
            throw new TimeoutException($"{function.Name} ran longer than the functionTimeout {hostJson.FunctionTimeout} of host.json.", e);
        }
        catch (Exception e) when (drain.Hurry.IsCancellationRequested)
        {
            throw new DrainedException($"{function.Name} was stopped because the host stops.", e);
        }

        async Task CallAsync(FunctionContext inner)
        {
            var arguments = new object?[bindings.Length];

            try
            {
                for (var i = 0; i < bindings.Length; i++)
                    arguments[i] = await bindings[i](trigger, inner);

                var result = await function.CallAsync(inner.InstanceServices, arguments);

                if (finish is not null)
                    await finish(result);
            }
            finally
            {
                foreach (var opened in arguments.OfType<Stream>())
                    await opened.DisposeAsync();
            }
        }
    }

    private FunctionExecutionDelegate Around(int first, FunctionExecutionDelegate core) =>
        first == _middleware.Length ? core : context => _middleware[first].Invoke(context, Around(first + 1, core));

    [LoggerMessage(LogLevel.Debug, "{Function} ran in {Milliseconds:0} ms ({Invocation})")]
    private partial void LogRan(string function, string invocation, double milliseconds);
}

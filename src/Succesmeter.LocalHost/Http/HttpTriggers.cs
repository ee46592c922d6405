using System.Globalization;
using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using Succesmeter.LocalHost.Functions;
using Succesmeter.LocalHost.Settings;

namespace Succesmeter.LocalHost.Http;

/// <summary>Requests run functions, by ASP.NET Core's own routing.</summary>
internal sealed partial class HttpTriggers(
    FunctionCatalog functions, FunctionRunner runner, HostKeys keys, HostJsonFile hostJson, Drain drain, ILoggerFactory loggers)
{
    private static readonly string[] AllMethods =
        [HttpMethods.Get, HttpMethods.Post, HttpMethods.Put, HttpMethods.Patch, HttpMethods.Delete, HttpMethods.Head, HttpMethods.Options, HttpMethods.Trace];

    private readonly ILogger _logger = loggers.CreateLogger("Function");

    public void Map(WebApplication app)
    {
        app.Use(AnswerAsTheRealHostAsync);
        app.UseRouting();

        foreach (var (function, trigger, parameter) in functions.TriggeredBy<HttpTriggerAttribute>())
            Map(app, function, trigger, parameter);
    }

    private void Map(WebApplication app, FunctionMethod function, HttpTriggerAttribute trigger, ParameterInfo parameter)
    {
        if (!typeof(IActionResult).IsAssignableFrom(function.Result) && !typeof(IResult).IsAssignableFrom(function.Result))
            throw new CannotStartException($"The function {function} must return IActionResult or IResult, or a task of it.");

        var route = $"{hostJson.RoutePrefix}/{trigger.Route ?? function.Name}".Trim('/');
        var inRoute = Microsoft.AspNetCore.Routing.Patterns.RoutePatternFactory.Parse(route).Parameters.Select(part => part.Name).ToList();
        var bindings = ParameterBinding.Of(function, other => other == parameter ? OfRequest(parameter) : OfRoute(other, inRoute));

        app.MapMethods(route, trigger.Methods ?? AllMethods, http => AnswerAsync(http, function, trigger.AuthLevel, bindings))
            .WithDisplayName(function.Name);
    }

    private async Task AnswerAsync(HttpContext http, FunctionMethod function, AuthorizationLevel level, Binding<HttpContext>[] bindings)
    {
        if (!keys.Open(level, http.Request))
        {
            http.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        try
        {
            await runner.RunAsync(
                function, bindings, http, http.RequestServices,
                context => context.Items["HttpRequestContext"] = http,
                result => WriteAsync(http, result),
                http.RequestAborted);
        }
        catch (BadHttpRequestException e) when (!http.Response.HasStarted)
        {
            // The body broke a limit of the server, for example its size.
            http.Response.StatusCode = e.StatusCode;
        }
        catch (Exception) when (http.RequestAborted.IsCancellationRequested)
        {
            // Nobody is left to answer.
        }
        catch (Exception e)
        {
            LogFailed(e, function.Name);

            if (http.Response.HasStarted)
                http.Abort();
            else
                http.Response.StatusCode = e is DrainedException ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status500InternalServerError;
        }
    }

    private static Task WriteAsync(HttpContext http, object? result) => result switch
    {
        IResult it => it.ExecuteAsync(http),
        IActionResult it => it.ExecuteResultAsync(new ActionContext(http, http.GetRouteData(), new ActionDescriptor())),
        _ => Task.CompletedTask,
    };

    /// <remarks>Its router does not tell a wrong method from a wrong path: both are 404. Nothing new begins while it drains.</remarks>
    private Task AnswerAsTheRealHostAsync(HttpContext http, RequestDelegate next)
    {
        if (drain.NoNewWork.IsCancellationRequested)
        {
            http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            http.Response.Headers.RetryAfter = "1";
            return Task.CompletedTask;
        }

        return AnswerAsync();

        async Task AnswerAsync()
        {
            await next(http);

            if (http.Response is { StatusCode: StatusCodes.Status405MethodNotAllowed, HasStarted: false }
                && http.GetEndpoint()?.Metadata.GetMetadata<IHttpMethodMetadata>() is null)
            {
                http.Response.StatusCode = StatusCodes.Status404NotFound;
                http.Response.Headers.Remove("Allow");
            }
        }
    }

    private static Binding<HttpContext>? OfRequest(ParameterInfo parameter) =>
        parameter.ParameterType == typeof(HttpRequest) ? (http, _) => new(http.Request) : null;

    private static Binding<HttpContext>? OfRoute(ParameterInfo parameter, List<string> inRoute)
    {
        if (!inRoute.Contains(parameter.Name!, StringComparer.OrdinalIgnoreCase))
            return null;

        var type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;

        return type == typeof(string) || typeof(IConvertible).IsAssignableFrom(type)
            ? (http, _) => new(Value(http.Request.RouteValues[parameter.Name!], type))
            : null;
    }

    private static object? Value(object? routeValue, Type type)
    {
        try
        {
            return routeValue is null ? null : Convert.ChangeType(routeValue, type, CultureInfo.InvariantCulture);
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            throw new BadHttpRequestException($"'{routeValue}' of the path is no {type.Name}.", e);
        }
    }

    [LoggerMessage(LogLevel.Error, "{Function} failed")]
    private partial void LogFailed(Exception exception, string function);
}

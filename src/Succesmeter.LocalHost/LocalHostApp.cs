using System.Globalization;
using System.Net.Sockets;
using Azure.Storage.Blobs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Succesmeter.LocalHost.Blobs;
using Succesmeter.LocalHost.Functions;
using Succesmeter.LocalHost.Http;
using Succesmeter.LocalHost.Queues;
using Succesmeter.LocalHost.Storage;
using Succesmeter.LocalHost.Timers;

namespace Succesmeter.LocalHost;

/// <summary>A running host: the functions of some assemblies, their HTTP server and their triggers, in this process.</summary>
public sealed class LocalHostApp : IAsyncDisposable
{
    /// <summary>The largest request body. The real host's is 210 MB; here a gigabyte of snapshots may be pushed at once, as it is streamed.</summary>
    private const long DefaultBodyLimit = 2L * 1024 * 1024 * 1024;

    private readonly WebApplication _app;

    private LocalHostApp(WebApplication app)
    {
        _app = app;
    }

    public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First());

    public IServiceProvider Services => _app.Services;

    /// <returns>The names of the functions that run.</returns>
    public IReadOnlyList<string> Functions => [.. Services.GetRequiredService<FunctionCatalog>().All.Select(function => function.Name)];

    public static async Task<LocalHostApp> StartAsync(LocalHostOptions options, CancellationToken cancellation)
    {
        CheckStorage(options.Storage);
        var app = Build(options);

        try
        {
            app.Services.GetRequiredService<HttpTriggers>().Map(app);
            await app.StartAsync(cancellation);
            return new(app);
        }
        catch (Exception e)
        {
            await app.DisposeAsync();

            if (WhyNot(e, options) is { } sentence)
                throw new CannotStartException(sentence, e);

            throw;
        }
    }

    /// <returns>What the user can do about it, or null when it is a fault of ours.</returns>
    private static string? WhyNot(Exception exception, LocalHostOptions options) => exception switch
    {
        IOException { InnerException: AddressInUseException } =>
            $"Another program listens on {options.Urls}: stop it, or choose another address with --urls.",
        SocketException or IOException { InnerException: SocketException } or FormatException =>
            $"It cannot listen on {options.Urls}: {exception.Message}",
        InvalidOperationException when exception.Source?.Contains("Kestrel", StringComparison.Ordinal) == true =>
            $"It cannot listen on {options.Urls}: {exception.Message}",
        OptionsValidationException => $"A setting is wrong: {exception.Message}",
        _ => null,
    };

    private static void CheckStorage(string connectionString)
    {
        try
        {
            _ = new BlobServiceClient(connectionString);
        }
        catch (FormatException e)
        {
            throw new CannotStartException($"AzureWebJobsStorage is no connection string of a storage account: {e.Message}", e);
        }
    }

    /// <summary>Returns when SIGTERM or Ctrl-C has come, or the token is cancelled, and all has stopped.</summary>
    public Task WaitForShutdownAsync(CancellationToken cancellation) => _app.WaitForShutdownAsync(cancellation);

    /// <summary>Drains: nothing new begins, what runs may end, and is asked to after the grace time.</summary>
    public Task StopAsync() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await _app.DisposeAsync();
    }

    /// <remarks>Built from nothing rather than by the usual defaults: these watch files for changes, which many hosts in one test process
    /// cannot all do.</remarks>
    private static WebApplication Build(LocalHostOptions options)
    {
        var builder = WebApplication.CreateEmptyBuilder(new() { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration
            .AddInMemoryCollection(options.Defaults)
            .AddEnvironmentVariables()
            .AddInMemoryCollection(options.Settings)
            .AddInMemoryCollection([new("AzureWebJobsStorage", options.Storage)]);

        builder.WebHost.UseKestrelCore().UseUrls(options.Urls).ConfigureKestrel(server => server.AddServerHeader = false);
        builder.Services.AddRouting();
        builder.Services.AddMvcCore();
        AddLogging(builder.Logging, options);
        AddHost(builder.Services, options, builder.Configuration);
        options.Services(builder.Services, builder.Configuration);
        return builder.Build();
    }

    private static void AddLogging(ILoggingBuilder logging, LocalHostOptions options)
    {
        logging.AddFilter("Microsoft", LogLevel.Warning);

        foreach (var (category, level) in options.HostJson.LogLevels)
            logging.AddFilter(category.Length == 0 ? null : category, Enum.Parse<LogLevel>(level, ignoreCase: true));

        options.Logging(logging);
    }

    private static void AddHost(IServiceCollection services, LocalHostOptions options, ConfigurationManager configuration)
    {
        services.Configure<ConsoleLifetimeOptions>(lifetime => lifetime.SuppressStatusMessages = true);
        services.Configure<HostOptions>(host =>
        {
            host.ShutdownTimeout = options.DrainGrace + options.DrainHurry;
            host.ServicesStopConcurrently = true;
        });

        services.Configure<KestrelServerOptions>(server => server.Limits.MaxRequestBodySize =
            configuration["FUNCTIONS_REQUEST_BODY_SIZE_LIMIT"] is { } limit ? long.Parse(limit, CultureInfo.InvariantCulture) : DefaultBodyLimit);

        services.AddSingleton(options.Time);
        services.AddSingleton(options.Keys);
        services.AddSingleton(options.HostJson);
        services.AddSingleton(options.BlobPacing);
        services.AddSingleton(_ => new Drain(options.DrainGrace));
        services.AddSingleton(new HostStorage(configuration, options.HostId, options.LeaseDuration, options.MessageHold));
        services.AddSingleton(FunctionCatalog.Of(
            [.. options.Assemblies.SelectMany(assembly => assembly.GetTypes()), .. options.Classes], configuration));
        services.AddSingleton<FunctionRunner>();
        services.AddSingleton<HttpTriggers>();
        services.AddSingleton<ITriggers, TimerTriggers>();
        services.AddSingleton<ITriggers, BlobTriggers>();
        services.AddSingleton<ITriggers, QueueTriggers>();
        services.AddHostedService<Triggers>();

        foreach (var middleware in options.Middleware)
            services.AddSingleton(typeof(IFunctionsWorkerMiddleware), middleware);
    }
}

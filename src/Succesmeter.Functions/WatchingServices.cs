using System.Reflection;
using Azure.Identity;
using Azure.Monitor.OpenTelemetry.Exporter;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Succesmeter.Watching;

namespace Succesmeter.Functions;

/// <summary>Sends spans, figures and logs to whoever watches; where nobody does, nothing is made and nothing costs.</summary>
internal static class WatchingServices
{
    private const string Otlp = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string Monitor = "APPLICATIONINSIGHTS_CONNECTION_STRING";

    /// <summary>The host's own setting for an account without keys: <c>Authorization=AAD;ClientId=…</c>.</summary>
    private const string MonitorIdentity = "APPLICATIONINSIGHTS_AUTHENTICATION_STRING";

    public static IServiceCollection AddWatching(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<WatchingOptions>().Bind(configuration.GetSection(WatchingOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<WatchingOptions>, WatchingOptionsValidator>();
        var (toOtlp, monitor) = (configuration[Otlp] is { Length: > 0 }, configuration[Monitor]);
        if (!toOtlp && monitor is not { Length: > 0 })
            return services;

        services.Configure<OpenTelemetryLoggerOptions>(static logs => (logs.IncludeFormattedMessage, logs.IncludeScopes) = (true, true));
        var watched = services.AddOpenTelemetry()
            .ConfigureResource(static resource => resource.AddService("succesmeter", serviceVersion: typeof(WatchingServices).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion))

            // By the id of the trace and not by what a parent says: a web server's span that nobody records would take ours with it.
            .WithTracing(static traces => traces.AddSource(Spans.Name).SetSampler(static provider => new TraceIdRatioBasedSampler(provider.GetRequiredService<IOptions<WatchingOptions>>().Value.TraceShare)))
            .WithMetrics(static figures => figures.AddMeter(Instruments.Name))
            .WithLogging();
        if (toOtlp)
            watched.UseOtlpExporter();
        if (monitor is { Length: > 0 })
            watched.UseAzureMonitorExporter(exporter =>
            {
                exporter.ConnectionString = monitor;
                exporter.Credential = CredentialOf(configuration[MonitorIdentity]);
                exporter.EnableLiveMetrics = false;

                // Its own sampler would lay five traces a second over ours.
                exporter.TracesPerSecond = null;
                exporter.SamplingRatio = configuration.GetSection(WatchingOptions.Section).GetValue(nameof(WatchingOptions.TraceShare), 1f);
            });
        return services;
    }

    /// <returns>Null where the connection string is all that is asked for.</returns>
    private static ManagedIdentityCredential? CredentialOf(string? setting)
    {
        var parts = (setting ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(static part => part.Split('=', 2)).Where(static part => part.Length == 2)
            .ToDictionary(static part => part[0], static part => part[1], StringComparer.OrdinalIgnoreCase);
        if (!parts.TryGetValue("Authorization", out var way) || !way.Equals("AAD", StringComparison.OrdinalIgnoreCase))
            return null;
        return new ManagedIdentityCredential(parts.TryGetValue("ClientId", out var client) ? ManagedIdentityId.FromUserAssignedClientId(client) : ManagedIdentityId.SystemAssigned);
    }
}

using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Succesmeter.LocalHost.Settings;

/// <summary>
/// What the host reads of host.json, with the real host's defaults. As there, an environment variable such as
/// <c>AzureFunctionsJobHost__extensions__queues__batchSize</c> wins over the file.
/// </summary>
public sealed record HostJsonFile
{
    /// <summary>After so long an invocation's CancellationToken is cancelled and it counts as failed; null is without limit.</summary>
    public TimeSpan? FunctionTimeout { get; init; } = TimeSpan.FromMinutes(30);

    public string RoutePrefix { get; init; } = "api";

    public QueueSettings Queues { get; init; } = new();

    public BlobSettings Blobs { get; init; } = new();

    /// <summary>Log levels by category; the file's <c>default</c> is the empty one.</summary>
    public IReadOnlyDictionary<string, string> LogLevels { get; init; } = new Dictionary<string, string>();

    public static HostJsonFile Read(string file) => Of(new ConfigurationBuilder()
        .AddJsonFile(file, optional: false, reloadOnChange: false)
        .AddEnvironmentVariables("AzureFunctionsJobHost__")
        .Build());

    internal static HostJsonFile Of(IConfiguration file)
    {
        var defaults = new HostJsonFile();
        var queues = file.GetSection("extensions:queues");
        var blobs = file.GetSection("extensions:blobs");

        return new()
        {
            FunctionTimeout = file["functionTimeout"] switch
            {
                null => defaults.FunctionTimeout,
                "-1" => null,
                var text => Duration(text, "functionTimeout"),
            },
            RoutePrefix = (file["extensions:http:routePrefix"] ?? defaults.RoutePrefix).Trim('/'),
            Queues = new()
            {
                BatchSize = Number(queues, "batchSize", 1, 32, defaults.Queues.BatchSize),
                NewBatchThreshold = Number(queues, "newBatchThreshold", 0, 1000, defaults.Queues.NewBatchThreshold),
                MaxDequeueCount = Number(queues, "maxDequeueCount", 1, 1000, defaults.Queues.MaxDequeueCount),
                VisibilityTimeout = Duration(queues, "visibilityTimeout", defaults.Queues.VisibilityTimeout),
                MaxPollingInterval = Duration(queues, "maxPollingInterval", defaults.Queues.MaxPollingInterval),
                MessagesAreBase64 = queues["messageEncoding"]?.ToLowerInvariant() switch
                {
                    null or "base64" => true,
                    "none" => false,
                    var other => throw new CannotStartException($"host.json: extensions.queues.messageEncoding is base64 or none, not {other}."),
                },
            },
            Blobs = new()
            {
                MaxDegreeOfParallelism = Number(blobs, "maxDegreeOfParallelism", 1, 1000, defaults.Blobs.MaxDegreeOfParallelism),
                PoisonBlobThreshold = Number(blobs, "poisonBlobThreshold", 1, 1000, defaults.Blobs.PoisonBlobThreshold),
            },
            LogLevels = file.GetSection("logging:logLevel").GetChildren().Where(level => level.Value is not null).ToDictionary(
                level => string.Equals(level.Key, "default", StringComparison.OrdinalIgnoreCase) ? "" : level.Key, level => level.Value!),
        };
    }

    private static int Number(IConfigurationSection section, string key, int least, int most, int otherwise) =>
        section[key] is not { } text ? otherwise
        : int.TryParse(text, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number
        : throw new CannotStartException($"host.json: {section.Path}:{key} is a whole number from {least} to {most}, not {text}.");

    private static TimeSpan Duration(IConfigurationSection section, string key, TimeSpan otherwise) =>
        section[key] is { } text ? Duration(text, $"{section.Path}:{key}") : otherwise;

    private static TimeSpan Duration(string text, string key) =>
        TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var duration) && duration >= TimeSpan.Zero
            ? duration
            : throw new CannotStartException($"host.json: {key} is a time such as 00:00:30, not {text}.");
}

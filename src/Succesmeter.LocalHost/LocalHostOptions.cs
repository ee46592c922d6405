using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Succesmeter.LocalHost.Blobs;
using Succesmeter.LocalHost.Http;
using Succesmeter.LocalHost.Settings;

namespace Succesmeter.LocalHost;

/// <summary>What a host needs to know before it starts.</summary>
public sealed record LocalHostOptions
{
    /// <summary>Where the functions are.</summary>
    public IReadOnlyList<Assembly> Assemblies { get; init; } = [];

    /// <summary>Classes with functions, beside those of <see cref="Assemblies"/>.</summary>
    public IReadOnlyList<Type> Classes { get; init; } = [];

    /// <summary>The connection string of the account that the host and, by default, its triggers use; becomes the setting AzureWebJobsStorage.</summary>
    public required string Storage { get; init; }

    public required HostKeys Keys { get; init; }

    public HostJsonFile HostJson { get; init; } = new();

    /// <summary>What the functions' classes are made of. Its hosted services have started before a trigger looks for work.</summary>
    public Action<IServiceCollection, IConfiguration> Services { get; init; } = (_, _) => { };

    /// <summary>Types of <c>IFunctionsWorkerMiddleware</c>, the outermost first.</summary>
    public IReadOnlyList<Type> Middleware { get; init; } = [];

    /// <summary>Settings that the environment's win over.</summary>
    public IReadOnlyDictionary<string, string?> Defaults { get; init; } = new Dictionary<string, string?>();

    /// <summary>Settings that win over the environment's.</summary>
    public IReadOnlyDictionary<string, string?> Settings { get; init; } = new Dictionary<string, string?>();

    public string Urls { get; init; } = "http://127.0.0.1:0";

    /// <summary>The clock of schedules and timeouts. Leases and hidden messages live by the storage's clock, and so by the machine's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Hosts with one id share locks, schedules and receipts.</summary>
    public string HostId { get; init; } = "succesmeter";

    /// <summary>So long do a killed host's timers and blobs stay held; storage allows 15 to 60 s.</summary>
    public TimeSpan LeaseDuration { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>So long does a killed host's message stay hidden.</summary>
    public TimeSpan MessageHold { get; init; } = TimeSpan.FromSeconds(30);

    public BlobPacing BlobPacing { get; init; } = BlobPacing.Default;

    /// <summary>When the host stops, running invocations may end by themselves for so long; then their CancellationToken is cancelled.</summary>
    public TimeSpan DrainGrace { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>After the token is cancelled they have so long before the process ends without them.</summary>
    public TimeSpan DrainHurry { get; init; } = TimeSpan.FromSeconds(10);

    public Action<ILoggingBuilder> Logging { get; init; } = _ => { };
}

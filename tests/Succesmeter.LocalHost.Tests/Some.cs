using Microsoft.Extensions.DependencyInjection;
using Succesmeter.LocalHost.Http;
using Succesmeter.LocalHost.Settings;
using Succesmeter.Testing;

namespace Succesmeter.LocalHost.Tests;

/// <summary>Plain hosts, to be bent with <c>with</c>.</summary>
internal static class Some
{
    public static HostKeys Keys { get; } = new("the-function-key", "the-admin-key");

    /// <summary>As our own host.json has it, but in no hurry to wait.</summary>
    public static HostJsonFile HostJson { get; } = new()
    {
        RoutePrefix = "",
        Queues = new() { VisibilityTimeout = TimeSpan.FromMilliseconds(1), MaxPollingInterval = TimeSpan.FromMilliseconds(100) },
    };

    /// <summary>A host of the class's functions on an account of its own; what they do is written in <see cref="Calls"/>.</summary>
    public static async Task<LocalHostOptions> HostAsync<TFunctions>(Calls calls) => new()
    {
        Classes = [typeof(TFunctions)],
        Storage = await AzuriteAccounts.NextAsync(),
        Keys = Keys,
        HostJson = HostJson,
        Services = (services, _) => services.AddSingleton(calls),
        BlobPacing = new(TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(50)),
        LeaseDuration = TimeSpan.FromSeconds(15),
        DrainGrace = TimeSpan.FromSeconds(5),
    };

    public static Task<LocalHostApp> StartAsync(this LocalHostOptions options) => LocalHostApp.StartAsync(options, CancellationToken.None);

    public static HttpClient Client(this LocalHostApp host) => new() { BaseAddress = host.Address };
}

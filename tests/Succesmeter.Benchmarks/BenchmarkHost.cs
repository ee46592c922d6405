using Succesmeter.Functions;
using Succesmeter.LocalHost;
using Succesmeter.LocalHost.Http;
using Succesmeter.LocalHost.Settings;

namespace Succesmeter.Benchmarks;

/// <summary>The local host in this process, without the demo: what its command starts, on the account that is named.</summary>
internal static class BenchmarkHost
{
    public const string FunctionKey = "function";

    public const string AdminKey = "admin";

    /// <param name="storage">A connection string.</param>
    /// <param name="cancellation">Ends the start.</param>
    /// <param name="settings">Beside a pseudonym key.</param>
    public static Task<LocalHostApp> StartAsync(string storage, CancellationToken cancellation, params (string Name, string Value)[] settings) => LocalHostApp.StartAsync(
        new LocalHostOptions
        {
            Assemblies = [typeof(SuccesmeterServices).Assembly],
            Middleware = SuccesmeterServices.Middleware,
            Services = (services, configuration) => services.AddSuccesmeter(configuration),
            Storage = storage,
            Keys = new HostKeys(FunctionKey, AdminKey),
            HostJson = HostJsonFile.Read(Path.Combine(AppContext.BaseDirectory, "host.json")),
            Settings = settings.Select(static one => KeyValuePair.Create(one.Name, (string?)one.Value))
                .Append(KeyValuePair.Create("Donors:PseudonymKey", (string?)Convert.ToBase64String(new byte[32])))
                .ToDictionary(StringComparer.Ordinal),
        },
        cancellation);
}

using System.Reflection;
using Azure.Storage.Blobs;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Succesmeter.LocalHost.Functions;
using Succesmeter.LocalHost.Settings;
using Succesmeter.LocalHost.Storage;

namespace Succesmeter.LocalHost.Blobs;

/// <summary>Blobs run functions, by a scan of their container.</summary>
internal sealed class BlobTriggers(
    FunctionCatalog functions,
    FunctionRunner runner,
    HostStorage storage,
    HostJsonFile hostJson,
    BlobPacing pacing,
    IConfiguration configuration,
    Drain drain,
    ILoggerFactory loggers) : ITriggers
{
    public IEnumerable<Func<Task>> Listeners() =>
        [.. functions.TriggeredBy<BlobTriggerAttribute>().Select(found => Listener(found.Function, found.Trigger, found.Parameter))];

    private Func<Task> Listener(FunctionMethod function, BlobTriggerAttribute trigger, ParameterInfo parameter)
    {
        if (trigger.Source != BlobTriggerSource.LogsAndContainerScan)
            throw new CannotStartException($"The function {function} waits for Event Grid, which only Azure has: build it with BlobSource=LogsAndContainerScan.");

        var path = BlobPath.Parse(SettingNames.Resolve(trigger.BlobPath, configuration));
        var bindings = ParameterBinding.Of(function, other => other == parameter ? OfContent(parameter) : OfPath(other, path));
        var lookOut = storage.ImpatientContainerOf(path.Container, trigger.Connection);
        var container = storage.ContainerOf(path.Container, trigger.Connection);
        return new BlobListener(
            function, bindings, path, lookOut, container, pacing, runner, storage, hostJson, drain, loggers.CreateLogger("Function")).RunAsync;
    }

    private static Binding<FoundBlob>? OfContent(ParameterInfo parameter) =>
        parameter.ParameterType == typeof(BlobClient) ? (blob, _) => new(blob.Client)
        : parameter.ParameterType == typeof(Stream) ? (blob, context) => blob.OpenAsync(context.CancellationToken)
        : parameter.ParameterType == typeof(byte[]) ? async (blob, context) => (await blob.DownloadAsync(context.CancellationToken)).ToArray()
        : parameter.ParameterType == typeof(string) ? async (blob, context) => (await blob.DownloadAsync(context.CancellationToken)).ToString()
        : null;

    private static Binding<FoundBlob>? OfPath(ParameterInfo parameter, BlobPath path) =>
        parameter.ParameterType == typeof(string) && path.Placeholders.Contains(parameter.Name!, StringComparer.Ordinal)
            ? (blob, _) => new(blob.Placeholders[parameter.Name!])
            : null;
}

using System.Reflection;
using System.Text.Json;
using Azure.Storage.Queues.Models;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Succesmeter.LocalHost.Functions;
using Succesmeter.LocalHost.Settings;
using Succesmeter.LocalHost.Storage;

namespace Succesmeter.LocalHost.Queues;

/// <summary>Messages run functions.</summary>
internal sealed class QueueTriggers(
    FunctionCatalog functions,
    FunctionRunner runner,
    HostStorage storage,
    HostJsonFile hostJson,
    IConfiguration configuration,
    Drain drain,
    ILoggerFactory loggers) : ITriggers
{
    /// <summary>As the worker reads a message into a record.</summary>
    private static readonly JsonSerializerOptions Json = new() { PropertyNameCaseInsensitive = true };

    public IEnumerable<Func<Task>> Listeners() =>
        [.. functions.TriggeredBy<QueueTriggerAttribute>().Select(found => Listener(found.Function, found.Trigger, found.Parameter))];

    private Func<Task> Listener(FunctionMethod function, QueueTriggerAttribute trigger, ParameterInfo parameter)
    {
        var name = SettingNames.Resolve(trigger.QueueName, configuration);
        var bindings = ParameterBinding.Of(function, other => other == parameter ? OfMessage(parameter) : null);
        return new QueueListener(
            function,
            bindings,
            storage.ImpatientQueue(name, trigger.Connection),
            storage.Queue(name, trigger.Connection),
            storage.Queue($"{name}-poison", trigger.Connection),
            storage.MessageHold,
            runner,
            hostJson.Queues,
            drain,
            loggers.CreateLogger("Function")).RunAsync;
    }

    private static Binding<QueueMessage> OfMessage(ParameterInfo parameter) =>
        parameter.ParameterType == typeof(QueueMessage) ? (message, _) => new(message)
        : parameter.ParameterType == typeof(string) ? (message, _) => new(message.Body.ToString())
        : (message, _) => new(JsonSerializer.Deserialize(message.Body, parameter.ParameterType, Json));
}

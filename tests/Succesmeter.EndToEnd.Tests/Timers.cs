using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Succesmeter.Functions;

namespace Succesmeter.EndToEnd.Tests;

/// <summary>Settings that leave out every function on a schedule: a test that passes at four minutes past the hour must pass at five past.</summary>
internal static class Timers
{
    public static IEnumerable<KeyValuePair<string, string?>> Off { get; } =
    [
        .. from type in typeof(SuccesmeterServices).Assembly.GetTypes()
           from method in type.GetMethods()
           where method.GetParameters().Any(parameter => parameter.GetCustomAttribute<TimerTriggerAttribute>() is not null)
           let name = method.GetCustomAttribute<FunctionAttribute>()!.Name
           select KeyValuePair.Create($"AzureWebJobs.{name}.Disabled", (string?)"true"),
    ];
}

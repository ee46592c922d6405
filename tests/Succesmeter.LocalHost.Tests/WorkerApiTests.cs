using System.Reflection;
using Microsoft.Azure.Functions.Worker;

namespace Succesmeter.LocalHost.Tests;

/// <summary>
/// What the functions use of the worker exists there with the same names, namespaces and signatures: read off the assemblies of Microsoft.Azure.Functions.Worker 2.52.0 and of its extensions (Timer 4.3.1,
/// Http.AspNetCore 2.1.0, Storage.Blobs 6.8.0, Storage.Queues 5.5.4). Whatever is not in this list the functions may not use, for it would compile here and fail there.
/// </summary>
public sealed class WorkerApiTests
{
    private const string Official = """
        Microsoft.Azure.Functions.Worker
          enum AuthorizationLevel: Anonymous = 0, User = 1, Function = 2, System = 3, Admin = 4
          enum BlobTriggerSource: LogsAndContainerScan = 0, EventGrid = 1
          abstract class BindingContext
          abstract class RetryContext
          abstract class TraceContext
          abstract class FunctionDefinition
            String Name { get }
          abstract class FunctionContext
            String InvocationId { get }
            String FunctionId { get }
            TraceContext TraceContext { get }
            BindingContext BindingContext { get }
            RetryContext RetryContext { get }
            IServiceProvider InstanceServices { get set }
            FunctionDefinition FunctionDefinition { get }
            IDictionary<Object, Object> Items { get set }
            CancellationToken CancellationToken { get }
          static class FunctionContextExtensions
            HttpContext GetHttpContext(FunctionContext)
          class FunctionAttribute : Attribute
            (String)
            String Name { get }
          class TimerTriggerAttribute : Attribute
            (String)
            String Schedule { get }
            Boolean UseMonitor { get set }
            Boolean RunOnStartup { get set }
          class TimerInfo
            ()
            ScheduleStatus ScheduleStatus { get set }
            Boolean IsPastDue { get set }
          class ScheduleStatus
            ()
            DateTime Last { get set }
            DateTime Next { get set }
            DateTime LastUpdated { get set }
          class BlobTriggerAttribute : Attribute
            (String)
            String BlobPath { get }
            String Connection { get set }
            BlobTriggerSource Source { get set }
          class QueueTriggerAttribute : Attribute
            (String)
            String QueueName { get }
            String Connection { get set }
          class HttpTriggerAttribute : Attribute
            ()
            (String[])
            (AuthorizationLevel)
            (AuthorizationLevel, String[])
            String Route { get set }
            String[] Methods { get }
            AuthorizationLevel AuthLevel { get }
          class FixedDelayRetryAttribute : Attribute
            (Int32, String)
            Int32 MaxRetryCount { get }
            String DelayInterval { get }
          class ExponentialBackoffRetryAttribute : Attribute
            (Int32, String, String)
            Int32 MaxRetryCount { get }
            String MinimumInterval { get }
            String MaximumInterval { get }
        Microsoft.Azure.Functions.Worker.Middleware
          delegate Task FunctionExecutionDelegate(FunctionContext)
          interface IFunctionsWorkerMiddleware
            Task Invoke(FunctionContext, FunctionExecutionDelegate)
        """;

    [Fact]
    public void Every_type_and_member_is_one_of_the_official_workers()
    {
        var listed = Members(Official.Split('\n').Select(static line => line.TrimEnd('\r')));
        var ours = typeof(FunctionAttribute).Assembly.GetExportedTypes().SelectMany(Described).ToList();

        Assert.NotEmpty(ours);
        Assert.Empty(ours.Except(listed, StringComparer.Ordinal));
        Assert.Empty(listed.Except(ours, StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(typeof(FunctionAttribute), AttributeTargets.Method)]
    [InlineData(typeof(TimerTriggerAttribute), AttributeTargets.Parameter)]
    [InlineData(typeof(BlobTriggerAttribute), AttributeTargets.Parameter)]
    [InlineData(typeof(QueueTriggerAttribute), AttributeTargets.Parameter)]
    [InlineData(typeof(HttpTriggerAttribute), AttributeTargets.Parameter)]
    [InlineData(typeof(FixedDelayRetryAttribute), AttributeTargets.Method)]
    [InlineData(typeof(ExponentialBackoffRetryAttribute), AttributeTargets.Method)]
    public void An_attribute_stands_where_the_official_one_may(Type attribute, AttributeTargets targets) => Assert.Equal(targets, attribute.GetCustomAttribute<AttributeUsageAttribute>()!.ValidOn);

    /// <summary>Each line with the lines above it that it is indented under.</summary>
    private static List<string> Members(IEnumerable<string> lines)
    {
        var (all, space, type) = (new List<string>(), "", "");
        foreach (var line in lines)
            switch (line.Length - line.TrimStart().Length)
            {
                case 0:
                    space = line;
                    break;
                case 2:
                    all.Add(type = $"{space}: {line.Trim()}");
                    break;
                default:
                    all.Add($"{type} / {line.Trim()}");
                    break;
            }

        return all;
    }

    private static IEnumerable<string> Described(Type type)
    {
        const BindingFlags Own = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        var head = $"{type.Namespace}: ";
        if (type.IsEnum)
        {
            yield return $"{head}enum {type.Name}: {string.Join(", ", Enum.GetValuesAsUnderlyingType(type).Cast<int>().Select(value => $"{Enum.GetName(type, value)} = {value}"))}";
            yield break;
        }

        if (type.IsSubclassOf(typeof(Delegate)))
        {
            yield return $"{head}delegate {Signature(type.GetMethod("Invoke")!, type.Name)}";
            yield break;
        }

        var kind = type.IsInterface ? "interface" : type is { IsAbstract: true, IsSealed: true } ? "static class" : type.IsAbstract ? "abstract class" : "class";
        head += $"{kind} {type.Name}{(type.BaseType == typeof(Attribute) ? " : Attribute" : "")}";
        yield return head;
        foreach (var constructor in type.GetConstructors(Own).Where(static constructor => !constructor.DeclaringType!.IsAbstract))
            yield return $"{head} / ({Parameters(constructor)})";
        foreach (var property in type.GetProperties(Own))
            yield return $"{head} / {Named(property.PropertyType)} {property.Name} {{ get{(property.SetMethod is { IsPublic: true } ? " set" : "")} }}";
        foreach (var method in type.GetMethods(Own).Where(static method => !method.IsSpecialName))
            yield return $"{head} / {Signature(method, method.Name)}";
    }

    private static string Signature(MethodInfo method, string name) => $"{Named(method.ReturnType)} {name}({Parameters(method)})";

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(static parameter => Named(parameter.ParameterType)));

    private static string Named(Type type) => type.IsGenericType ? $"{type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]}<{string.Join(", ", type.GetGenericArguments().Select(Named))}>" : type.Name;
}

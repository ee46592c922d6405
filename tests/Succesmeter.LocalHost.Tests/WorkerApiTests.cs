using System.Reflection;
using Microsoft.Azure.Functions.Worker;

namespace Succesmeter.LocalHost.Tests;

/// <summary>The functions are compiled against the official packages too, so every name here is theirs and none is ours.</summary>
public sealed class WorkerApiTests
{
    /// <summary>What of the official API the functions may use, type by type.</summary>
    private static readonly Dictionary<string, string[]> Official = new()
    {
        ["sealed class Microsoft.Azure.Functions.Worker.FunctionAttribute"] = [".ctor(String name)", "String Name { get; }"],
        ["sealed class Microsoft.Azure.Functions.Worker.TimerTriggerAttribute"] =
            [".ctor(String schedule)", "String Schedule { get; }", "Boolean UseMonitor { get; set; }", "Boolean RunOnStartup { get; set; }"],
        ["class Microsoft.Azure.Functions.Worker.TimerInfo"] = [".ctor()", "ScheduleStatus? ScheduleStatus { get; set; }", "Boolean IsPastDue { get; set; }"],
        ["class Microsoft.Azure.Functions.Worker.ScheduleStatus"] =
            [".ctor()", "DateTime Last { get; set; }", "DateTime Next { get; set; }", "DateTime LastUpdated { get; set; }"],
        ["sealed class Microsoft.Azure.Functions.Worker.BlobTriggerAttribute"] =
            [".ctor(String blobPath)", "String BlobPath { get; }", "String? Connection { get; set; }", "BlobTriggerSource Source { get; set; }"],
        ["enum Microsoft.Azure.Functions.Worker.BlobTriggerSource"] = ["LogsAndContainerScan = 0", "EventGrid = 1"],
        ["sealed class Microsoft.Azure.Functions.Worker.QueueTriggerAttribute"] =
            [".ctor(String queueName)", "String QueueName { get; }", "String? Connection { get; set; }"],
        ["sealed class Microsoft.Azure.Functions.Worker.HttpTriggerAttribute"] =
            [".ctor()", ".ctor(params String[] methods)", ".ctor(AuthorizationLevel authLevel)", ".ctor(AuthorizationLevel authLevel, params String[] methods)",
             "String? Route { get; set; }", "String[]? Methods { get; }", "AuthorizationLevel AuthLevel { get; }"],
        ["enum Microsoft.Azure.Functions.Worker.AuthorizationLevel"] = ["Anonymous = 0", "User = 1", "Function = 2", "System = 3", "Admin = 4"],
        ["abstract class Microsoft.Azure.Functions.Worker.FunctionContext"] =
            ["String InvocationId { get; }", "String FunctionId { get; }", "TraceContext TraceContext { get; }", "BindingContext BindingContext { get; }",
             "RetryContext RetryContext { get; }", "IServiceProvider InstanceServices { get; set; }", "FunctionDefinition FunctionDefinition { get; }",
             "IDictionary<Object, Object> Items { get; set; }", "CancellationToken CancellationToken { get; }"],
        ["abstract class Microsoft.Azure.Functions.Worker.FunctionDefinition"] = ["String Name { get; }"],
        ["abstract class Microsoft.Azure.Functions.Worker.TraceContext"] = [],
        ["abstract class Microsoft.Azure.Functions.Worker.BindingContext"] = [],
        ["abstract class Microsoft.Azure.Functions.Worker.RetryContext"] = [],
        ["sealed class Microsoft.Azure.Functions.Worker.FixedDelayRetryAttribute"] =
            [".ctor(Int32 maxRetryCount, String delayInterval)", "Int32 MaxRetryCount { get; }", "String DelayInterval { get; }"],
        ["sealed class Microsoft.Azure.Functions.Worker.ExponentialBackoffRetryAttribute"] =
            [".ctor(Int32 maxRetryCount, String minimumInterval, String maximumInterval)", "Int32 MaxRetryCount { get; }",
             "String MinimumInterval { get; }", "String MaximumInterval { get; }"],
        ["static class Microsoft.Azure.Functions.Worker.FunctionContextExtensions"] = ["HttpContext? GetHttpContext(FunctionContext context)"],
        ["interface Microsoft.Azure.Functions.Worker.Middleware.IFunctionsWorkerMiddleware"] = ["Task Invoke(FunctionContext context, FunctionExecutionDelegate next)"],
        ["delegate Microsoft.Azure.Functions.Worker.Middleware.FunctionExecutionDelegate"] = ["Task Invoke(FunctionContext context)"],
    };

    [Fact]
    public void The_local_worker_declares_official_types_with_official_members_and_nothing_else()
    {
        var declared = typeof(FunctionAttribute).Assembly.GetExportedTypes().ToDictionary(Name, Members);

        Assert.Equal(Official.Keys.Order(), declared.Keys.Order());
        Assert.All(Official, type => Assert.Equal(type.Value.Order(), declared[type.Key].Order()));
    }

    [Fact]
    public void A_timer_is_monitored_and_a_request_needs_the_function_key_unless_it_is_said()
    {
        Assert.True(new TimerTriggerAttribute("0 * * * * *").UseMonitor);
        Assert.Equal(AuthorizationLevel.Function, new HttpTriggerAttribute().AuthLevel);
        Assert.Equal(AuthorizationLevel.Function, new HttpTriggerAttribute("get").AuthLevel);
        Assert.Null(new HttpTriggerAttribute(AuthorizationLevel.Anonymous).Methods);
    }

    private static string Name(Type type) => string.Concat(
        type.IsEnum ? "enum "
        : type.IsInterface ? "interface "
        : type.IsSubclassOf(typeof(Delegate)) ? "delegate "
        : type is { IsAbstract: true, IsSealed: true } ? "static class "
        : type.IsAbstract ? "abstract class "
        : type.IsSealed ? "sealed class "
        : "class ",
        type.FullName);

    private static IEnumerable<string> Members(Type type)
    {
        const BindingFlags own = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

        if (type.IsEnum)
            return Enum.GetNames(type).Select(name => $"{name} = {Convert.ToInt32(Enum.Parse(type, name))}");

        if (type.IsSubclassOf(typeof(Delegate)))
            return [Signature(type.GetMethod("Invoke")!)];

        var nullability = new NullabilityInfoContext();
        var constructors = type.GetConstructors(own).Select(constructor => $".ctor({Parameters(constructor)})");
        var properties = type.GetProperties(own).Select(property =>
        {
            var absent = nullability.Create(property).ReadState == NullabilityState.Nullable ? "?" : "";
            return $"{Short(property.PropertyType)}{absent} {property.Name} {{ get; {(property.SetMethod is { IsPublic: true } ? "set; " : "")}}}";
        });
        var methods = type.GetMethods(own).Where(method => !method.IsSpecialName).Select(Signature);
        return [.. constructors, .. properties, .. methods];

        string Signature(MethodInfo method)
        {
            var absent = new NullabilityInfoContext().Create(method.ReturnParameter).ReadState == NullabilityState.Nullable ? "?" : "";
            return $"{Short(method.ReturnType)}{absent} {method.Name}({Parameters(method)})";
        }
    }

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(parameter =>
        $"{(parameter.IsDefined(typeof(ParamArrayAttribute)) ? "params " : "")}{Short(parameter.ParameterType)} {parameter.Name}"));

    private static string Short(Type type) => type.IsGenericType
        ? $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Short))}>"
        : type.Name;
}

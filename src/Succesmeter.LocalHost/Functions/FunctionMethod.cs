using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace Succesmeter.LocalHost.Functions;

/// <summary>A method that carries [Function], and how it is called.</summary>
internal sealed class FunctionMethod : FunctionDefinition
{
    private readonly MethodInfo _method;
    private readonly ObjectFactory? _create;
    private readonly PropertyInfo? _taskResult;

    public FunctionMethod(string name, MethodInfo method)
    {
        Name = name;
        _method = method;
        _create = method.IsStatic ? null : ActivatorUtilities.CreateFactory(method.ReflectedType!, []);
        Parameters = method.GetParameters();
        Retries = RetryPolicy.Of(method);
        Result = ResultOf(method.ReturnType);
        _taskResult = method.ReturnType.IsGenericType ? method.ReturnType.GetProperty(nameof(Task<>.Result)) : null;
    }

    public override string Name { get; }

    /// <summary>As the real host writes it in its blobs and messages.</summary>
    public string Id => $"Host.Functions.{Name}";

    public IReadOnlyList<ParameterInfo> Parameters { get; }

    public RetryPolicy? Retries { get; }

    /// <summary>What it returns when awaited; void when nothing.</summary>
    public Type Result { get; }

    public override string ToString() => $"{Name} ({_method.DeclaringType!.Name}.{_method.Name})";

    public async Task<object?> CallAsync(IServiceProvider services, object?[] arguments)
    {
        var instance = _create?.Invoke(services, []);

        switch (_method.Invoke(instance, BindingFlags.DoNotWrapExceptions, binder: null, arguments, culture: null))
        {
            case Task task:
                await task;
                return _taskResult?.GetValue(task);
            case ValueTask task:
                await task;
                return null;
            case var result:
                return result;
        }
    }

    private static Type ResultOf(Type returned) =>
        returned == typeof(Task) || returned == typeof(ValueTask) ? typeof(void)
        : returned.IsGenericType && returned.GetGenericTypeDefinition() == typeof(Task<>) ? returned.GetGenericArguments()[0]
        : returned;
}

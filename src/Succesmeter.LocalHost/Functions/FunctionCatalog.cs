using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;

namespace Succesmeter.LocalHost.Functions;

/// <summary>The functions of some assemblies, found by their attributes.</summary>
internal sealed class FunctionCatalog
{
    private readonly List<Triggered> _all = [];

    private FunctionCatalog()
    {
    }

    /// <remarks>As in the real host, the setting <c>AzureWebJobs.NAME.Disabled</c> = true leaves a function out.</remarks>
    public static FunctionCatalog Of(IEnumerable<Assembly> assemblies, IConfiguration configuration) =>
        Of(assemblies.SelectMany(assembly => assembly.GetTypes()), configuration);

    public static FunctionCatalog Of(IEnumerable<Type> classes, IConfiguration configuration)
    {
        const BindingFlags any = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static;
        var catalog = new FunctionCatalog();
        var found =
            from type in classes
            where type is { IsClass: true, ContainsGenericParameters: false } && (!type.IsAbstract || type.IsSealed)
            from method in type.GetMethods(any)
            let name = method.GetCustomAttribute<FunctionAttribute>()?.Name
            where name is not null && !IsDisabled(name)
            orderby name
            select Trigger(new FunctionMethod(name, method));

        foreach (var function in found)
        {
            if (catalog._all.Exists(other => string.Equals(other.Function.Name, function.Function.Name, StringComparison.OrdinalIgnoreCase)))
                throw new CannotStartException($"Two functions have the name {function.Function.Name}.");

            catalog._all.Add(function);
        }

        return catalog;

        bool IsDisabled(string name) =>
            string.Equals(configuration[$"AzureWebJobs.{name}.Disabled"], "true", StringComparison.OrdinalIgnoreCase);
    }

    public IEnumerable<FunctionMethod> All => _all.Select(triggered => triggered.Function);

    public IEnumerable<(FunctionMethod Function, TTrigger Trigger, ParameterInfo Parameter)> TriggeredBy<TTrigger>()
        where TTrigger : Attribute =>
        from triggered in _all
        where triggered.Trigger is TTrigger
        select (triggered.Function, (TTrigger)triggered.Trigger, triggered.Parameter);

    private static Triggered Trigger(FunctionMethod function)
    {
        var triggers =
            from parameter in function.Parameters
            from attribute in parameter.GetCustomAttributes()
            where attribute is HttpTriggerAttribute or TimerTriggerAttribute or BlobTriggerAttribute or QueueTriggerAttribute
            select new Triggered(function, attribute, parameter);

        return triggers.ToList() is [var only]
            ? only
            : throw new CannotStartException($"The function {function} must have one trigger, on one parameter.");
    }

    private sealed record Triggered(FunctionMethod Function, Attribute Trigger, ParameterInfo Parameter);
}

using System.Reflection;
using Microsoft.Azure.Functions.Worker;

namespace Succesmeter.LocalHost.Functions;

/// <summary>Where the value of one parameter comes from, given what triggered the function.</summary>
internal delegate ValueTask<object?> Binding<in T>(T trigger, FunctionContext context);

/// <summary>Decides at start where each parameter's value comes from, so that a parameter nobody can fill stops the start.</summary>
internal static class ParameterBinding
{
    public static Binding<T>[] Of<T>(FunctionMethod function, Func<ParameterInfo, Binding<T>?> ofTrigger) =>
        [.. function.Parameters.Select(parameter =>
            ofTrigger(parameter) ?? OfContext<T>(parameter) ?? throw new CannotStartException(
                $"The parameter {parameter.ParameterType.Name} {parameter.Name} of the function {function} cannot be bound."))];

    private static Binding<T>? OfContext<T>(ParameterInfo parameter) =>
        parameter.ParameterType == typeof(CancellationToken) ? (_, context) => new(context.CancellationToken)
        : parameter.ParameterType == typeof(FunctionContext) ? (_, context) => new(context)
        : null;
}

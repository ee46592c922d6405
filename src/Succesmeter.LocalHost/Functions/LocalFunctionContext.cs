using Microsoft.Azure.Functions.Worker;

namespace Succesmeter.LocalHost.Functions;

/// <summary>One invocation in this process.</summary>
internal sealed class LocalFunctionContext(
    FunctionMethod function, string invocationId, IServiceProvider services, CancellationToken cancellation) : FunctionContext
{
    public override string InvocationId => invocationId;

    public override string FunctionId => function.Id;

    public override TraceContext TraceContext { get; } = new NoTrace();

    public override BindingContext BindingContext { get; } = new NoBinding();

    /// <remarks>The official property is null without a retry policy though its type does not say so.</remarks>
    public override RetryContext RetryContext => function.Retries!;

    public override IServiceProvider InstanceServices { get; set; } = services;

    public override FunctionDefinition FunctionDefinition => function;

    public override IDictionary<object, object> Items { get; set; } = new Dictionary<object, object>();

    public override CancellationToken CancellationToken => cancellation;

    private sealed class NoTrace : TraceContext;

    private sealed class NoBinding : BindingContext;
}

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Where an invocation stands in a trace; the functions read <see cref="System.Diagnostics.Activity.Current"/>, so none of its members is declared.</summary>
public abstract class TraceContext;

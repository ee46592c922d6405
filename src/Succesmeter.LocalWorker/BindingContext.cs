namespace Microsoft.Azure.Functions.Worker;

/// <summary>What triggered an invocation; the functions take it as parameters, so none of its members is declared.</summary>
public abstract class BindingContext;

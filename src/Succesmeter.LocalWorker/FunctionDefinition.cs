namespace Microsoft.Azure.Functions.Worker;

/// <summary>What the host knows of a function before it runs.</summary>
public abstract class FunctionDefinition
{
    public abstract string Name { get; }
}

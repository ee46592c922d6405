namespace Microsoft.Azure.Functions.Worker;

/// <summary>Runs a timer's function again after a failure, after growing delays; -1 tries for ever.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ExponentialBackoffRetryAttribute(int maxRetryCount, string minimumInterval, string maximumInterval) : Attribute
{
    public int MaxRetryCount { get; } = maxRetryCount;

    public string MinimumInterval { get; } = minimumInterval;

    public string MaximumInterval { get; } = maximumInterval;
}

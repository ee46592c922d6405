namespace Microsoft.Azure.Functions.Worker;

/// <summary>Runs a timer's function again after a failure, always after the same delay; -1 tries for ever.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FixedDelayRetryAttribute(int maxRetryCount, string delayInterval) : Attribute
{
    public int MaxRetryCount { get; } = maxRetryCount;

    public string DelayInterval { get; } = delayInterval;
}

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Runs the function for each message of a queue.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class QueueTriggerAttribute(string queueName) : Attribute
{
    public string QueueName { get; } = queueName;

    /// <summary>The setting that holds the connection string; AzureWebJobsStorage when null.</summary>
    public string? Connection { get; set; }
}

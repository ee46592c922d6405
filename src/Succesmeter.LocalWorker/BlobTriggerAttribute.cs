namespace Microsoft.Azure.Functions.Worker;

/// <summary>Runs the function for each blob of a container that fits the path, as in <c>incoming/{name}</c>.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class BlobTriggerAttribute(string blobPath) : Attribute
{
    public string BlobPath { get; } = blobPath;

    /// <summary>The setting that holds the connection string; AzureWebJobsStorage when null.</summary>
    public string? Connection { get; set; }

    public BlobTriggerSource Source { get; set; }
}

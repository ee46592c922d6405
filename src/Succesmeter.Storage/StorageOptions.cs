using Microsoft.Extensions.Options;

namespace Succesmeter.Storage;

/// <summary>
/// Which account everything lives in; bound to <c>AzureWebJobsStorage</c>, the setting that the triggers use too: a connection string,
/// or, with a managed identity, its <c>__accountName</c> or <c>__blobServiceUri</c>, <c>__queueServiceUri</c> and <c>__tableServiceUri</c>.
/// </summary>
public sealed class StorageOptions
{
    public const string Section = "AzureWebJobsStorage";

    public string? ConnectionString { get; set; }

    public string? AccountName { get; set; }

    public Uri? BlobServiceUri { get; set; }

    public Uri? QueueServiceUri { get; set; }

    public Uri? TableServiceUri { get; set; }

    /// <summary>The client id of a user-assigned identity; without it the default credential is asked.</summary>
    public string? ClientId { get; set; }
}

/// <summary>One way to the account must be given.</summary>
public sealed class StorageOptionsValidator : IValidateOptions<StorageOptions>
{
    public ValidateOptionsResult Validate(string? name, StorageOptions options) =>
        options is { ConnectionString.Length: > 0 } or { AccountName.Length: > 0 } or { BlobServiceUri: not null, QueueServiceUri: not null, TableServiceUri: not null }
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail($"Set {StorageOptions.Section} to a connection string, or {StorageOptions.Section}__accountName for a managed identity.");
}

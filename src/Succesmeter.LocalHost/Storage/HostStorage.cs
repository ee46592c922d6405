using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Microsoft.Extensions.Configuration;
using Succesmeter.LocalHost.Settings;

namespace Succesmeter.LocalHost.Storage;

/// <summary>What the host itself keeps: locks, schedules, receipts, in the container that the real host keeps them in.</summary>
internal sealed class HostStorage(IConfiguration configuration, string hostId, TimeSpan leaseDuration, TimeSpan messageHold)
{
    public const string ContainerName = "azure-webjobs-hosts";

    public string HostId => hostId;

    /// <summary>So long does what a killed host held stay held; storage allows 15 to 60 s.</summary>
    public TimeSpan LeaseDuration => leaseDuration;

    /// <summary>So long does a message that a killed host worked on stay hidden.</summary>
    public TimeSpan MessageHold => messageHold;

    public BlobContainerClient Container { get; } = new(SettingNames.ConnectionString(null, configuration), ContainerName);

    public BlobClient Blob(string name) => Container.GetBlobClient(name);

    /// <remarks>The messages are coded by us and not by the client, so that one that cannot be decoded is still a message.</remarks>
    public QueueClient Queue(string name, string? connection = null) => new(
        SettingNames.ConnectionString(connection, configuration), name, new QueueClientOptions { MessageEncoding = QueueMessageEncoding.None });

    /// <summary>One that fails soon, for looking out: the look-out asks again by itself, and should notice when storage is back.</summary>
    public QueueClient ImpatientQueue(string name, string? connection)
    {
        var options = new QueueClientOptions { MessageEncoding = QueueMessageEncoding.None, Retry = { MaxRetries = 1 } };
        return new(SettingNames.ConnectionString(connection, configuration), name, options);
    }

    public BlobContainerClient ContainerOf(string name, string? connection) =>
        new(SettingNames.ConnectionString(connection, configuration), name);

    /// <inheritdoc cref="ImpatientQueue"/>
    public BlobContainerClient ImpatientContainerOf(string name, string? connection) =>
        new(SettingNames.ConnectionString(connection, configuration), name, new BlobClientOptions { Retry = { MaxRetries = 1 } });
}

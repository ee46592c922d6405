using System.Text.Json;
using System.Text.Json.Serialization;
using Azure.Storage.Queues;
using Succesmeter.Campaigns;
using Succesmeter.Scores;

namespace Succesmeter.Storage.Queues;

/// <summary>Queue <c>campaigns-to-score</c>.</summary>
public sealed class StorageScoreQueue(StorageAccount account) : IScoreQueue
{
    private readonly QueueClient queue = account.Queues.GetQueueClient(QueueNames.CampaignsToScore);

    public Task SendAsync(ScoreRequest request, TimeSpan delay, CancellationToken cancellation) =>
        queue.SendMessageAsync(Write(request), delay, cancellationToken: cancellation);

    /// <exception cref="FormatException">The text is no score message.</exception>
    public static ScoreRequest Read(string message)
    {
        ScoreMessage? read;
        try
        {
            read = JsonSerializer.Deserialize(message, MessageJson.Default.ScoreMessage);
        }
        catch (JsonException broken)
        {
            throw new FormatException($"Score message '{message}' is not JSON: {broken.Message}", broken);
        }

        return CampaignId.TryParse(read?.Campaign, out var campaign)
            ? new ScoreRequest(campaign, read!.Tick) { Parcels = read.Parcels ?? [] }
            : throw new FormatException($"Score message '{message}' names no campaign.");
    }

    internal static string Write(ScoreRequest request) =>
        JsonSerializer.Serialize(new ScoreMessage(request.Campaign.ToString(), request.Tick, request.Parcels.Count == 0 ? null : request.Parcels), MessageJson.Default.ScoreMessage);
}

internal sealed record ScoreMessage(string? Campaign, DateTimeOffset? Tick, IReadOnlyList<string>? Parcels);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ScoreMessage))]
internal sealed partial class MessageJson : JsonSerializerContext;

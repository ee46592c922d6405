using System.Text.Json;
using System.Text.Json.Serialization;
using Succesmeter.Campaigns;
using Succesmeter.Scores;

namespace Succesmeter.Storage.Queues;

/// <summary>A message of queue <c>campaigns-to-score</c>.</summary>
/// <param name="Requests">Of different campaigns, at most <see cref="MostRequests"/>.</param>
/// <param name="FailingSince">When the message was first given up, if it ever was.</param>
public sealed record ScoreMessage(IReadOnlyList<ScoreRequest> Requests, DateTimeOffset? FailingSince = null)
{
    /// <summary>Few enough to be done before the message shows again, many enough that the queue costs little beside the scores.</summary>
    public const int MostRequests = 16;

    /// <summary>A message holds 64 KiB in Base64; 32 keys of parcels take about 2 KiB.</summary>
    private const int MostParcels = 400;

    public static IEnumerable<ScoreMessage> Pack(IEnumerable<ScoreRequest> requests)
    {
        var held = new List<ScoreRequest>();
        var parcels = 0;
        foreach (var request in requests)
        {
            if (held.Count == MostRequests || (held.Count > 0 && parcels + request.Parcels.Count > MostParcels))
            {
                yield return new ScoreMessage(held);
                held = [];
                parcels = 0;
            }

            held.Add(request);
            parcels += request.Parcels.Count;
        }

        if (held.Count > 0)
            yield return new ScoreMessage(held);
    }

    /// <exception cref="FormatException">The text is no score message.</exception>
    public static ScoreMessage Read(string text)
    {
        StoredMessage? read;
        try
        {
            read = JsonSerializer.Deserialize(text, MessageJson.Default.StoredMessage);
        }
        catch (JsonException broken)
        {
            throw new FormatException($"Score message '{text}' is not JSON: {broken.Message}", broken);
        }

        return new ScoreMessage([.. (read?.Campaigns ?? []).Select(RequestOf)], read?.FailingSince) is { Requests.Count: > 0 } message
            ? message
            : throw new FormatException($"Score message '{text}' names no campaign.");

        ScoreRequest RequestOf(StoredRequest? stored) => CampaignId.TryParse(stored?.Campaign, out var campaign)
            ? new ScoreRequest(campaign, stored!.Tick) { Parcels = stored.Parcels ?? [] }
            : throw new FormatException($"Score message '{text}' names '{stored?.Campaign}', which is no campaign.");
    }

    /// <param name="visibleAt">From when on it can be taken up; null where that is not known.</param>
    public string ToText(DateTimeOffset? visibleAt = null) => JsonSerializer.Serialize(
        new StoredMessage(
            [.. Requests.Select(request => new StoredRequest(request.Campaign.ToString(), request.Tick, request.Parcels.Count == 0 ? null : request.Parcels))],
            FailingSince) { VisibleAt = visibleAt },
        MessageJson.Default.StoredMessage);
}

internal sealed record StoredMessage(IReadOnlyList<StoredRequest?>? Campaigns, DateTimeOffset? FailingSince) : StoredInQueue;

internal sealed record StoredRequest(string? Campaign, DateTimeOffset? Tick, IReadOnlyList<string>? Parcels);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(StoredMessage))]
internal sealed partial class MessageJson : JsonSerializerContext;

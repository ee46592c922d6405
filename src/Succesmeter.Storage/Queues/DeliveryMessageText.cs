using System.Text.Json;
using System.Text.Json.Serialization;
using Succesmeter.Webhooks;

namespace Succesmeter.Storage.Queues;

/// <summary>A message of queue <c>webhooks-to-deliver</c>.</summary>
public static class DeliveryMessageText
{
    /// <exception cref="FormatException">The text is no message of this queue.</exception>
    public static DeliveryMessage Read(string text)
    {
        StoredDelivery? read;
        try
        {
            read = JsonSerializer.Deserialize(text, DeliveryMessageJson.Default.StoredDelivery);
        }
        catch (JsonException broken)
        {
            throw new FormatException($"Delivery message '{text}' is not JSON: {broken.Message}", broken);
        }

        return read is { Id: { } id } && SubscriptionId.TryParse(read.Subscription, out var subscription) && IsInstant(read.At) && IsInstant(read.AfterAt ?? 0)
            ? new DeliveryMessage(subscription, id, DateTimeOffset.FromUnixTimeMilliseconds(read.At), read.Round, read.Attempt)
            {
                After = read is { AfterId: { } before, AfterAt: { } at } ? new DeliveryKey(before, DateTimeOffset.FromUnixTimeMilliseconds(at)) : null,
                AgainAt = read.AgainAt,
                FailingSince = read.FailingSince,
            }
            : throw new FormatException($"Delivery message '{text}' names no delivery.");
    }

    private static bool IsInstant(long milliseconds) => milliseconds >= DateTimeOffset.MinValue.ToUnixTimeMilliseconds() && milliseconds <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    /// <param name="message">What it says.</param>
    /// <param name="visibleAt">From when on it can be taken up; null where that is not known.</param>
    public static string Write(DeliveryMessage message, DateTimeOffset? visibleAt = null) => JsonSerializer.Serialize(
        new StoredDelivery
        {
            Subscription = message.Subscription.ToString(),
            Id = message.Id,
            At = message.At.ToUnixTimeMilliseconds(),
            Round = message.Round,
            Attempt = message.Attempt,
            AfterId = message.After?.Id,
            AfterAt = message.After?.At.ToUnixTimeMilliseconds(),
            AgainAt = message.AgainAt,
            FailingSince = message.FailingSince,
            VisibleAt = visibleAt,
        },
        DeliveryMessageJson.Default.StoredDelivery);
}

internal sealed record StoredDelivery : StoredInQueue
{
    public string? Subscription { get; init; }

    public string? Id { get; init; }

    public long At { get; init; }

    public int Round { get; init; }

    public int Attempt { get; init; }

    public string? AfterId { get; init; }

    public long? AfterAt { get; init; }

    public DateTimeOffset? AgainAt { get; init; }

    public DateTimeOffset? FailingSince { get; init; }
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(StoredDelivery))]
internal sealed partial class DeliveryMessageJson : JsonSerializerContext;

namespace Succesmeter.Webhooks;

/// <summary>A message of the queue: try this.</summary>
/// <param name="Subscription">Who is to be told.</param>
/// <param name="Id">Of the delivery.</param>
/// <param name="At">Of the delivery; part of its key.</param>
/// <param name="Round">A message of an earlier round has nothing left to do.</param>
/// <param name="Attempt">From 0; a message whose attempt is over has nothing left to do.</param>
public sealed record DeliveryMessage(SubscriptionId Subscription, string Id, DateTimeOffset At, int Round, int Attempt)
{
    /// <summary>The delivery of the same campaign that comes before, where both were announced at once.</summary>
    public DeliveryKey? After { get; init; }

    /// <summary>When a replay had it sent again; null where none did. Of two at once one has written the row, and the other's message has nothing left to do.</summary>
    public DateTimeOffset? AgainAt { get; init; }

    /// <summary>When the message was given up first, if it ever was.</summary>
    public DateTimeOffset? FailingSince { get; init; }

    public DeliveryKey Key => new(Id, At);

    public static DeliveryMessage Of(Delivery delivery) => new(delivery.Subscription, delivery.Id, delivery.At, delivery.Round, delivery.Attempts);
}

/// <summary>By which a delivery is found among its subscription's.</summary>
public readonly record struct DeliveryKey(string Id, DateTimeOffset At);

using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Succesmeter.Watching;
using Succesmeter.Webhooks;

namespace Succesmeter.Pipeline;

/// <summary>
/// Tries one delivery once. What failed is tried again by a message of its own; all that decides about that lies in storage, so that a restart or a second host changes nothing.
/// </summary>
public sealed partial class EventsToWebhooks(
    ISubscriptionStore subscriptions,
    IDeliveryStore deliveries,
    IDeliveryQueue queue,
    Replays replays,
    ISubscriberRights rights,
    IWebhookSender sender,
    WebhookSeals seals,
    IOptions<WebhookOptions> options,
    RandomNumberGenerator dice,
    TimeProvider time,
    ILogger<EventsToWebhooks> logger)
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan UntilKey = TimeSpan.FromMinutes(10);

    /// <summary>So long a delivery waits for the one before it.</summary>
    private static readonly TimeSpan PatienceForOrder = TimeSpan.FromMinutes(1);

    private readonly Lanes lanes = new(options.Value.InFlight, options.Value.InFlightPerHost, time);

    public async Task RunAsync(DeliveryMessage message, CancellationToken cancellation)
    {
        Spans.Tag("subscription", message.Subscription.ToString());
        Spans.Tag("delivery", message.Id);
        if (await subscriptions.FindAsync(message.Subscription, cancellation) is not { } kept || await deliveries.FindAsync(message.Subscription, message.Key, cancellation) is not { } found)
            return;

        var (subscription, delivery) = (kept.Subscription, found.Delivery);

        // The message comes again when the host died over it, and its successor may be on its way by then.
        if (delivery.IsDone || delivery.Round != message.Round || delivery.Attempts > message.Attempt || (message.AgainAt is { } again && again != delivery.NextAt))
            return;

        if (subscription.State != SubscriptionState.Active || await EndsWithTokenAsync(kept, cancellation))
        {
            await deliveries.ReplaceAsync(found, delivery with { State = DeliveryState.Stopped, NextAt = null }, cancellation);
            await replays.RunAwakeAsync(subscription.Id, cancellation);
            return;
        }

        var now = time.GetUtcNow();
        if (subscription.SlowUntil > now)
        {
            // Not all at once when the pause is over: the first of them finds out whether the endpoint is back.
            await queue.SendAsync(message, (subscription.SlowUntil.Value - now) + (Soon * (4 * Draw())), cancellation);
            return;
        }

        if (seals.Seal is not { } seal)
        {
            LogNoKey(subscription.Id);
            await queue.SendAsync(message, UntilKey, cancellation);
            return;
        }

        var (lane, wait) = await EnterAsync(message, subscription, delivery, cancellation);
        if (lane is null)
        {
            await queue.SendAsync(message, wait, cancellation);
            return;
        }

        using (lane)
            await TryAsync(seal, kept, found, cancellation);
        lanes.See(subscription.Id, delivery.Id);
    }

    /// <returns>True where who made the subscription may no longer hear it, whether this delivery or one beside it wrote that down.</returns>
    private async Task<bool> EndsWithTokenAsync(KeptSubscription kept, CancellationToken cancellation)
    {
        if (await rights.MayHearAsync(kept.Subscription.MadeBy, kept.Subscription.Scope, cancellation))
            return false;

        // Woken meanwhile it is somebody else's, whose right is another.
        var maker = kept.Subscription.MadeBy;
        if (await subscriptions.ChangeAsync(kept, one => one.MadeBy == maker ? one with { State = SubscriptionState.Disabled, Why = RestReasons.TokenEnded } : one, cancellation) is not null)
            LogTokenEnded(kept.Subscription.Id);
        return true;
    }

    /// <summary>
    /// The queue counts in seconds, and what happened to one campaign at once is told one by one: so what is about to end is waited for, a moment. An endpoint that has been at it for longer, or was slow the
    /// last time, is not, for the place is wanted by others.
    /// </summary>
    /// <returns>Where there was no room no lane, and how long to stay away: as long again as the room has been taken, so that those who wait for one that hangs ask ever less often.</returns>
    private async Task<(IDisposable? Lane, TimeSpan Wait)> EnterAsync(DeliveryMessage message, Subscription subscription, Delivery delivery, CancellationToken cancellation)
    {
        var patience = subscription.SlowInARow > 0 ? TimeSpan.Zero : options.Value.WaitInPlace;
        var (came, lastMove) = (time.GetTimestamp(), time.GetTimestamp());
        var mustWait = await MustWaitAsync(message, delivery, cancellation);
        while (true)
        {
            // On this host it is known without asking when the one before has been tried.
            mustWait = mustWait && !lanes.HasSeen(message.Subscription, message.After!.Value.Id);
            TimeSpan? taken;
            if (mustWait)
                taken = lanes.TakenFor(subscription, delivery.Campaign);
            else if (lanes.TryEnter(subscription, delivery.Campaign, out taken) is { } lane)
                return (lane, TimeSpan.Zero);

            if (taken is not null)
                lastMove = time.GetTimestamp();
            if (taken > patience || time.GetElapsedTime(lastMove) >= patience || time.GetElapsedTime(came) >= Soon)
                return (null, taken > Soon ? taken.Value : Soon);
            await Task.Delay(Moment, time, cancellation);
        }
    }

    private async Task TryAsync(SecretSeal seal, KeptSubscription kept, KeptDelivery found, CancellationToken cancellation)
    {
        var (subscription, delivery, now) = (kept.Subscription, found.Delivery, time.GetUtcNow());
        SignedWebhook webhook;
        try
        {
            webhook = WebhookSigning.Sign(seal, subscription, delivery.Id, WebhookBody.Of(delivery, subscription, options.Value.Site), now);
        }
        catch (CryptographicException unsealed)
        {
            // A key that is not configured is a dependency that is missing: it delays the message and is no failure of the endpoint.
            LogSealed(unsealed, subscription.Id);
            await queue.SendAsync(DeliveryMessage.Of(delivery), UntilKey, cancellation);
            return;
        }

        await SettleAsync(kept, found, await sender.SendAsync(webhook, cancellation), cancellation);
    }

    /// <summary>The next message before what it follows from is written: died in between, both come, and the second finds nothing left to do.</summary>
    private async Task SettleAsync(KeptSubscription kept, KeptDelivery found, EndpointAnswer answer, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        Instruments.Delivered(answer.Try.Status, TimeSpan.FromMilliseconds(answer.Try.Milliseconds));
        var after = RetryRules.After(found.Delivery, answer, now, Draw());
        if (after.NextAt is { } next)
            await queue.SendAsync(DeliveryMessage.Of(after), next - now, cancellation);

        await deliveries.ReplaceAsync(found, after, cancellation);
        var address = kept.Subscription.Address;
        if (await subscriptions.ChangeAsync(kept, one => one.Address == address ? RetryRules.After(one, answer, now) : one, cancellation) is { State: SubscriptionState.Disabled, Why: { } why } disabled)
            LogDisabled(disabled.Id, why);
        if (after.State == DeliveryState.Stopped)
            await replays.RunAwakeAsync(kept.Subscription.Id, cancellation);
    }

    /// <summary>The one before it in its campaign has not been tried once. Not for long: it may be gone.</summary>
    private async Task<bool> MustWaitAsync(DeliveryMessage message, Delivery delivery, CancellationToken cancellation) =>
        message is { After: { } before, Attempt: 0 }
        && time.GetUtcNow() - delivery.AnnouncedAt < PatienceForOrder
        && await deliveries.FindAsync(message.Subscription, before, cancellation) is { Delivery: { State: DeliveryState.Pending, Attempts: 0 } };

    /// <summary>Hosts that fail together must not come back together, so no seed; nothing that is kept or shown depends on it but when the next try is.</summary>
    private double Draw()
    {
        Span<byte> bytes = stackalloc byte[4];
        dice.GetBytes(bytes);
        return BitConverter.ToUInt32(bytes) / (uint.MaxValue + 1.0);
    }

    [LoggerMessage(LogLevel.Warning, "{Subscription} is disabled: {Why}")]
    private partial void LogDisabled(SubscriptionId subscription, string why);

    [LoggerMessage(LogLevel.Warning, "{Subscription} is disabled: its token has ended or lacks a right")]
    private partial void LogTokenEnded(SubscriptionId subscription);

    [LoggerMessage(LogLevel.Error, "{Subscription} waits: no key for secrets is configured")]
    private partial void LogNoKey(SubscriptionId subscription);

    [LoggerMessage(LogLevel.Error, "{Subscription} waits: its secret cannot be opened")]
    private partial void LogSealed(Exception why, SubscriptionId subscription);
}

using Succesmeter.Webhooks;

namespace Succesmeter.Pipeline;

/// <summary>Sends again what was told before, under the same ids.</summary>
public sealed class Replays(ISubscriptionStore subscriptions, IDeliveryStore deliveries, IDeliveryQueue queue, TimeProvider time)
{
    /// <summary>The message goes before the row is written, so that neither is lost; it shows when the row is there.</summary>
    private static readonly TimeSpan UntilWritten = TimeSpan.FromSeconds(3);

    /// <summary>Of one request.</summary>
    public const int Most = 1_000;

    /// <param name="subscription">Whose.</param>
    /// <param name="from">Of when it happened; null for from the beginning.</param>
    /// <param name="to">Of when it happened; null for until now.</param>
    /// <param name="which">Those to be sent again.</param>
    /// <param name="cancellation">Ends it; those that were sent stay sent.</param>
    /// <returns>How many, at most <see cref="Most"/>: the oldest.</returns>
    public Task<int> RunAsync(SubscriptionId subscription, DateTimeOffset? from, DateTimeOffset? to, Func<Delivery, bool> which, CancellationToken cancellation) =>
        RunAsync(subscription, from, to, which, Most, cancellation);

    /// <summary>
    /// Sends what was kept while a subscription rested, if it does not rest any more. Who wakes one writes that first and then asks for this; who puts a delivery away, because the subscription rested when
    /// it was read, asks afterwards: so one of the two finds it.
    /// </summary>
    public async Task RunAwakeAsync(SubscriptionId subscription, CancellationToken cancellation)
    {
        if (await subscriptions.FindAsync(subscription, cancellation) is { Subscription.State: SubscriptionState.Active })
            await RunAsync(subscription, null, null, static one => one.State == DeliveryState.Stopped, most: int.MaxValue, cancellation);
    }

    private async Task<int> RunAsync(SubscriptionId subscription, DateTimeOffset? from, DateTimeOffset? to, Func<Delivery, bool> which, int most, CancellationToken cancellation)
    {
        var chosen = new List<KeptDelivery>();
        await foreach (var kept in deliveries.ReadAsync(subscription, from, to, cancellation))
            if (which(kept.Delivery))
                chosen.Add(kept);

        // They come newest first and are told as they happened.
        chosen.Reverse();
        var sent = 0;
        foreach (var kept in chosen.Take(most))
        {
            var again = kept.Delivery.Again(time.GetUtcNow());
            await queue.SendAsync(DeliveryMessage.Of(again) with { AgainAt = again.NextAt }, UntilWritten, cancellation);
            if (await deliveries.ReplaceAsync(kept, again, cancellation))
                sent++;
        }

        return sent;
    }
}

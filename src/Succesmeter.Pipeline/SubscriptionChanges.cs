using Succesmeter.Webhooks;

namespace Succesmeter.Pipeline;

/// <summary>A subscription is changed by its maker, its deliveries and its bundles, on several hosts.</summary>
internal static class SubscriptionChanges
{
    private const int MostTries = 5;

    /// <param name="subscriptions">Where it is kept.</param>
    /// <param name="kept">As it was read.</param>
    /// <param name="change">Of whatever it is by then; what it gives back unchanged stays.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>As it is now; null when it is gone, or nothing changed.</returns>
    public static async Task<Subscription?> ChangeAsync(this ISubscriptionStore subscriptions, KeptSubscription kept, Func<Subscription, Subscription> change, CancellationToken cancellation)
    {
        for (var tries = 0; tries < MostTries; tries++)
        {
            var changed = change(kept.Subscription);
            if (changed == kept.Subscription)
                return null;
            if (await subscriptions.ReplaceAsync(kept, changed, cancellation))
                return changed;
            if (await subscriptions.FindAsync(kept.Subscription.Id, cancellation) is not { } again)
                return null;
            kept = again;
        }

        // Others change it at every turn; the next delivery or bundle comes to the same.
        return null;
    }
}

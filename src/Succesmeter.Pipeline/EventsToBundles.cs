using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Succesmeter.Campaigns;
using Succesmeter.Webhooks;

namespace Succesmeter.Pipeline;

/// <summary>Makes bundles of what was held for them, when they are due, and forgets deliveries that are old.</summary>
public sealed partial class EventsToBundles(ISubscriptionStore subscriptions, IDeliveryStore deliveries, IDeliveryQueue queue, IPlatformZones zones, IOptions<WebhookOptions> options, TimeProvider time, ILogger<EventsToBundles> logger)
{
    /// <summary>The message goes before the bundle, so that neither is lost; it shows when the bundle is there.</summary>
    private static readonly TimeSpan UntilWritten = TimeSpan.FromSeconds(15);

    /// <summary>More nobody reads at once; and what it holds is put away in one batch.</summary>
    private const int MostOfBundle = 50;

    /// <summary>Bytes of a bundle beside its events.</summary>
    private const int Around = 200;

    private static readonly PlatformId Home = new("growfunding");

    /// <summary>When old deliveries were last looked for; a host that starts looks anew.</summary>
    private DateOnly lookedOn;

    public async Task RunAsync(CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        await foreach (var id in subscriptions.ReadBundledAsync(cancellation))
            if (await subscriptions.FindAsync(id, cancellation) is { Subscription.State: SubscriptionState.Active } kept)
                await BundleAsync(kept, now, cancellation);

        if (DateOnly.FromDateTime(now.UtcDateTime) is var today && today != lookedOn)
        {
            await foreach (var subscription in subscriptions.ReadAllAsync(cancellation))
                await deliveries.ForgetAsync(subscription.Id, now - IDeliveryStore.Kept, cancellation);
            lookedOn = today;
        }
    }

    private async Task BundleAsync(KeptSubscription kept, DateTimeOffset now, CancellationToken cancellation)
    {
        var subscription = kept.Subscription;
        var (before, zone) = (subscription.BundledAt ?? subscription.MadeAt, zones.Of(subscription.Scope.Platform ?? Home));

        // One that wants to hear at once by now gets what was held before.
        if (subscription.Rhythm.IsBundled && !subscription.Rhythm.IsDue(before, now, zone))
            return;

        var held = new List<KeptDelivery>();
        await foreach (var one in deliveries.ReadHeldAsync(subscription.Id, cancellation))
            held.Add(one);
        if (held.Count == 0)
            return;

        // On a morning with nothing to tell no bundle was made: what came after it waits for the next.
        if (subscription.Rhythm.IsDaily && !subscription.Rhythm.IsDue(held.Min(static one => one.Delivery.AnnouncedAt), now, zone))
            return;

        foreach (var some in Packed(held, subscription))
        {
            var bundle = Delivery.OfBundle(subscription.Id, [.. some.SelectMany(static one => one.Delivery.Events)], now);
            await queue.SendAsync(DeliveryMessage.Of(bundle), UntilWritten, cancellation);
            if (!await deliveries.BundleAsync(bundle, some, cancellation))
                return;
        }

        LogBundled(subscription.Id, held.Count);
        await subscriptions.ChangeAsync(kept, one => one with { BundledAt = now }, cancellation);
    }

    /// <summary>As many in each as fit: told alone, an event takes no less than in a bundle.</summary>
    private IEnumerable<IReadOnlyList<KeptDelivery>> Packed(IEnumerable<KeptDelivery> held, Subscription subscription)
    {
        var (some, bytes) = (new List<KeptDelivery>(), 0);
        foreach (var one in held)
        {
            var size = WebhookBody.Of(one.Delivery, subscription, options.Value.Site).Body.Length;
            if (some.Count == MostOfBundle || (some.Count > 0 && bytes + size > WebhookBody.MostBytes - Around))
            {
                yield return some;
                (some, bytes) = ([], 0);
            }

            some.Add(one);
            bytes += size;
        }

        yield return some;
    }

    [LoggerMessage(LogLevel.Information, "{Subscription}: {Events} events bundled")]
    private partial void LogBundled(SubscriptionId subscription, int events);
}

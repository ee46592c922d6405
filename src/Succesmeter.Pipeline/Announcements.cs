using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Succesmeter.Access;
using Succesmeter.Campaigns;
using Succesmeter.Events;
using Succesmeter.Webhooks;

namespace Succesmeter.Pipeline;

/// <summary>Makes of each event a delivery for each subscription that wants to hear of it, and a message that has it tried. Twice is as good as once.</summary>
public sealed class Announcements(ISubscriptionStore subscriptions, IDeliveryStore deliveries, IDeliveryQueue queue, Replays replays, IOptions<WebhookOptions> options, TimeProvider time) : IEventAnnouncements
{
    /// <summary>What is announced again has its message, unless a host died before it was sent. A second one at once would be tried beside the first, and one who is well told twice.</summary>
    private static readonly TimeSpan UntilTried = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<PlatformId, Asked> known = new();

    /// <summary>However many campaigns of a platform are scored at once, the store is asked once.</summary>
    public async ValueTask<bool> HasSubscribersAsync(CampaignId campaign, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var asked = known.AddOrUpdate(campaign.Platform, platform => Ask(platform, now), (platform, last) => last.Holds(now) ? last : Ask(platform, now));
        return await asked.HasAny.Value.WaitAsync(cancellation);
    }

    public async Task AnnounceAsync(IReadOnlyList<CampaignEvent> events, CancellationToken cancellation)
    {
        foreach (var ofCampaign in events.GroupBy(static one => one.Campaign))
            await foreach (var subscription in SubscribersAsync([TokenScope.Of(ofCampaign.Key), TokenScope.Of(ofCampaign.Key.Platform), TokenScope.All], cancellation))
            {
                // The next waits for the one before: a holder hears of 25 % before 50 %.
                DeliveryKey? before = null;
                foreach (var happened in ofCampaign.Where(one => subscription.Hears(one.Type)))
                {
                    var delivery = Delivery.Of(subscription, happened, time.GetUtcNow());
                    await TellAsync(delivery, before, cancellation);
                    before = new DeliveryKey(delivery.Id, delivery.At);
                }
            }
    }

    public async Task AnnounceAsync(PlatformEvent happened, CancellationToken cancellation)
    {
        await foreach (var subscription in SubscribersAsync([TokenScope.Of(happened.Platform), TokenScope.All], cancellation))
        {
            if (!subscription.Hears(happened.Type))
                continue;

            // A platform that cannot be read is for somebody to mend: that does not wait for a bundle.
            var delivery = Delivery.Of(subscription, happened, time.GetUtcNow());
            await TellAsync(delivery.State == DeliveryState.Held ? delivery with { State = DeliveryState.Pending } : delivery, null, cancellation);
        }
    }

    /// <summary>Others wait for the same answer, so that it is not one caller's to cancel.</summary>
    private Asked Ask(PlatformId platform, DateTimeOffset now) => new(new Lazy<Task<bool>>(() => subscriptions.HasAnyAsync(platform, CancellationToken.None)), now + options.Value.RememberNobody);

    /// <summary>The delivery before its message, which would find nothing. What dies in between is announced again.</summary>
    private async Task TellAsync(Delivery delivery, DeliveryKey? after, CancellationToken cancellation)
    {
        var isNew = await deliveries.AddAsync(delivery, cancellation);
        if (delivery.State == DeliveryState.Pending)
            await queue.SendAsync(DeliveryMessage.Of(delivery) with { After = after }, isNew ? TimeSpan.Zero : UntilTried, cancellation);
        else if (delivery.State == DeliveryState.Stopped)
            await replays.RunAwakeAsync(delivery.Subscription, cancellation);
    }

    private async IAsyncEnumerable<Subscription> SubscribersAsync(IEnumerable<TokenScope> scopes, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var scope in scopes)
            await foreach (var subscription in subscriptions.ReadAsync(scope, cancellation))
                yield return subscription;
    }

    /// <param name="HasAny">Asked by the first who wants to know.</param>
    /// <param name="Until">Till then "nobody" is believed, from the instant of asking on. Somebody is believed for good, a failure not at all.</param>
    private sealed record Asked(Lazy<Task<bool>> HasAny, DateTimeOffset Until)
    {
        public bool Holds(DateTimeOffset now) =>
            HasAny is { IsValueCreated: true, Value.IsCompleted: true } ? HasAny.Value.IsCompletedSuccessfully && (HasAny.Value.Result || now < Until) : now < Until;
    }
}

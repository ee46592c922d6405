using Succesmeter.Access;
using Succesmeter.Campaigns;

namespace Succesmeter.Webhooks;

/// <summary>Who wants to hear of what.</summary>
public interface ISubscriptionStore
{
    /// <summary>Announces that a scope is about to have subscriptions: after it <see cref="HasAnyAsync"/> is true of its platform.</summary>
    /// <returns>Whether it was so before.</returns>
    Task<bool> ExpectAsync(TokenScope scope, CancellationToken cancellation);

    /// <summary>Whether a campaign of the platform may have subscribers. Once true it stays so.</summary>
    Task<bool> HasAnyAsync(PlatformId platform, CancellationToken cancellation);

    /// <exception cref="InvalidOperationException">There is one of this id: the source of randomness is broken.</exception>
    Task AddAsync(Subscription subscription, CancellationToken cancellation);

    Task<KeptSubscription?> FindAsync(SubscriptionId id, CancellationToken cancellation);

    /// <returns>False when somebody changed or deleted it meanwhile.</returns>
    Task<bool> ReplaceAsync(KeptSubscription known, Subscription now, CancellationToken cancellation);

    /// <summary>Nothing happens where there is none.</summary>
    Task DeleteAsync(SubscriptionId id, CancellationToken cancellation);

    /// <summary>Those of exactly this scope, in order of their ids.</summary>
    IAsyncEnumerable<Subscription> ReadAsync(TokenScope scope, CancellationToken cancellation);

    /// <summary>All, in no order that means something.</summary>
    IAsyncEnumerable<Subscription> ReadAllAsync(CancellationToken cancellation);

    /// <summary>Those that want bundles; perhaps some that do not any more.</summary>
    IAsyncEnumerable<SubscriptionId> ReadBundledAsync(CancellationToken cancellation);
}

/// <param name="Subscription">As it was read.</param>
/// <param name="Version">By which a replacement knows whether it is still so.</param>
public sealed record KeptSubscription(Subscription Subscription, string Version);

namespace Succesmeter.Webhooks;

/// <summary>What became of everything that subscriptions were told, for <see cref="Kept"/>.</summary>
public interface IDeliveryStore
{
    /// <summary>So long a delivery is remembered.</summary>
    static readonly TimeSpan Kept = TimeSpan.FromDays(90);

    /// <returns>False when it is there already.</returns>
    Task<bool> AddAsync(Delivery delivery, CancellationToken cancellation);

    Task<KeptDelivery?> FindAsync(SubscriptionId subscription, DeliveryKey key, CancellationToken cancellation);

    /// <returns>False when somebody changed it meanwhile.</returns>
    Task<bool> ReplaceAsync(KeptDelivery known, Delivery now, CancellationToken cancellation);

    /// <summary>Newest first.</summary>
    /// <param name="subscription">Whose.</param>
    /// <param name="from">At or after; null for from the beginning.</param>
    /// <param name="to">At or before; null for until now.</param>
    /// <param name="cancellation">Ends the reading.</param>
    IAsyncEnumerable<KeptDelivery> ReadAsync(SubscriptionId subscription, DateTimeOffset? from, DateTimeOffset? to, CancellationToken cancellation);

    /// <summary>Those that wait for their bundle, oldest first.</summary>
    IAsyncEnumerable<KeptDelivery> ReadHeldAsync(SubscriptionId subscription, CancellationToken cancellation);

    /// <summary>Puts a bundle in the place of what it holds, in one step.</summary>
    /// <returns>False when somebody did so meanwhile.</returns>
    Task<bool> BundleAsync(Delivery bundle, IReadOnlyList<KeptDelivery> held, CancellationToken cancellation);

    /// <summary>
    /// Forgets what was announced before an instant and no message is to try any more, however long ago it happened; or all of a subscription that is gone. What still waits for its bundle is of a
    /// subscription that rests.
    /// </summary>
    /// <param name="subscription">Whose.</param>
    /// <param name="before">On the machine's clock; null for all.</param>
    /// <param name="cancellation">Ends the forgetting.</param>
    Task ForgetAsync(SubscriptionId subscription, DateTimeOffset? before, CancellationToken cancellation);
}

/// <param name="Delivery">As it was read.</param>
/// <param name="Version">By which a replacement knows whether it is still so.</param>
public sealed record KeptDelivery(Delivery Delivery, string Version);

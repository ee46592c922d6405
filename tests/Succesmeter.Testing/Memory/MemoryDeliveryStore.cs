using System.Globalization;
using System.Runtime.CompilerServices;
using Succesmeter.Webhooks;

namespace Succesmeter.Testing.Memory;

/// <summary>Deliveries in memory.</summary>
public sealed class MemoryDeliveryStore : IDeliveryStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(SubscriptionId, DeliveryKey, bool IsHeld), KeptDelivery> _kept = [];
    private int _version;

    public Task<bool> AddAsync(Delivery delivery, CancellationToken cancellation)
    {
        lock (_lock)
            return Task.FromResult(_kept.TryAdd(KeyOf(delivery), Kept(delivery)));
    }

    public Task<KeptDelivery?> FindAsync(SubscriptionId subscription, DeliveryKey key, CancellationToken cancellation)
    {
        lock (_lock)
            return Task.FromResult(_kept.GetValueOrDefault((subscription, key, false)));
    }

    public Task<bool> ReplaceAsync(KeptDelivery known, Delivery now, CancellationToken cancellation)
    {
        lock (_lock)
        {
            if (_kept.GetValueOrDefault(KeyOf(now))?.Version != known.Version)
                return Task.FromResult(false);
            _kept[KeyOf(now)] = Kept(now);
            return Task.FromResult(true);
        }
    }

    public IAsyncEnumerable<KeptDelivery> ReadAsync(SubscriptionId subscription, DateTimeOffset? from, DateTimeOffset? to, CancellationToken cancellation) =>
        ReadAsync(
            one => one.Subscription == subscription && one.State != DeliveryState.Held && !(one.At < from) && !(one.At > to),
            static all => all.OrderByDescending(static one => one.Delivery.At).ThenBy(static one => one.Delivery.Id, StringComparer.Ordinal),
            cancellation);

    public IAsyncEnumerable<KeptDelivery> ReadHeldAsync(SubscriptionId subscription, CancellationToken cancellation) =>
        ReadAsync(
            one => one.Subscription == subscription && one.State == DeliveryState.Held,
            static all => all.OrderBy(static one => one.Delivery.At).ThenBy(static one => one.Delivery.Events[0].Number),
            cancellation);

    public Task<bool> BundleAsync(Delivery bundle, IReadOnlyList<KeptDelivery> held, CancellationToken cancellation)
    {
        lock (_lock)
        {
            if (held.Any(one => _kept.GetValueOrDefault(KeyOf(one.Delivery))?.Version != one.Version))
                return Task.FromResult(false);
            foreach (var one in held)
                _kept.Remove(KeyOf(one.Delivery));
            _kept[KeyOf(bundle)] = Kept(bundle);
            return Task.FromResult(true);
        }
    }

    public Task ForgetAsync(SubscriptionId subscription, DateTimeOffset? before, CancellationToken cancellation)
    {
        lock (_lock)
            foreach (var key in _kept.Where(one => one.Key.Item1 == subscription && (before is null || IsOld(one.Value.Delivery))).Select(static one => one.Key).ToList())
                _kept.Remove(key);
        return Task.CompletedTask;

        bool IsOld(Delivery delivery) => delivery.AnnouncedAt < before && delivery.State != DeliveryState.Pending;
    }

    private async IAsyncEnumerable<KeptDelivery> ReadAsync(
        Func<Delivery, bool> which, Func<IEnumerable<KeptDelivery>, IEnumerable<KeptDelivery>> order, [EnumeratorCancellation] CancellationToken cancellation)
    {
        List<KeptDelivery> chosen;
        lock (_lock)
            chosen = [.. order(_kept.Values.Where(one => which(one.Delivery)))];
        foreach (var one in chosen)
        {
            await Task.CompletedTask;
            yield return one;
        }
    }

    private static (SubscriptionId, DeliveryKey, bool) KeyOf(Delivery delivery) => (delivery.Subscription, new DeliveryKey(delivery.Id, delivery.At), delivery.State == DeliveryState.Held);

    private KeptDelivery Kept(Delivery delivery) => new(delivery, (++_version).ToString(CultureInfo.InvariantCulture));
}

using System.Globalization;
using System.Runtime.CompilerServices;
using Succesmeter.Access;
using Succesmeter.Campaigns;
using Succesmeter.Webhooks;

namespace Succesmeter.Testing.Memory;

/// <summary>Subscriptions in memory.</summary>
public sealed class MemorySubscriptionStore : ISubscriptionStore
{
    private readonly Lock _lock = new();
    private readonly HashSet<string> _expected = new(StringComparer.Ordinal);
    private readonly HashSet<SubscriptionId> _bundled = [];
    private readonly SortedDictionary<string, KeptSubscription> _kept = new(StringComparer.Ordinal);
    private int _version;

    /// <summary>What happens while somebody asks whether there are any; by default nothing.</summary>
    public Func<Task> WhenAsked { get; set; } = static () => Task.CompletedTask;

    public Task<bool> ExpectAsync(TokenScope scope, CancellationToken cancellation)
    {
        lock (_lock)
            return Task.FromResult(!_expected.Add(scope.Platform?.Value ?? "*"));
    }

    public async Task<bool> HasAnyAsync(PlatformId platform, CancellationToken cancellation)
    {
        await WhenAsked();
        lock (_lock)
            return _expected.Contains("*") || _expected.Contains(platform.Value);
    }

    public Task AddAsync(Subscription subscription, CancellationToken cancellation)
    {
        lock (_lock)
        {
            if (!_kept.TryAdd(subscription.Id.ToString(), Kept(subscription)))
                throw new InvalidOperationException($"There is a subscription {subscription.Id} already.");
        }

        return Task.CompletedTask;
    }

    public Task<KeptSubscription?> FindAsync(SubscriptionId id, CancellationToken cancellation)
    {
        lock (_lock)
            return Task.FromResult(_kept.GetValueOrDefault(id.ToString()));
    }

    public Task<bool> ReplaceAsync(KeptSubscription known, Subscription now, CancellationToken cancellation)
    {
        lock (_lock)
        {
            if (_kept.GetValueOrDefault(now.Id.ToString())?.Version != known.Version)
                return Task.FromResult(false);
            _kept[now.Id.ToString()] = Kept(now);
            return Task.FromResult(true);
        }
    }

    public Task DeleteAsync(SubscriptionId id, CancellationToken cancellation)
    {
        lock (_lock)
        {
            _kept.Remove(id.ToString());
            _bundled.Remove(id);
        }

        return Task.CompletedTask;
    }

    public async IAsyncEnumerable<Subscription> ReadAsync(TokenScope scope, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var one in ReadAllAsync(cancellation))
            if (one.Scope == scope)
                yield return one;
    }

    public async IAsyncEnumerable<Subscription> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        List<Subscription> all;
        lock (_lock)
            all = [.. _kept.Values.Select(static one => one.Subscription)];
        foreach (var one in all)
        {
            await Task.CompletedTask;
            yield return one;
        }
    }

    public async IAsyncEnumerable<SubscriptionId> ReadBundledAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        List<SubscriptionId> all;
        lock (_lock)
            all = [.. _bundled];
        foreach (var one in all)
        {
            await Task.CompletedTask;
            yield return one;
        }
    }

    private KeptSubscription Kept(Subscription subscription)
    {
        if (subscription.Rhythm.IsBundled)
            _bundled.Add(subscription.Id);
        return new KeptSubscription(subscription, (++_version).ToString(CultureInfo.InvariantCulture));
    }
}

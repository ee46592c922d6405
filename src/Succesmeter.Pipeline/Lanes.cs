using Succesmeter.Campaigns;
using Succesmeter.Webhooks;

namespace Succesmeter.Pipeline;

/// <summary>Tries that are under way on this host: few at one endpoint, not too many at one host name, one of a campaign at a time at one endpoint, so that a slow endpoint takes no place from others.</summary>
internal sealed class Lanes(int perEndpoint, int perHost, TimeProvider time)
{
    private const int MostSeen = 10_000;

    /// <summary>What the queue counts in.</summary>
    private static readonly TimeSpan LeastWait = TimeSpan.FromSeconds(1);

    private readonly Lock door = new();
    private readonly Dictionary<string, (int Count, long Since)> inside = new(StringComparer.Ordinal);
    private readonly HashSet<(SubscriptionId, string)> seen = [];

    /// <param name="subscription">Whose endpoint.</param>
    /// <param name="campaign">Null where order does not matter.</param>
    /// <param name="wait">How long to stay away when there is no room: as long again as the place has been taken, so that those who wait for one that hangs ask ever less often.</param>
    /// <returns>To be disposed of when the try is over; null when there is no room now.</returns>
    public IDisposable? TryEnter(Subscription subscription, CampaignId? campaign, out TimeSpan wait)
    {
        wait = TimeSpan.Zero;
        var endpoint = subscription.Id.ToString();
        var places = new List<(string Name, int Most)>(3) { (endpoint, perEndpoint), (subscription.Address.Authority, perHost) };
        if (campaign is not null)
            places.Add(($"{endpoint} {campaign}", 1));

        lock (door)
        {
            foreach (var (name, most) in places)
            {
                if (!inside.TryGetValue(name, out var taken) || taken.Count < most)
                    continue;
                var since = time.GetElapsedTime(taken.Since);
                wait = since > LeastWait ? since : LeastWait;
                return null;
            }

            foreach (var (name, _) in places)
                inside[name] = inside.TryGetValue(name, out var taken) ? taken with { Count = taken.Count + 1 } : (1, time.GetTimestamp());
        }

        return new Place(this, places);
    }

    /// <summary>Notes that a delivery has been tried on this host.</summary>
    public void See(SubscriptionId subscription, string delivery)
    {
        lock (door)
        {
            // What is forgotten is asked of storage.
            if (seen.Count >= MostSeen)
                seen.Clear();
            seen.Add((subscription, delivery));
        }
    }

    public bool HasSeen(SubscriptionId subscription, string delivery)
    {
        lock (door)
            return seen.Contains((subscription, delivery));
    }

    private void Leave(string place)
    {
        var left = inside[place].Count - 1;
        if (left == 0)
            inside.Remove(place);
        else
            inside[place] = (left, time.GetTimestamp());
    }

    private sealed class Place(Lanes lanes, List<(string Name, int Most)> places) : IDisposable
    {
        public void Dispose()
        {
            lock (lanes.door)
                foreach (var (name, _) in places)
                    lanes.Leave(name);
        }
    }
}

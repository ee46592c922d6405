using Succesmeter.Campaigns;
using Succesmeter.Webhooks;

namespace Succesmeter.Pipeline;

/// <summary>Tries that are under way on this host: few at one endpoint, not too many at one host name, one of a campaign at a time at one endpoint, so that a slow endpoint takes no place from others.</summary>
internal sealed class Lanes(int perEndpoint, int perHost, TimeProvider time)
{
    private const int MostSeen = 10_000;

    private readonly Lock door = new();

    /// <summary>How many are at a place, and since when: where it is full, since it became so.</summary>
    private readonly Dictionary<string, (int Count, long Since)> inside = new(StringComparer.Ordinal);

    private readonly HashSet<(SubscriptionId, string)> seen = [];

    /// <param name="subscription">Whose endpoint.</param>
    /// <param name="campaign">Null where order does not matter.</param>
    /// <param name="taken">For how long there has been no room.</param>
    /// <returns>To be disposed of when the try is over; null when there is no room now.</returns>
    public IDisposable? TryEnter(Subscription subscription, CampaignId? campaign, out TimeSpan? taken)
    {
        var places = PlacesOf(subscription, campaign);
        lock (door)
        {
            taken = TakenFor(places);
            if (taken is not null)
                return null;

            foreach (var (name, _) in places)
                inside[name] = ((inside.TryGetValue(name, out var place) ? place.Count : 0) + 1, time.GetTimestamp());
        }

        return new Place(this, places);
    }

    /// <returns>Null where there is room.</returns>
    public TimeSpan? TakenFor(Subscription subscription, CampaignId? campaign)
    {
        lock (door)
            return TakenFor(PlacesOf(subscription, campaign));
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

    private List<(string Name, int Most)> PlacesOf(Subscription subscription, CampaignId? campaign)
    {
        var endpoint = subscription.Id.ToString();
        var places = new List<(string Name, int Most)>(3) { (endpoint, perEndpoint), (subscription.Address.Authority, perHost) };
        if (campaign is not null)
            places.Add(($"{endpoint} {campaign}", 1));
        return places;
    }

    private TimeSpan? TakenFor(List<(string Name, int Most)> places)
    {
        foreach (var (name, most) in places)
            if (inside.TryGetValue(name, out var place) && place.Count >= most)
                return time.GetElapsedTime(place.Since);
        return null;
    }

    private void Leave(string place)
    {
        var left = inside[place].Count - 1;
        if (left == 0)
            inside.Remove(place);
        else
            inside[place] = inside[place] with { Count = left };
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

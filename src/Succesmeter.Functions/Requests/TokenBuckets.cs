namespace Succesmeter.Functions.Requests;

/// <summary>
/// A bucket of requests for each client, filled at a constant pace. A client that is silent until its bucket is full again is forgotten, so that what is kept is bounded by who asks.
/// </summary>
/// <param name="perMinute">At which pace a bucket fills.</param>
/// <param name="most">What it holds.</param>
/// <param name="clock">By which it fills.</param>
internal sealed class TokenBuckets(int perMinute, int most, TimeProvider clock)
{
    private const int SweptAt = 10_000;

    private readonly Lock gate = new();
    private readonly Dictionary<string, (double Left, long At)> buckets = new(StringComparer.Ordinal);
    private int nextSweep = SweptAt;

    /// <returns>Null when the client may ask; else how long until it may.</returns>
    public TimeSpan? Take(string client)
    {
        var now = clock.GetTimestamp();
        lock (gate)
        {
            if (buckets.Count >= nextSweep)
                Sweep(now);
            var left = buckets.TryGetValue(client, out var bucket) ? Filled(bucket, now) : most;
            buckets[client] = (left >= 1 ? left - 1 : left, now);
            return left >= 1 ? null : TimeSpan.FromMinutes((1 - left) / perMinute);
        }
    }

    private double Filled((double Left, long At) bucket, long now) => Math.Min(most, bucket.Left + (perMinute * clock.GetElapsedTime(bucket.At, now).TotalMinutes));

    /// <remarks>The next one waits until there are twice as many, so that a sweep costs no more than the requests before it.</remarks>
    private void Sweep(long now)
    {
        foreach (var (client, bucket) in buckets.ToList())
            if (Filled(bucket, now) >= most)
                buckets.Remove(client);
        nextSweep = Math.Max(SweptAt, 2 * buckets.Count);
    }
}

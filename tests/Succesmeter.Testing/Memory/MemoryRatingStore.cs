using Succesmeter.Campaigns;
using Succesmeter.Ratings;
using Succesmeter.Snapshots;

namespace Succesmeter.Testing.Memory;

/// <summary>Ratings in memory.</summary>
public sealed class MemoryRatingStore : IRatingStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(PlatformId Platform, CampaignPair Pair, Pseudonym Rater), Rating> _ratings = [];

    public Task PutAsync(PlatformId platform, Rating rating, CancellationToken cancellation)
    {
        lock (_lock)
            _ratings[(platform, rating.Pair, rating.Rater)] = rating;
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<Rating>> ReadAsync(PlatformId platform, CancellationToken cancellation)
    {
        lock (_lock)
        {
            return Task.FromResult<IReadOnlyList<Rating>>([.. _ratings
                .Where(row => row.Key.Platform == platform)
                .OrderBy(row => $"{row.Key.Pair.First}|{row.Key.Pair.Second}|{row.Key.Rater.High:x16}{row.Key.Rater.Low:x16}{row.Key.Rater.KeyVersion:x2}", StringComparer.Ordinal)
                .Select(row => row.Value)]);
        }
    }

    public Task<int> DeleteAsync(PlatformId platform, DateTimeOffset before, CancellationToken cancellation)
    {
        lock (_lock)
        {
            var old = _ratings.Where(row => row.Key.Platform == platform && row.Value.At < before).Select(static row => row.Key).ToList();
            return Task.FromResult(old.Count(_ratings.Remove));
        }
    }
}

using Succesmeter.Campaigns;

namespace Succesmeter.Ratings;

/// <summary>Coaches' ratings. Of one coach and one pair the last word counts; every write may be repeated.</summary>
public interface IRatingStore
{
    Task PutAsync(PlatformId platform, Rating rating, CancellationToken cancellation);

    /// <summary>A platform's ratings, in an order of their own that is always the same.</summary>
    Task<IReadOnlyList<Rating>> ReadAsync(PlatformId platform, CancellationToken cancellation);
}

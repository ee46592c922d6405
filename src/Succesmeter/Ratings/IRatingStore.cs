using Succesmeter.Campaigns;

namespace Succesmeter.Ratings;

/// <summary>Coaches' ratings. Of one coach and one pair the last word counts; every write may be repeated.</summary>
public interface IRatingStore
{
    Task PutAsync(PlatformId platform, Rating rating, CancellationToken cancellation);

    /// <summary>A platform's ratings, in an order of their own that is always the same.</summary>
    Task<IReadOnlyList<Rating>> ReadAsync(PlatformId platform, CancellationToken cancellation);

    /// <summary>Ratings from before an instant go, unless they were given anew meanwhile.</summary>
    /// <returns>How many went.</returns>
    Task<int> DeleteAsync(PlatformId platform, DateTimeOffset before, CancellationToken cancellation);
}

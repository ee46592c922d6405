namespace Succesmeter.Visits;

/// <summary>How the visits of a platform fare, at one look over all of them.</summary>
/// <param name="Campaigns">All that were ever found.</param>
/// <param name="Followed">Those that are still visited and were at least once.</param>
/// <param name="Failing">Of these, those whose page does not fit what is known of the platform, or could not be had <see cref="FailuresInARow"/> times in a row.</param>
public sealed record CrawlHealth(int Campaigns, int Followed, int Failing)
{
    /// <summary>A single failure is the weather.</summary>
    public const int FailuresInARow = 3;

    public static readonly CrawlHealth None = new(0, 0, 0);

    /// <summary>A fifth of the pages fail: the platform changed, and a person must look.</summary>
    public bool IsBroken => Failing > 0 && Failing * 5 >= Followed;

    /// <summary>One campaign more.</summary>
    public CrawlHealth With(CampaignVisits visits)
    {
        ArgumentNullException.ThrowIfNull(visits);
        var isFollowed = visits is { DueAt: not null, VisitedAt: not null };
        var fails = isFollowed && visits.Result switch
        {
            VisitResult.Unreadable => true,
            VisitResult.Failed or VisitResult.Forbidden or VisitResult.Gone => visits.Failures >= FailuresInARow,
            _ => false,
        };
        return new CrawlHealth(Campaigns + 1, Followed + (isFollowed ? 1 : 0), Failing + (fails ? 1 : 0));
    }
}

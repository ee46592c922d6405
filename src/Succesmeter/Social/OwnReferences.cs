using Succesmeter.Campaigns;

namespace Succesmeter.Social;

/// <summary>A platform's own finished campaigns as references: the only ones that can have dialogue and help in kind, and that match the planned duration.</summary>
public static class OwnReferences
{
    /// <summary>Twice the fewest for a percentile: with a few hundred campaigns a kernel that holds two hundred compares unlike goals, and the meter leans on size.</summary>
    private const int Wanted = 2 * References.FewestForPercentile;

    /// <param name="platform">Whose.</param>
    /// <param name="courses">Its finished campaigns.</param>
    /// <param name="plannedDays">Of the campaign that is to be compared.</param>
    /// <returns>Null under thirty; where fewer than thirty are like the campaign, its percentiles stay null all the same.</returns>
    public static References? Of(PlatformId platform, IReadOnlyList<SocialCourse> courses, double plannedDays) => courses.Count < References.FewestForPercentile
        ? null
        : FittedReferences.Of(courses, CardOf(platform, courses), plannedDays, wanted: Wanted);

    /// <summary>How a state looks on one of the days of <see cref="FittedReferences.Days"/>; null where it cannot be compared.</summary>
    /// <param name="state">Folded from snapshots taken up to the instant, and none later.</param>
    /// <param name="asOf">The instant.</param>
    /// <param name="days">The day.</param>
    public static SocialLook LookAt(CampaignState state, DateTimeOffset asOf, double days) => SocialLook.Of(days, SocialMeasures.Of(Crowd.Of(state, asOf), CampaignContext.Of(state, asOf), asOf));

    private static ReferenceCard CardOf(PlatformId platform, IReadOnlyList<SocialCourse> courses) => new(
        $"{platform}-own",
        $"Finished campaigns of {platform}, as they were seen while they were open",
        courses.Count,
        DateOnly.MinValue,
        DateOnly.MaxValue,
        "EUR, other currencies at round fixed values",
        "All with a goal, a launch and an end that was seen",
        "Kernel-weighted quantiles on log goal and log planned duration at the days of the tables; no campaign's row is kept",
        "Few campaigns: percentiles need thirty effective ones of like goal and duration");
}

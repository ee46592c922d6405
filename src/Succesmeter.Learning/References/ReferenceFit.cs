using Succesmeter.Social;

namespace Succesmeter.Learning.References;

/// <summary>Turns the campaigns of the data set into references: their days, their goals in euros, their card.</summary>
internal static class ReferenceFit
{
    /// <summary>Two indicators make no meter that is served; what leans on size in the full one would lean on it here.</summary>
    public static readonly IReadOnlyList<string> Judged = [IndicatorNames.Reach, IndicatorNames.Breadth];

    /// <summary>What scoring takes a pound to be.</summary>
    public const double PoundInEuros = 1.15;

    public static Social.References Of(IReadOnlyList<PastCampaign> campaigns) => FittedReferences.Of(Courses(campaigns), Card(campaigns));

    /// <summary>The same with a table for the mean of <see cref="Judged"/>, which only the measurement of fairness reads.</summary>
    public static Social.References ForJudging(IReadOnlyList<PastCampaign> campaigns) => FittedReferences.Of(Courses(campaigns), Card(campaigns), meters: [Judged]);

    private static SocialCourse[] Courses(IReadOnlyList<PastCampaign> campaigns) =>
    [
        .. campaigns.Select(static campaign => new SocialCourse(
            campaign.Id,
            campaign.LaunchGoal * PoundInEuros,
            PastCampaign.NoEnd,
            [.. FittedReferences.Days.Where(days => campaign.WasSeenOn((int)days)).Select(days => SocialLook.Of(days, campaign.MeasuresBy((int)days)))])),
    ];

    private static ReferenceCard Card(IReadOnlyList<PastCampaign> campaigns) => new(
        $"uk-community-fundraisers-{campaigns.Min(c => c.Launched).Year}-{campaigns.Max(c => c.Launched).Year}",
        "Food-bank, soup-kitchen and homelessness fundraisers on JustGiving, GoFundMe and Virgin Money Giving; public pages scraped 2020–2022",
        campaigns.Count,
        campaigns.Min(c => c.Launched),
        campaigns.Max(c => c.Launched),
        "GBP, a pound as 1.15 euros",
        "All gifts listed, at least one gift, a goal above zero (as first seen) and a launch day; on each day those still being read",
        "Kernel-weighted quantiles on log goal (bandwidth 0.3 to 0.8, until 200 effective campaigns) at 11 goals by 13 days; no campaign's row is kept",
        "Gifts are counted, donors are not known; keep-it-all pages without a deadline, so planned duration is not matched; no comments and no needs; one theme, one country; campaigns that no one gave to are missing");
}

using System.Collections.Immutable;
using Succesmeter.Advice;
using Succesmeter.Campaigns;
using Succesmeter.Features;
using Succesmeter.Forecasts;
using Succesmeter.Networks;
using Succesmeter.Social;

namespace Succesmeter.Outcomes;

/// <summary>The newest finished campaigns of a platform, and what follows from them.</summary>
/// <param name="Platform">Whose.</param>
/// <param name="Campaigns">In order of their ends; at most <see cref="Most"/>.</param>
public sealed record PlatformOutcomes(PlatformId Platform, ImmutableArray<FinishedCampaign> Campaigns)
{
    /// <summary>Two thousand outcomes hold a shift to a twentieth; older ones tell of a platform that is no more.</summary>
    public const int Most = 2000;

    /// <summary>Courses to set a live campaign beside.</summary>
    public const int MostCourses = 500;

    /// <summary>Recent enough to show that probabilities have begun to drift.</summary>
    private const int MostForDrift = 100;

    /// <summary>
    /// About half of the time: the first look from here on, if there is one before the later bound. Which look it is must not depend on how the campaign went on, or
    /// those that reached their goal at once would be judged by another rule than the rest.
    /// </summary>
    private const double HalfFrom = 0.4, HalfUntil = 0.6;

    public static PlatformOutcomes None(PlatformId platform) => new(platform, []);

    public IEnumerable<FinishedCampaign> Known => Campaigns.Where(static campaign => campaign.IsKnown);

    /// <summary>What one model has learned of the platform.</summary>
    /// <param name="model">The one that serves.</param>
    /// <param name="prior">Null where no year of the platform was published.</param>
    /// <param name="backers">Null where no forecast of backers is served.</param>
    public PlatformModel ModelFor(ForecastModel model, PlatformPrior? prior, BackersModel? backers = null)
    {
        var fit = FitFor(model, prior, Known);
        return new PlatformModel(fit, Courses(), Goals(), Crowds(), backers is null ? null : BackersOutcomes.FitOf(backers, model, fit.Shift, Known)) { Levers = Levers() };
    }

    public static PlatformFit FitFor(ForecastModel model, PlatformPrior? prior, IEnumerable<FinishedCampaign> known)
    {
        var outcomes = known.ToList();
        var allOrNothing = outcomes.Count(static campaign => campaign.AllOrNothing);
        return PlatformFit.Of(model, prior, [.. outcomes.Select(campaign => campaign.OutcomeBy(model))], allOrNothing: allOrNothing * 2 >= outcomes.Count);
    }

    /// <summary>How far probabilities said about half of the time have come true, one a campaign.</summary>
    public (Drift All, Drift Shown, Drift Hidden) Drift() => Forecasts.Drift.Of([.. SaidAtHalf()]);

    /// <summary>The Brier skill score of the same probabilities: 1 − Σ (p − y)² / Σ (ȳ − y)², against the share ȳ of these campaigns that reached their goal (Murphy 1973, Journal of Applied Meteorology 12:595).</summary>
    /// <returns>At most 1; 0 is no better than to know ȳ, which nobody did. Null for fewer than <see cref="Forecasts.Drift.Fewest"/>, and where all or none reached it.</returns>
    public double? Skill()
    {
        var said = SaidAtHalf().ToList();
        var reached = said.Count(static one => one.Happened);
        if (said.Count < Forecasts.Drift.Fewest || reached == 0 || reached == said.Count)
            return null;

        // Of ones and zeros, Σ (ȳ − y)² is n ȳ (1 − ȳ).
        var share = reached / (double)said.Count;
        return 1 - (said.Sum(static one => Promotion.Squared(one.Probability, one.Happened)) / (said.Count * share * (1 - share)));
    }

    /// <summary>These with newly derived ones laid over them, and without those that are not wanted any more.</summary>
    /// <param name="derived">By name.</param>
    /// <param name="wanted">The names of the newest finished campaigns.</param>
    public PlatformOutcomes With(IReadOnlyDictionary<string, FinishedCampaign> derived, IReadOnlySet<string> wanted) => this with
    {
        Campaigns = [.. Campaigns.Where(campaign => wanted.Contains(campaign.Name) && !derived.ContainsKey(campaign.Name)).Concat(derived.Values.Select(WithDonors))
            .OrderBy(static campaign => campaign.EndedAt).ThenBy(static campaign => campaign.Name, StringComparer.Ordinal)],
    };

    /// <summary>These with what the network says of their donors.</summary>
    /// <param name="next">From what was said before.</param>
    public PlatformOutcomes WithDonors(Func<FinishedCampaign, DonorOutcome> next) => this with
    {
        Campaigns = [.. Campaigns.Select(campaign => next(campaign) is var said && said == (campaign.Donors ?? DonorOutcome.None) ? campaign : campaign with { Donors = said })],
    };

    /// <summary>A history tells nothing of donors' other gifts, so what was said of them outlives its rereading.</summary>
    private FinishedCampaign WithDonors(FinishedCampaign derived) =>
        derived.Donors is null && Campaigns.FirstOrDefault(campaign => campaign.Name == derived.Name)?.Donors is { } said ? derived with { Donors = said } : derived;

    private UsualGoals Goals() => UsualGoals.Of(Known.Where(static campaign => campaign.GoalSize is not null).Select(static campaign => (campaign.GoalSize!.Value, campaign.Category)));

    /// <summary>Too few to be references are none, so that what is known of a platform is not put on the shelf anew for their sake.</summary>
    private SocialCourses Crowds()
    {
        var courses = Known.Select(static campaign => campaign.Social).OfType<SocialCourse>().ToList();
        return courses.Count < References.FewestForPercentile ? SocialCourses.None : SocialCourses.Of(courses);
    }

    private IEnumerable<PastCurve> Courses() => Known.Reverse().Where(static campaign => !campaign.Ratios.IsEmpty).Take(MostCourses)
        .Select(campaign => new PastCurve($"{Platform}/{campaign.Name}", 1, campaign.Reached ? 1 : 0, campaign.Ratios));

    private ImmutableArray<LeverEvidence> Levers() => LeverComparison.All([.. Known.Select(static campaign => campaign.Levers).OfType<LeverCourse>()]);

    private IEnumerable<(double Probability, bool Happened, bool Shown)> SaidAtHalf() => Known.Reverse()
        .Select(static campaign => (campaign.Reached, Look: AtHalf(campaign)))
        .Where(static said => said.Look?.Probability is not null).Take(MostForDrift)
        .Select(static said => (said.Look!.Probability!.Value, said.Reached, said.Look.Shown == true));

    private static Look? AtHalf(FinishedCampaign campaign) =>
        campaign.Looks.FirstOrDefault(static look => look.ElapsedShare >= HalfFrom) is { ElapsedShare: < HalfUntil } look ? look : null;
}

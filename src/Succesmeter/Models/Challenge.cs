using System.Collections.Immutable;
using Succesmeter.Campaigns;
using Succesmeter.Forecasts;
using Succesmeter.Outcomes;

namespace Succesmeter.Models;

/// <summary>
/// A champion and a challenger, judged out of time: the challenger is fitted to the campaigns that ended first, and both answer for those that ended last, each with
/// the platforms' shifts that the first ones teach it.
/// </summary>
public sealed class Challenge
{
    /// <summary>A large platform has fifteen failures a day, and who looks every day finds chance.</summary>
    public static readonly TimeSpan LeastPause = TimeSpan.FromDays(30);

    /// <summary>The share that ended first.</summary>
    private const double Earlier = 0.7;

    /// <summary>Of all platforms together: two thousand with twelve looks each are fitted in a quarter of a minute and 350 MB.</summary>
    private const int Most = 4000;

    /// <summary>Of fewer failures, or successes, trees learn nothing and a judgement is worth nothing.</summary>
    private const int FewestOfAKind = 3;

    private readonly ForecastModel champion;
    private readonly StartingPoint start;
    private readonly ImmutableArray<(PlatformId Platform, FinishedCampaign Campaign)> earlier;
    private readonly ImmutableArray<(PlatformId Platform, FinishedCampaign Campaign)> later;

    private Challenge(
        ForecastModel champion, StartingPoint start, ImmutableArray<(PlatformId, FinishedCampaign)> earlier, ImmutableArray<(PlatformId, FinishedCampaign)> later)
    {
        this.champion = champion;
        this.start = start;
        this.earlier = earlier;
        this.later = later;
    }

    /// <summary>Failures that ended after the last refit.</summary>
    public required int NewFailures { get; init; }

    /// <summary>The end of the newest campaign of all.</summary>
    public DateTimeOffset Through => later[^1].Campaign.EndedAt;

    /// <returns>Null when it is not time: too few new failures, too soon after the last refit, promoted often enough this year, or too few outcomes to judge by.</returns>
    public static Challenge? Due(ForecastModel champion, StartingPoint start, ModelLedger ledger, IEnumerable<PlatformOutcomes> outcomes, DateTimeOffset asOf)
    {
        if (ledger.RefitAt + LeastPause > asOf || !Promotion.MayPromote(ledger.Promotions, asOf))
            return null;

        var all = outcomes.SelectMany(static on => on.Known.Where(static campaign => !campaign.Looks.IsEmpty).Select(campaign => (on.Platform, Campaign: campaign)))
            .OrderBy(static one => one.Campaign.EndedAt).ThenBy(static one => one.Platform.Value, StringComparer.Ordinal).ThenBy(static one => one.Campaign.Name, StringComparer.Ordinal)
            .TakeLast(Most).ToList();
        var newFailures = all.Count(one => !one.Campaign.Reached && !(one.Campaign.EndedAt <= ledger.RefitThrough));
        if (newFailures < Promotion.NewFailuresNeeded)
            return null;

        // At an instant, so that no campaign teaches what ended with one that judges.
        var cut = all[(int)(all.Count * Earlier)].Campaign.EndedAt;
        var first = all.Where(one => one.Campaign.EndedAt < cut).ToImmutableArray();
        var last = all.Where(one => one.Campaign.EndedAt >= cut).ToImmutableArray();
        return HasBothKinds(first) && HasBothKinds(last) ? new Challenge(champion, start, first, last) { NewFailures = newFailures } : null;
    }

    /// <returns>The challenger, promoted or not, with its card and the decision.</returns>
    public (ForecastModel Challenger, KeptModel Card, ModelDecision Decision) Judge(IRefit refit, ModelLedger ledger, DateTimeOffset asOf)
    {
        var championFits = FitsOf(champion);
        var challenger = refit.Continue(
            champion, [.. earlier.Select(one => new Lesson($"{one.Platform}/{one.Campaign.Name}", one.Campaign, championFits[one.Platform].Shift))]);
        var challengerFits = FitsOf(challenger);
        var said = later.Select(one =>
        {
            var look = LookOf(one.Campaign);
            return (Champion: Answers.Sigmoid(look.LogOddsBy(champion) + Shift(championFits, one.Platform)),
                Challenger: Answers.Sigmoid(look.LogOddsBy(challenger) + Shift(challengerFits, one.Platform)),
                Happened: one.Campaign.Reached);
        }).ToList();

        var promotion = Promotion.Of(said, NewFailures, ledger.Promotions, asOf);
        var card = new KeptModel
        {
            Name = challenger.Name,
            Version = challenger.Version,
            IsShipped = false,
            Trees = challenger.Trees.Trees.Count,
            Continues = champion.Version,
            Campaigns = earlier.Length,
            Failures = earlier.Count(static one => !one.Campaign.Reached),
            Through = earlier[^1].Campaign.EndedAt,
        };
        var decision = new ModelDecision
        {
            At = asOf,
            Reason = promotion.Reason,
            Champion = champion.Version,
            Challenger = challenger.Version,
            Promoted = promotion.Promoted,
            NewFailures = NewFailures,
            FittedTo = earlier.Length,
            JudgedOn = said.Count,
            ChampionBrier = said.Average(static one => Promotion.Squared(one.Champion, one.Happened)),
            ChallengerBrier = said.Average(static one => Promotion.Squared(one.Challenger, one.Happened)),
            Gain = promotion.Gain,
        };
        return (challenger, card, decision);
    }

    /// <summary>A platform whose campaigns all ended last has a shift of its prior alone.</summary>
    private double Shift(Dictionary<PlatformId, PlatformFit> fits, PlatformId platform)
    {
        if (!fits.TryGetValue(platform, out var fit))
            fits[platform] = fit = PlatformFit.Of(champion, start.PriorOf(platform), []);
        return fit.Shift;
    }

    private Dictionary<PlatformId, PlatformFit> FitsOf(ForecastModel model) => earlier.GroupBy(static one => one.Platform)
        .ToDictionary(static group => group.Key, group => PlatformOutcomes.FitFor(model, start.PriorOf(group.Key), group.Select(static one => one.Campaign)));

    /// <summary>One look a campaign, so that rows are independent; which one its name decides, so that all stages are judged.</summary>
    private static Look LookOf(FinishedCampaign campaign)
    {
        var letters = 0u;
        foreach (var letter in campaign.Name)
            letters = (letters * 31) + letter;
        return campaign.Looks[(int)(letters % (uint)campaign.Looks.Length)];
    }

    private static bool HasBothKinds(ImmutableArray<(PlatformId Platform, FinishedCampaign Campaign)> some) =>
        some.Count(static one => one.Campaign.Reached) >= FewestOfAKind && some.Count(static one => !one.Campaign.Reached) >= FewestOfAKind;
}

using Succesmeter.Advice;
using Succesmeter.Campaigns;
using Succesmeter.Emergence;
using Succesmeter.Features;
using Succesmeter.Forecasts;
using Succesmeter.Social;

namespace Succesmeter.Scores;

/// <summary>What can be said of a campaign at one instant: a pure function of its state, the instant and the model.</summary>
public sealed record Score
{
    private const int MostComparables = 3;

    public required CampaignId Campaign { get; init; }

    public required DateTimeOffset AsOf { get; init; }

    public required string Model { get; init; }

    public required DateTimeOffset LaunchedAt { get; init; }

    /// <summary>Share of the planned time that had passed; 0 before the launch, past 1 after the end. Null for recurring support, which has no end.</summary>
    public double? Elapsed { get; init; }

    /// <summary>No end is declared: 60 days after the launch stands in.</summary>
    public required bool HorizonIsAssumed { get; init; }

    public required Forecast Financial { get; init; }

    public required SocialProfile Social { get; init; }

    /// <summary>Whether the crowd carries itself.</summary>
    public required EmergenceEstimate Emergence { get; init; }

    /// <summary>When <see cref="Emergence"/> was looked at last: at most a day before <see cref="AsOf"/> while snapshots or ticks come; null where it never was.</summary>
    public DateTimeOffset? EmergenceAt { get; init; }

    /// <summary>What the holder could do now, at most three pieces in the order of the day's lot.</summary>
    public required IReadOnlyList<AdvicePiece> Advice { get; init; }

    /// <summary>Codes of all that applied.</summary>
    public required IReadOnlyList<string> AdviceApplied { get; init; }

    /// <summary>What moved the probability; null where there is none.</summary>
    public Why? Why { get; init; }

    /// <summary>Finished courses nearest to this one, nearest first.</summary>
    public IReadOnlyList<PastCurve> Comparables { get; init; } = [];

    public ScoreSummary Summary => new()
    {
        Elapsed = Elapsed ?? 0,
        Status = ScoreJson.Text(Financial.Status),
        Confidence = ScoreJson.Text(Financial.Confidence),
        Probability = Financial.Probability,
        LogOdds = Financial.LogOdds,
        Model = Model,
        BaseRate = Financial.BaseRate,
        FinalRatioP10 = Financial.FinalRatio?.P10,
        FinalRatioP50 = Financial.FinalRatio?.P50,
        FinalRatioP90 = Financial.FinalRatio?.P90,
        Meter = Social.Meter,
        Advice = new AdviceLot([.. AdviceApplied], [.. Advice.Select(static piece => piece.Code)]),
    };

    /// <param name="state">Folded from snapshots taken up to the instant, and none later.</param>
    /// <param name="asOf">The newest snapshot's instant, or a later tick.</param>
    /// <param name="model">What was learned.</param>
    /// <returns>Null while goal or launch is not known.</returns>
    public static Score? Of(CampaignState state, DateTimeOffset asOf, ScoringModel model)
    {
        var facts = state.Facts;
        if (!facts.AreEnough || facts.LaunchedAt is not { } launch)
            return null;

        var ended = state.StatusAt(asOf) != CampaignStatus.Live && (!facts.HorizonIsAssumed || state.DeclaredStatus is not (null or CampaignStatus.Live));
        var curve = FundingCurves.Of(state, asOf, model.GoalsOf(state.Campaign.Platform));
        var platform = model.FitOf(state.Campaign.Platform);
        var span = facts.IsRecurring ? null : facts.Horizon - launch.At;
        var crowd = Crowd.Of(state, asOf);
        var financial = curve is null ? Forecast.WithoutGoal(ended) : Forecast.Of(model.Forecast, curve, platform, ended);
        var situation = AdviceSituations.Of(state, crowd, financial, asOf);
        return new Score
        {
            Campaign = state.Campaign,
            AsOf = asOf,
            Model = model.NameFor(state.Campaign.Platform),
            LaunchedAt = launch.At,
            Elapsed = span is { Ticks: > 0 } planned ? Math.Max(0, (asOf - launch.At) / planned) : null,
            HorizonIsAssumed = facts.HorizonIsAssumed,
            Financial = financial,
            Social = SocialOf(state, crowd, asOf, model) with
            {
                Forecast = curve is null || model.Backers is null ? null : SocialForecast.Of(model.Backers, curve, model.BackersFitOf(state.Campaign.Platform), ended),
            },
            Emergence = EmergenceLook.Shown(state, asOf),
            EmergenceAt = state.Emergence?.At,
            Advice = AdviceRules.Of(situation, state.Campaign, asOf, model.LeversOf(state.Campaign.Platform)),
            AdviceApplied = AdviceRules.CodesFor(situation),
        };
    }

    /// <summary>Beside the platform's own past where enough of it is like the campaign to rank anything at all, else beside the shipped references: a profile is never ranked by both.</summary>
    private static SocialProfile SocialOf(CampaignState state, Crowd crowd, DateTimeOffset asOf, ScoringModel model)
    {
        var context = CampaignContext.Of(state, asOf);
        if (model.OwnReferencesOf(state.Campaign.Platform, context.PlannedDays) is { } own
            && SocialProfile.Of(crowd, context, own, asOf) is var profile && profile.Indicators.Any(static indicator => indicator.Percentile is not null))
            return profile;

        return SocialProfile.Of(crowd, context, model.References, asOf);
    }

    /// <summary>This score with what explains it. Kept apart because it costs more than the score itself and only the newest is asked for it.</summary>
    /// <param name="state">The one that was scored.</param>
    /// <param name="model">The one that scored it.</param>
    public Score Explained(CampaignState state, ScoringModel model)
    {
        if (FundingCurves.Of(state, AsOf, model.GoalsOf(Campaign.Platform)) is not { } curve)
            return this;

        var own = Campaign.ToString();
        return this with
        {
            Why = Financial.Probability is null || Financial.Status == ForecastStatus.Ended ? null : Why.Of(model.Forecast, curve, model.FitOf(Campaign.Platform)),
            Comparables = PastCurve.Nearest(curve, [.. model.CoursesOf(Campaign.Platform).Where(past => past.Name != own)], model.Prototypes, MostComparables),
        };
    }
}

using Succesmeter.Campaigns;
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
        return new Score
        {
            Campaign = state.Campaign,
            AsOf = asOf,
            Model = model.NameFor(state.Campaign.Platform),
            LaunchedAt = launch.At,
            Elapsed = span is { Ticks: > 0 } planned ? Math.Max(0, (asOf - launch.At) / planned) : null,
            HorizonIsAssumed = facts.HorizonIsAssumed,
            Financial = curve is null ? Forecast.WithoutGoal(ended) : Forecast.Of(model.Forecast, curve, platform, ended),
            Social = SocialProfile.Of(Crowd.Of(state, asOf), CampaignContext.Of(state, asOf), model.References, asOf) with
            {
                Forecast = curve is null || model.Backers is null ? null : SocialForecast.Of(model.Backers, curve, model.BackersFitOf(state.Campaign.Platform), ended),
            },
        };
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

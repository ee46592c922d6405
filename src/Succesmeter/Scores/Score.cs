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
            Social = SocialProfile.Of(CrowdOf(state, asOf), ContextOf(state, asOf), model.References, asOf),
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

    private static Crowd CrowdOf(CampaignState state, DateTimeOffset asOf)
    {
        var ledger = state.Gifts;
        var pledged = state.Latest?.PledgedMinor is { } minor ? Money.ToMajor(minor, state.Facts.Currency) : (decimal?)null;
        return new Crowd
        {
            Gifts = ledger.Open,
            ListIsComplete = ledger.IsComplete,
            Sealed = ledger.Sealed.Count == 0
                ? null
                : new SealedGivers(ledger.Sealed.Count, ledger.Sealed.Donors + ledger.Sealed.Anonymous, ledger.Sealed.SumMinor, ledger.Sealed.SumOfSquares),
            Pledged = pledged,
            Backers = state.Latest?.Members?.Active ?? state.Latest?.Backers,
            BackersAWeekAgo = BackersAt(state, asOf.AddDays(-7)),
            ObservedSince = state.FirstSeenAt,
        };
    }

    private static CampaignContext ContextOf(CampaignState state, DateTimeOffset asOf)
    {
        var facts = state.Facts;
        return new CampaignContext
        {
            Goal = facts.GoalUnit == GoalUnit.Money ? (double?)facts.LaunchGoal : null,
            Currency = facts.Currency,
            MinorPerMajor = (int)Math.Pow(10, Money.Decimals(facts.Currency)),
            PlannedDays = (facts.Horizon - facts.LaunchedAt?.At)?.TotalDays ?? CampaignFacts.AssumedSpan.TotalDays,
            DaysSinceLaunch = (asOf - facts.LaunchedAt?.At)?.TotalDays,
        };
    }

    /// <returns>Zero before the launch; null when no reading is that old.</returns>
    private static int? BackersAt(CampaignState state, DateTimeOffset instant)
    {
        if (instant <= state.Facts.LaunchedAt?.At)
            return 0;

        int? backers = null;
        foreach (var point in state.Trail.Points)
        {
            if (point.At > instant)
                break;
            backers = point.Backers ?? backers;
        }

        return backers;
    }
}

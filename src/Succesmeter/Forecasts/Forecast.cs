using Succesmeter.Features;

namespace Succesmeter.Forecasts;

/// <summary>
/// Will it reach its goal, how far will it come, and when: the <c>financial</c> part of a score. A pure function of what is known, the model and
/// the platform's own outcomes. What is not known is null.
/// </summary>
public sealed record Forecast
{
    /// <summary>Of reaching the goal by the end (or the assumed horizon); 1 once it is reached.</summary>
    public double? Probability { get; init; }

    /// <summary>Calibrated log-odds of the goal without the platform's shift: kept with a score, so that its outcome can later teach the shift. Null where none was asked.</summary>
    public double? LogOdds { get; init; }

    /// <summary>Successes among campaigns that were still open at this share of their time.</summary>
    public double? BaseRate { get; init; }

    /// <summary>How many campaigns the base rate was counted from.</summary>
    public int? BaseRateN { get; init; }

    public required ForecastStatus Status { get; init; }

    public required ForecastConfidence Confidence { get; init; }

    /// <summary>Why the confidence is not <see cref="ForecastConfidence.Ok"/>: a code, see <see cref="ForecastReason"/>.</summary>
    public string? Reason { get; init; }

    /// <summary>The final amount as a ratio of the goal.</summary>
    public Quantiles? FinalRatio { get; init; }

    /// <summary>The chance that nothing more comes.</summary>
    public double? NothingMore { get; init; }

    /// <summary>When the goal is reached, in days since launch; a quantile is null when fewer campaigns than that ever reach it.</summary>
    public DayQuantiles? ReachesGoalAt { get; init; }

    /// <summary>Of the last seven days (fewer if it is younger), in major units of the currency.</summary>
    public double? PacePerDay { get; init; }

    /// <summary>What is missing, spread over the days left; 0 once reached; null when no time is left.</summary>
    public double? NeededPerDay { get; init; }

    /// <summary>A campaign that no probability can be given for: one without a goal, or one that asks for members and not for a sum.</summary>
    public static Forecast WithoutGoal(bool ended = false) => new()
    {
        Status = ended ? ForecastStatus.Ended : ForecastStatus.Uncertain,
        Confidence = ForecastConfidence.Abstain,
        Reason = ForecastReason.NoGoal,
    };

    /// <param name="model">The trained model.</param>
    /// <param name="curve">What is known at the instant, and nothing later.</param>
    /// <param name="platform">What the platform's own outcomes add; <see cref="PlatformFit.None"/> where there are none.</param>
    /// <param name="ended">The platform says that it is over, or its declared end has passed.</param>
    public static Forecast Of(ForecastModel model, FundingCurve curve, PlatformFit platform, bool ended = false)
    {
        var features = FundingFeatures.Of(curve);
        var share = features.Values[0];
        var reached = curve.Pledged >= curve.Goal;
        var pastEnd = curve.ElapsedDays >= curve.PlannedDays;
        ended |= pastEnd && !curve.HorizonIsAssumed;
        var baseRate = platform.BaseRateOf(model, curve);

        var forecast = new Forecast
        {
            Status = ended ? ForecastStatus.Ended : reached ? ForecastStatus.Reached : ForecastStatus.Uncertain,
            Confidence = ForecastConfidence.Ok,
            BaseRate = baseRate.Share,
            BaseRateN = baseRate.N,
            PacePerDay = PaceOf(curve, features),
            NeededPerDay = reached ? 0 : ended || pastEnd ? null : (curve.Goal - curve.Pledged) / (curve.PlannedDays - curve.ElapsedDays),
            ReachesGoalAt = reached ? DayQuantiles.Sure(Math.Min(curve.ReachedAfterDays ?? curve.ElapsedDays, curve.ElapsedDays)) : null,
        };

        if (ended)
            return forecast with { Probability = reached ? 1 : 0, NothingMore = 1, FinalRatio = Quantiles.Sure(share) };

        // The assumed horizon is only a question we put; once it has passed, the campaign goes on and there is nothing to answer.
        if (pastEnd)
            return forecast with
            {
                Probability = reached ? 1 : null,
                Confidence = reached ? ForecastConfidence.Ok : ForecastConfidence.Abstain,
                Reason = reached ? null : ForecastReason.PastAssumedHorizon,
            };

        var answers = new Answers(model, features, platform.Shift);
        var probability = reached ? 1 : answers.Of(new Aim(1, curve.PlannedDays));
        var (confidence, reason) = ConfidenceOf(model, features, platform);
        var finalRatio = answers.FinalRatio();

        return forecast with
        {
            Probability = probability,
            LogOdds = reached ? null : answers.LogOddsOf(new Aim(1, curve.PlannedDays)),
            Status = reached ? ForecastStatus.Reached : StatusOf(probability),
            Confidence = reached ? ForecastConfidence.Ok : confidence,
            Reason = reached ? null : reason,
            FinalRatio = finalRatio.Quantiles,
            NothingMore = finalRatio.NothingMore,
            ReachesGoalAt = reached ? forecast.ReachesGoalAt : answers.ReachesGoalAt(),
        };
    }

    /// <remarks>Three in four, two in five, one in seven: what people call likely, open and a long shot. The same on every platform, whatever its base rate.</remarks>
    internal static ForecastStatus StatusOf(double probability) => probability switch
    {
        >= 0.75 => ForecastStatus.OnTrack,
        >= 0.40 => ForecastStatus.Uncertain,
        >= 0.15 => ForecastStatus.Behind,
        _ => ForecastStatus.Unlikely,
    };

    private static (ForecastConfidence Confidence, string? Reason) ConfidenceOf(ForecastModel model, FundingFeatures features, PlatformFit platform)
    {
        // No data set shows all-or-nothing campaigns between their third day and their end: only the platform's own outcomes can vouch for the model there.
        if (features.Curve.AllOrNothing && features.Curve.ElapsedDays > LastShownDay
            && platform.OwnOutcomesAt(features.Curve.ElapsedDays / features.Curve.PlannedDays) < OutcomesToVouch)
            return (ForecastConfidence.Abstain, ForecastReason.Extrapolated);

        if (double.IsNaN(features.Values[GoalSize]))
            return (ForecastConfidence.Low, ForecastReason.UnknownCurrency);

        if (model.Seen[GoalSize].Excludes(features.Values[GoalSize]) || model.Seen[Planned].Excludes(features.Values[Planned]))
            return (ForecastConfidence.Low, ForecastReason.UnlikeTraining);

        return features.Curve.Gifts is null ? (ForecastConfidence.Low, ForecastReason.GiftsUnknown) : (ForecastConfidence.Ok, null);
    }

    private static double PaceOf(FundingCurve curve, FundingFeatures features)
    {
        const int LastWeek = 11;
        return features.Values[LastWeek] * curve.Goal / Math.Clamp(curve.ElapsedDays, 1, 7);
    }

    private const double LastShownDay = 3;
    private const int OutcomesToVouch = 60;
    private const int GoalSize = 1;
    private const int Planned = 3;
}

/// <summary>Where a campaign stands.</summary>
public enum ForecastStatus
{
    Reached,
    OnTrack,
    Uncertain,
    Behind,
    Unlikely,
    Ended,
}

/// <summary>Whether we stand by the probability.</summary>
public enum ForecastConfidence
{
    Ok,

    /// <summary>The model answers, on thinner ground than usual.</summary>
    Low,

    /// <summary>The number is what the model says where nothing has shown that it may be believed; it is not to be acted upon.</summary>
    Abstain,
}

/// <summary>The codes of <see cref="Forecast.Reason"/>.</summary>
public static class ForecastReason
{
    /// <summary>An all-or-nothing campaign after its third day, on a platform with fewer than 60 own outcomes at that stage.</summary>
    public const string Extrapolated = "extrapolated";

    /// <summary>No end was declared and the 60 days that stand in are over.</summary>
    public const string PastAssumedHorizon = "past-assumed-horizon";

    /// <summary>There is no goal to reach.</summary>
    public const string NoGoal = "no-goal";

    /// <summary>The goal's currency cannot be sized.</summary>
    public const string UnknownCurrency = "unknown-currency";

    /// <summary>Goal or duration lie outside what the model was trained on.</summary>
    public const string UnlikeTraining = "unlike-training";

    /// <summary>The source shows neither gifts nor backers.</summary>
    public const string GiftsUnknown = "gifts-unknown";
}

/// <param name="P10">One in ten ends below this.</param>
/// <param name="P50">The median.</param>
/// <param name="P90">Nine in ten end below this.</param>
public readonly record struct Quantiles(double P10, double P50, double P90)
{
    internal static Quantiles Sure(double value) => new(value, value, value);
}

/// <param name="P10">The day, since launch, by which one in ten has reached the goal; null when fewer ever do.</param>
/// <param name="P50">By which half have.</param>
/// <param name="P90">By which nine in ten have.</param>
public readonly record struct DayQuantiles(double? P10, double? P50, double? P90)
{
    internal static DayQuantiles Sure(double day) => new(day, day, day);
}

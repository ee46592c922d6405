using Succesmeter.Features;

namespace Succesmeter.Forecasts;

/// <summary>
/// What a model answers about one campaign at one instant: how likely each <see cref="Aim"/> is, and the distributions that follow. There is one
/// function S(ratio, day) behind all of it, falling in the ratio and rising in the day, so that the probability, the final amount and the day
/// cannot contradict each other.
/// </summary>
internal readonly ref struct Answers
{
    private const int DaySteps = 16;
    private const double LargestRatio = 1e6;

    private readonly ForecastModel model;
    private readonly FundingFeatures features;
    private readonly double shift;

    public Answers(ForecastModel model, FundingFeatures features, double shift)
    {
        this.model = model;
        this.features = features;
        this.shift = shift;
    }

    public double Of(Aim aim) => Sigmoid(LogOddsOf(aim) + shift);

    /// <summary>Calibrated, without the platform's shift.</summary>
    public double LogOddsOf(Aim aim) => model.Calibration.Of(model.LogOddsOf(features, aim));

    /// <summary>The distribution of the final ratio: an atom where the campaign stands, and above it 1 − S.</summary>
    public FinalRatioDistribution FinalRatio()
    {
        var now = features.Values[0];

        // A goal of a cent: next to such a ratio the grid's steps vanish in rounding, and nobody is waiting for an answer.
        if (now > LargestRatio)
            return new FinalRatioDistribution(now, [now + 1], [0]);

        var ratios = FinalRatioDistribution.GridFrom(now);
        var chances = new double[ratios.Length];
        ChancesAlong(ratios, default, chances);

        // Summing leaves in another order than a single score does may turn the last bit; a distribution must not turn back.
        for (var at = 1; at < chances.Length; at++)
            chances[at] = Math.Min(chances[at], chances[at - 1]);

        return new FinalRatioDistribution(now, ratios, chances);
    }

    public DayQuantiles ReachesGoalAt()
    {
        Span<double> days = stackalloc double[DaySteps + 1];
        Span<double> chances = stackalloc double[DaySteps + 1];
        var (now, end) = (features.Curve.ElapsedDays, features.Curve.PlannedDays);
        days[0] = now;

        // Closer together at first: most of what is reached soon is reached within days.
        for (var step = 1; step <= DaySteps; step++)
            days[step] = now + ((end - now) * Math.Pow((double)step / DaySteps, 1.5));

        days[DaySteps] = end;
        ChancesAlong(default, days[1..], chances[1..]);
        chances[0] = 0;
        for (var step = 1; step <= DaySteps; step++)
            chances[step] = Math.Max(chances[step], chances[step - 1]);

        return new DayQuantiles(DayAt(0.1, days, chances), DayAt(0.5, days, chances), DayAt(0.9, days, chances));
    }

    /// <summary>Chances of the given ratios by the end, or of the goal by the given days.</summary>
    private void ChancesAlong(ReadOnlySpan<double> ratios, ReadOnlySpan<double> days, Span<double> chances)
    {
        var rows = chances.Length;
        var aims = Aim.Features.Length;
        Span<double> moving = stackalloc double[rows * aims];
        Span<double> row = stackalloc double[aims];
        for (var at = 0; at < rows; at++)
        {
            var aim = days.IsEmpty ? new Aim(ratios[at], features.Curve.PlannedDays) : new Aim(1, days[at]);
            aim.Write(features, row);
            for (var feature = 0; feature < aims; feature++)
                moving[(feature * rows) + at] = row[feature];
        }

        model.Trees.ScoreAlong(features.Values[..ForecastModel.CampaignFeatureCount], moving, chances);
        for (var at = 0; at < rows; at++)
            chances[at] = Sigmoid(model.Calibration.Of(chances[at]) + shift);
    }

    private static double? DayAt(double share, ReadOnlySpan<double> days, ReadOnlySpan<double> chances)
    {
        for (var at = 1; at < days.Length; at++)
            if (chances[at] >= share)
            {
                var rise = chances[at] - chances[at - 1];
                return rise > 0 ? days[at - 1] + ((days[at] - days[at - 1]) * (share - chances[at - 1]) / rise) : days[at];
            }

        return null;
    }

    /// <remarks>Both branches keep the exponent negative, so neither overflows.</remarks>
    internal static double Sigmoid(double score) =>
        score >= 0 ? 1 / (1 + Math.Exp(-score)) : Math.Exp(score) / (1 + Math.Exp(score));

    /// <summary>−ln of the probability of what happened, by ln(1 + e^−|x|), so that neither end overflows.</summary>
    internal static double LogLoss(double logOdds, bool happened) =>
        Math.Max(0, happened ? -logOdds : logOdds) + Math.Log(1 + Math.Exp(-Math.Abs(logOdds)));
}

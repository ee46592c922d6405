using Succesmeter.Features;

namespace Succesmeter.Forecasts;

/// <summary>
/// What a model answers about one campaign at one instant: how likely each <see cref="Aim"/> is, and the distributions that follow. There is one
/// function S(ratio, day) behind all of it, falling in the ratio and rising in the day, so that the probability, the final amount and the day
/// cannot contradict each other.
/// </summary>
internal readonly ref struct Answers
{
    /// <summary>Gaps of a final amount, as ratios of the goal: from the smallest that counts as more to sixty times the goal.</summary>
    private const int RatioSteps = 30;

    private const double SmallestStep = 0.002;
    private const double LargestStep = 60;

    private const int DaySteps = 16;

    private readonly ForecastModel model;
    private readonly FundingFeatures features;
    private readonly double shift;

    public Answers(ForecastModel model, FundingFeatures features, double shift)
    {
        this.model = model;
        this.features = features;
        this.shift = shift;
    }

    public double Of(Aim aim) => Sigmoid(model.Calibration.Of(model.LogOddsOf(features, aim)) + shift);

    /// <summary>The distribution of the final ratio: an atom where the campaign stands, and above it 1 − S.</summary>
    public (Quantiles Ratio, double NothingMore) FinalRatio()
    {
        Span<double> ratios = stackalloc double[RatioSteps + 2];
        Span<double> chances = stackalloc double[RatioSteps + 2];
        var count = RatioGrid(ratios);
        ChancesAlong(ratios[..count], default, chances[..count]);

        var now = features.Values[0];
        return (new Quantiles(RatioAt(0.9, now, ratios[..count], chances[..count]), RatioAt(0.5, now, ratios[..count], chances[..count]),
            RatioAt(0.1, now, ratios[..count], chances[..count])), 1 - chances[0]);
    }

    /// <summary>1 − S(ratio): the chance that the final amount stays below it; at the present ratio the chance that nothing more comes.</summary>
    public double StaysBelow(double ratio) => 1 - Of(new Aim(ratio, features.Curve.PlannedDays));

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

    /// <remarks>The goal itself is one of the ratios, so that P(final ratio ≥ 1) and the probability are one number.</remarks>
    private int RatioGrid(Span<double> ratios)
    {
        var now = features.Values[0];
        ratios[0] = now + Aim.AnythingMore;
        var count = 1;
        for (var step = 0; step < RatioSteps; step++)
        {
            var ratio = now + (SmallestStep * Math.Pow(LargestStep / SmallestStep, step / (RatioSteps - 1.0)));
            if (ratio >= 1 && ratios[count - 1] < 1 && now < 1)
                ratios[count++] = 1;
            if (ratio > ratios[count - 1])
                ratios[count++] = ratio;
        }

        return count;
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

        // Summing leaves in another order than a single score does may turn the last bit; a distribution must not turn back.
        if (days.IsEmpty)
            for (var at = 1; at < rows; at++)
                chances[at] = Math.Min(chances[at], chances[at - 1]);
    }

    /// <summary>The ratio that a share of <paramref name="above"/> ends above.</summary>
    private static double RatioAt(double above, double now, ReadOnlySpan<double> ratios, ReadOnlySpan<double> chances)
    {
        if (chances[0] <= above)
            return now;

        for (var at = 1; at < ratios.Length; at++)
        {
            if (chances[at] > above)
                continue;

            // Between two points the log-odds fall along the logarithm of the gap, as they do on the trees' own scale.
            var (upper, lower) = (LogOdds(chances[at - 1]), LogOdds(chances[at]));
            var part = upper > lower ? Math.Clamp((upper - LogOdds(above)) / (upper - lower), 0, 1) : 1;
            var (low, high) = (Math.Log(ratios[at - 1] - now), Math.Log(ratios[at] - now));
            return Math.Clamp(now + Math.Exp(low + ((high - low) * part)), ratios[at - 1], ratios[at]);
        }

        return ratios[^1];
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

    private static double LogOdds(double chance)
    {
        const double Least = 1e-12;
        var clamped = Math.Clamp(chance, Least, 1 - Least);
        return Math.Log(clamped / (1 - clamped));
    }

    /// <remarks>Both branches keep the exponent negative, so neither overflows.</remarks>
    internal static double Sigmoid(double score) =>
        score >= 0 ? 1 / (1 + Math.Exp(-score)) : Math.Exp(score) / (1 + Math.Exp(score));
}

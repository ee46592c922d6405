using System.Text.Json;
using System.Text.Json.Serialization;
using Succesmeter.Forecasts;
using Succesmeter.Social;

namespace Succesmeter.Learning.Evaluation;

/// <summary>One line of what <c>crossvalidate</c> and <c>evaluate</c> print: the measures of one data set, cut and instant.</summary>
internal sealed record EvaluationLine
{
    public required string Dataset { get; init; }

    public required string Cut { get; init; }

    public required string Instant { get; init; }

    public required int N { get; init; }

    [JsonPropertyName("cIndex")]
    public double? CIndex { get; init; }

    public double? Auc { get; init; }

    public double? Accuracy { get; init; }

    public double? Brier { get; init; }

    public double? BrierSkill { get; init; }

    public double? Ece { get; init; }

    /// <summary>Kolmogorov's distance; <see cref="PitKsP"/> is its p-value.</summary>
    public double? PitKs { get; init; }

    public double? Pinball { get; init; }

    /// <summary>Of the rows on which the chance of nothing more is below a tenth.</summary>
    public double? Coverage80 { get; init; }

    public double? SpearmanBackers { get; init; }

    public double? SpearmanComments { get; init; }

    public double? PitKsP { get; init; }

    /// <summary>Rank correlation of expected and counted backers once the final money and the goal are known.</summary>
    public double? SpearmanBackersBeyond { get; init; }

    /// <summary>The same for comments, once final money, goal and final backers are known.</summary>
    public double? SpearmanCommentsBeyond { get; init; }

    /// <summary>How many rows <see cref="Coverage80"/> counts.</summary>
    public int? CoverageN { get; init; }

    public required string Model { get; init; }

    public required BaselineMeasures Baseline { get; init; }

    public required Differences Difference { get; init; }

    public required IReadOnlyList<ReliabilityBin> Reliability { get; init; }

    public static EvaluationLine Of(string dataset, string cut, string instant, string model, string baseline, IReadOnlyList<JudgedRow> rows)
    {
        double[] probabilities = [.. rows.Select(static row => row.Probability)];
        double[] baselines = [.. rows.Select(static row => row.BaselineProbability)];
        bool[] happened = [.. rows.Select(static row => row.Happened)];
        double[] transforms = [.. rows.Select(static row => row.Transform)];
        double[] times = [.. rows.Select(static row => row.Time)];
        var timed = rows.All(static row => row.TimeScore is not null);
        double[] timeScores = timed ? [.. rows.Select(static row => row.TimeScore!.Value)] : [];
        double[] baselineTimeScores = timed ? [.. rows.Select(static row => row.BaselineTimeScore!.Value)] : [];
        var social = rows.All(static row => row.Backers is not null && row.Comments is not null);
        var covered = rows.Where(static row => row.NothingMore < 0.1).ToArray();
        var distance = DistributionMeasures.DistanceFromUniform(transforms);

        return new EvaluationLine
        {
            Dataset = dataset,
            Cut = cut,
            Instant = instant,
            N = rows.Count,
            CIndex = timed ? Finite(Concordance.Of(timeScores, times, happened)) : null,
            Auc = Finite(ProbabilityMeasures.AreaUnderCurve(probabilities, happened)),
            Accuracy = ProbabilityMeasures.Accuracy(probabilities, happened),
            Brier = ProbabilityMeasures.Brier(probabilities, happened),
            BrierSkill = Finite(ProbabilityMeasures.BrierSkill(probabilities, happened)),
            Ece = ProbabilityMeasures.CalibrationError(probabilities, happened),
            PitKs = distance,
            PitKsP = DistributionMeasures.UniformP(distance, rows.Count),
            Pinball = rows.Average(static row => PinballOf(row.Ratio, row.FinalRatio)),
            Coverage80 = covered.Length == 0 ? null : covered.Average(static row => row.FinalRatio >= row.Ratio.P10 && row.FinalRatio <= row.Ratio.P90 ? 1.0 : 0.0),
            CoverageN = covered.Length,
            SpearmanBackers = social ? Finite(RankCorrelation.Of(Each(static row => row.Backers!.Expected), Each(static row => row.Backers!.Counted))) : null,
            SpearmanComments = social ? Finite(RankCorrelation.Of(Each(static row => row.Comments!.Expected), Each(static row => row.Comments!.Counted))) : null,
            SpearmanBackersBeyond = social ? Finite(RankCorrelation.Partial(Each(static row => row.Backers!.Expected), Each(static row => row.Backers!.Counted),
                [Each(static row => row.FinalPledged), Each(static row => row.Goal)])) : null,
            SpearmanCommentsBeyond = social ? Finite(RankCorrelation.Partial(Each(static row => row.Comments!.Expected), Each(static row => row.Comments!.Counted),
                [Each(static row => row.FinalPledged), Each(static row => row.Goal), Each(static row => row.Backers!.Counted)])) : null,
            Model = model,
            Baseline = new BaselineMeasures
            {
                Name = baseline,
                CIndex = timed ? Finite(Concordance.Of(baselineTimeScores, times, happened)) : null,
                Auc = Finite(ProbabilityMeasures.AreaUnderCurve(baselines, happened)),
                Brier = ProbabilityMeasures.Brier(baselines, happened),
                BrierSkill = Finite(ProbabilityMeasures.BrierSkill(baselines, happened)),
                Ece = ProbabilityMeasures.CalibrationError(baselines, happened),
                Pinball = rows.Average(static row => PinballOf(row.BaselineRatio, row.FinalRatio)),
                SpearmanBackers = social ? Finite(RankCorrelation.Of(Each(static row => row.Backers!.Baseline), Each(static row => row.Backers!.Counted))) : null,
                SpearmanComments = social ? Finite(RankCorrelation.Of(Each(static row => row.Comments!.Baseline), Each(static row => row.Comments!.Counted))) : null,
            },
            Difference = new Differences
            {
                CIndex = timed ? Concordance.Difference(timeScores, baselineTimeScores, times, happened) : null,
                BrierSkill = ProbabilityMeasures.BrierOfMean(happened) > 0 ? ProbabilityMeasures.BrierSkillDifference(probabilities, baselines, happened) : null,
                Pinball = PairedDifference.OfMean([.. rows.Select(static row => PinballOf(row.BaselineRatio, row.FinalRatio) - PinballOf(row.Ratio, row.FinalRatio))], 1),
            },
            Reliability = ProbabilityMeasures.Reliability(probabilities, happened),
        };

        double[] Each(Func<JudgedRow, double> value) => [.. rows.Select(value)];
    }

    /// <summary>The mean of repeated runs over the same rows. Intervals are averaged too: repeating a split adds no campaigns, so it may not narrow them.</summary>
    public static EvaluationLine Mean(IReadOnlyList<EvaluationLine> runs) => runs[0] with
    {
        CIndex = Average(runs, static run => run.CIndex),
        Auc = Average(runs, static run => run.Auc),
        Accuracy = Average(runs, static run => run.Accuracy),
        Brier = Average(runs, static run => run.Brier),
        BrierSkill = Average(runs, static run => run.BrierSkill),
        Ece = Average(runs, static run => run.Ece),
        PitKs = Average(runs, static run => run.PitKs),
        PitKsP = Average(runs, static run => run.PitKsP),
        Pinball = Average(runs, static run => run.Pinball),
        Coverage80 = Average(runs, static run => run.Coverage80),
        Baseline = runs[0].Baseline with
        {
            Auc = Average(runs, static run => run.Baseline.Auc),
            Brier = Average(runs, static run => run.Baseline.Brier),
            BrierSkill = Average(runs, static run => run.Baseline.BrierSkill),
            Ece = Average(runs, static run => run.Baseline.Ece),
            Pinball = Average(runs, static run => run.Baseline.Pinball),
        },
        Difference = new Differences
        {
            BrierSkill = runs.All(static run => run.Difference.BrierSkill is not null) ? new PairedDifference(Average(runs, static run => run.Difference.BrierSkill!.Value)!.Value,
                Average(runs, static run => run.Difference.BrierSkill!.Low)!.Value, Average(runs, static run => run.Difference.BrierSkill!.High)!.Value) : null,
            Pinball = new PairedDifference(Average(runs, static run => run.Difference.Pinball!.Value)!.Value,
                Average(runs, static run => run.Difference.Pinball!.Low)!.Value, Average(runs, static run => run.Difference.Pinball!.High)!.Value),
        },
    };

    public string AsJson() => JsonSerializer.Serialize(this, EvaluationJson.Default.EvaluationLine);

    private static double? Average(IReadOnlyList<EvaluationLine> runs, Func<EvaluationLine, double?> measure) => runs.Average(measure);

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;

    private static double PinballOf(Quantiles quantiles, double value) =>
        (DistributionMeasures.Pinball(quantiles.P10, 0.1, value) + DistributionMeasures.Pinball(quantiles.P50, 0.5, value)
            + DistributionMeasures.Pinball(quantiles.P90, 0.9, value)) / 3;
}

/// <summary>The same measures of the baseline, on the same rows.</summary>
internal sealed record BaselineMeasures
{
    public required string Name { get; init; }

    [JsonPropertyName("cIndex")]
    public double? CIndex { get; init; }

    public double? Auc { get; init; }

    public double? Brier { get; init; }

    public double? BrierSkill { get; init; }

    public double? Ece { get; init; }

    public double? Pinball { get; init; }

    public double? SpearmanBackers { get; init; }

    public double? SpearmanComments { get; init; }
}

/// <summary>Model minus baseline, above zero where the model is better, with 95 % intervals.</summary>
internal sealed record Differences
{
    [JsonPropertyName("cIndex")]
    public PairedDifference? CIndex { get; init; }

    public PairedDifference? BrierSkill { get; init; }

    /// <summary>The empirical quantiles' loss minus the model's.</summary>
    public PairedDifference? Pinball { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(EvaluationLine))]
internal sealed partial class EvaluationJson : JsonSerializerContext;

using System.Collections.Immutable;
using Succesmeter.Features;

namespace Succesmeter.Forecasts;

/// <summary>
/// A trained forecast: boosted trees that answer how likely an <see cref="Aim"/> is, the calibration learned beside them, and the base rates of the
/// data they were trained on. Its file is our own, deterministic and read without any library.
/// </summary>
public sealed record ForecastModel
{
    /// <summary>What the model is for: <c>serving</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Derived from what the model says, so that two models of one version answer alike.</summary>
    public required string Version { get; init; }

    /// <summary>Name and version, as they stand in each score.</summary>
    public string FullName => $"{Name}-{Version}";

    public required BoostedTrees Trees { get; init; }

    /// <summary>Log-odds after calibration = intercept + slope × log-odds of the trees.</summary>
    public required Calibration Calibration { get; init; }

    /// <summary>Successes among open campaigns in the training data that give money back when the goal is missed.</summary>
    public required BaseRateCurve AllOrNothing { get; init; }

    /// <summary>The same where the money is kept.</summary>
    public required BaseRateCurve KeepItAll { get; init; }

    /// <summary>Smallest and largest value of each feature in training, without the outermost per cent at each side.</summary>
    public required ImmutableArray<SeenRange> Seen { get; init; }

    /// <summary>The features that the trees know, in the order of their places: the campaign's, then the aim's.</summary>
    public static ImmutableArray<string> FeatureNames { get; } =
        [.. FundingFeatures.All.Where(static feature => feature.InModels).Concat(Aim.Features).Select(static feature => feature.Name)];

    /// <summary>How many of <see cref="FeatureNames"/> are the campaign's own.</summary>
    internal static int CampaignFeatureCount { get; } = FundingFeatures.All.Count(static feature => feature.InModels);

    /// <summary>Successes among open campaigns like this one in the training data.</summary>
    public BaseRate BaseRateOf(FundingCurve curve) =>
        (curve.AllOrNothing ? AllOrNothing : KeepItAll).At(curve.ElapsedDays / curve.PlannedDays);

    /// <exception cref="InvalidDataException">The file is damaged, of another format version, or was trained on other features.</exception>
    public static ForecastModel Read(Stream stream) => ForecastModelFile.Read(stream);

    public void Write(Stream stream) => ForecastModelFile.Write(this, stream);

    /// <summary>The log-odds, before calibration, that an aim is met.</summary>
    internal double LogOddsOf(FundingFeatures campaign, Aim aim) => LogOddsOf(Trees, campaign, aim);

    internal static double LogOddsOf(BoostedTrees trees, FundingFeatures campaign, Aim aim)
    {
        Span<double> row = stackalloc double[FeatureNames.Length];
        campaign.Ask(aim, row);
        return trees.Score(row);
    }
}

/// <param name="Intercept">In log-odds.</param>
/// <param name="Slope">Above zero, so that a calibration never turns an order around.</param>
public readonly record struct Calibration(double Intercept, double Slope)
{
    public double Of(double logOdds) => Intercept + (Slope * logOdds);
}

/// <param name="Low">The first percentile.</param>
/// <param name="High">The last percentile.</param>
public readonly record struct SeenRange(double Low, double High)
{
    /// <returns>Null where no value is finite.</returns>
    internal static SeenRange? Of(IEnumerable<double> values)
    {
        var known = values.Where(double.IsFinite).Order().ToArray();
        return known.Length == 0 ? null : new SeenRange(known[known.Length / 100], known[known.Length - 1 - (known.Length / 100)]);
    }

    /// <summary>What is unknown is not outside.</summary>
    public bool Excludes(double value) => value < Low || value > High;
}

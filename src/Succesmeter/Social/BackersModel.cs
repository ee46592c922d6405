using System.Collections.Immutable;
using Succesmeter.Features;
using Succesmeter.Forecasts;

namespace Succesmeter.Social;

/// <summary>
/// How far a number of backers grows until the end: three quantiles of log((1 + final) / (1 + now)), each a sum of trees with a margin learned on campaigns that the
/// trees had not seen. Scored by additions and comparisons alone; its file is our own (<see cref="BackersModelFile"/>).
/// </summary>
public sealed record BackersModel
{
    public required string Name { get; init; }

    /// <summary>A hash of all that the model says.</summary>
    public required string Version { get; init; }

    /// <summary>The tenth percentile.</summary>
    public required BoostedTrees Low { get; init; }

    /// <summary>The median.</summary>
    public required BoostedTrees Middle { get; init; }

    /// <summary>The ninetieth percentile.</summary>
    public required BoostedTrees High { get; init; }

    /// <summary>One for each stage of keep-it-all campaigns, then one for each stage of all-or-nothing ones (<see cref="PartOf"/>).</summary>
    public required ImmutableArray<BackersMargin> Margins { get; init; }

    /// <summary>
    /// The funding features, but the elapsed days as a share of the planned ones: half of thirty days is compared with half of sixty, since no data set has
    /// keep-it-all campaigns of another duration than the assumed one.
    /// </summary>
    public static ImmutableArray<string> FeatureNames { get; } =
        [.. FundingFeatures.All.Where(static feature => feature.InModels).Select(static feature => feature.Name == "elapsed" ? "elapsed-share" : feature.Name)];

    public static int Parts => 2 * (StageEnds.Length + 1);

    /// <exception cref="InvalidDataException">The file is damaged, of another format version, or was trained on other features.</exception>
    public static BackersModel Read(Stream stream) => BackersModelFile.Read(stream);

    public void Write(Stream stream) => BackersModelFile.Write(this, stream);

    /// <summary>The final number of backers, in whole numbers, ordered, and never under the number of now.</summary>
    /// <param name="features">With a number of gifts or backers.</param>
    /// <param name="own">The platform's margin, beside the model's.</param>
    /// <remarks>
    /// Rounding takes no coverage away: of a whole number it is the same to be at most 4.7 and to be at most 4, and the same to be below 2.3 and to be below 3.
    /// </remarks>
    public Quantiles Of(FundingFeatures features, BackersMargin own)
    {
        var now = Math.Max(0, features.Values[Gifts]);
        var (low, middle, high) = GrowthOf(features, own);
        var (first, last) = (Math.Ceiling(Grown(now, low)), Math.Floor(Grown(now, high)));
        last = Math.Max(last, now);
        first = Math.Clamp(first, now, last);
        return new Quantiles(first, Math.Clamp(Math.Round(Grown(now, middle)), first, last), last);
    }

    /// <summary>Quantiles of log growth, ordered and not below zero, before rounding to whole backers.</summary>
    public (double Low, double Middle, double High) GrowthOf(FundingFeatures features, BackersMargin own)
    {
        var margin = BackersMargin.Sum(Margins[PartOf(features)], own);
        var (low, middle, high) = RawGrowthOf(features);

        // Quantiles of separate trees may cross; sorted ones are no worse (Chernozhukov, Fernández-Val and Galichon 2010).
        Span<double> growth = [low + margin.Low, middle + margin.Middle, high + margin.High];
        growth.Sort();
        return (Math.Max(0, growth[0]), Math.Max(0, growth[1]), Math.Max(0, growth[2]));
    }

    /// <summary>As the trees say, without any margin.</summary>
    internal (double Low, double Middle, double High) RawGrowthOf(FundingFeatures features)
    {
        Span<double> row = stackalloc double[FeatureNames.Length];
        RowOf(features, row);
        return (Low.Score(row), Middle.Score(row), High.Score(row));
    }

    /// <param name="row">As many places as <see cref="FeatureNames"/>.</param>
    internal static void RowOf(FundingFeatures features, Span<double> row)
    {
        features.Values[..row.Length].CopyTo(row);
        row[Elapsed] = ElapsedShareOf(features);
    }

    /// <summary>Which margin is meant for a campaign: by its stage and its kind.</summary>
    internal static int PartOf(FundingFeatures features)
    {
        var share = ElapsedShareOf(features);
        var stage = 0;
        while (stage < StageEnds.Length && share > StageEnds[stage])
            stage++;
        return stage + (features.Curve.AllOrNothing ? StageEnds.Length + 1 : 0);
    }

    /// <summary>What came, on the scale of the trees.</summary>
    internal static double Growth(double now, double final) => Math.Max(0, Math.Log((1 + final) / (1 + now)));

    internal static double Grown(double now, double growth) => now + ((1 + now) * Expm1(growth));

    /// <summary>Gifts or backers so far, as the features have them.</summary>
    internal static double BackersOf(FundingFeatures features) => features.Values[Gifts];

    /// <remarks>e^0 − 1 is 0 to the last bit, so what does not grow stays a whole number.</remarks>
    private static double Expm1(double x) => x == 0 ? 0 : Math.Exp(x) - 1;

    private static double ElapsedShareOf(FundingFeatures features) => Math.Clamp(features.Values[Elapsed] / features.Values[Planned], 0, 1);

    /// <summary>Upper ends of all stages but the last, as shares of the planned time: the launch, then about a day, three days, a week, … of sixty.</summary>
    private static ReadOnlySpan<double> StageEnds => [0.001, 0.03, 0.08, 0.15, 0.3, 0.6];

    private const int Elapsed = 2;
    private const int Planned = 3;
    private const int Gifts = 5;
}

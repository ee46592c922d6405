using System.Globalization;
using Succesmeter.Social;

namespace Succesmeter.Learning.References;

/// <summary>
/// Derives reference tables: at each knot of goal and day the weighted quantiles of all campaigns seen on that day, weighted by a Gaussian kernel on the logarithm of the goal,
/// so that neighbouring goals lend to each other; scoring then mixes neighbouring knots. The meter's table is made last, of the mean percentile under the other tables.
/// </summary>
/// <remarks>Days do not lend to each other in the fit: they hold the same campaigns, and would only seem to be more.</remarks>
internal static class ReferenceFit
{
    /// <summary>A factor of two apart: 50 to 51,200 euros.</summary>
    private static readonly double[] GoalsEuro = [.. Enumerable.Range(0, 11).Select(i => 50.0 * (1 << i))];

    private static readonly int[] Days = [0, 1, 2, 3, 5, 7, 10, 14, 21, 30, 45, 60, 90];

    private const int Quantiles = 50;

    /// <summary>The kernel starts this narrow, in natural logarithms: a factor of 1.35.</summary>
    private const double NarrowestBandwidth = 0.3;

    /// <summary>And grows until it holds this many, but not beyond <see cref="WidestBandwidth"/>, where it would compare unlike goals.</summary>
    private const double References = 200;

    private const double WidestBandwidth = 0.8;

    public static Social.References Of(IReadOnlyList<PastCampaign> campaigns)
    {
        // In a fixed order, since a sum of weights may differ in its last digit with the order of its terms.
        PastCampaign[] inOrder = [.. campaigns.OrderBy(c => c.Id, StringComparer.Ordinal)];
        var seen = Days.Select(day => inOrder
            .Where(c => c.WasSeenOn(day))
            .Select(c => new Seen(Math.Log(Euros(c)), c.MeasuresBy(day)))
            .OrderBy(s => s.LogGoal)
            .ToArray()).ToArray();

        ReferenceTable[] tables =
        [
            Table(IndicatorNames.Reach, true, seen, s => s.Measures.Reach),
            Table(IndicatorNames.Breadth, false, seen, s => s.Measures.Breadth),
            Table(IndicatorNames.Pace, true, seen, s => s.Measures.Pace),
        ];
        var card = Card(campaigns);
        var parts = new Social.References(card, tables);
        var means = seen.Select((rows, day) => rows
            .Select(s => (s.LogGoal, Mean: MeanPercentile(s, Days[day] + 0.5, parts)))
            .Where(s => s.Mean is not null)
            .Select(s => (s.LogGoal, s.Mean!.Value))
            .ToArray()).ToArray();

        return new Social.References(card, [.. tables, Table(Social.References.MeterOf(IndicatorNames.InMeter), false, means)]);
    }

    private static double Euros(PastCampaign campaign) => campaign.LaunchGoal * PoundInEuros;

    /// <summary>What scoring takes a pound to be.</summary>
    private const double PoundInEuros = 1.15;

    private static double? MeanPercentile(Seen seen, double days, Social.References parts)
    {
        double sum = 0;
        foreach (var (name, measure) in seen.Comparable())
        {
            if (measure is not { } value || parts.Place(name, value, Math.Exp(seen.LogGoal), days) is not { N: >= Social.References.FewestForPercentile } place)
                return null;
            sum += place.Percentile;
        }

        return sum / IndicatorNames.InMeter.Count;
    }

    private static ReferenceTable Table(string name, bool isLogarithmic, Seen[][] seen, Func<Seen, Measure> measure) =>
        Table(name, isLogarithmic, [.. seen.Select(rows => rows
            .Where(s => measure(s) is { IsComparable: true, Value: not null })
            .Select(s => (s.LogGoal, measure(s).Value!.Value))
            .ToArray())]);

    private static ReferenceTable Table(string name, bool isLogarithmic, (double LogGoal, double Value)[][] byDay)
    {
        var cells = new List<ReferenceCell>();
        foreach (var goal in GoalsEuro)
            foreach (var rows in byDay)
                cells.Add(Cell(rows, Math.Log(goal)));

        return new ReferenceTable(name, isLogarithmic, GoalsEuro, [.. Days.Select(d => d + 0.5)], cells);
    }

    private static ReferenceCell Cell((double LogGoal, double Value)[] rows, double logGoal)
    {
        var bandwidth = NarrowestBandwidth;
        var weights = Weights();
        while (Effective(weights) < References && bandwidth < WidestBandwidth)
        {
            bandwidth = Math.Min(WidestBandwidth, bandwidth * 1.2);
            weights = Weights();
        }

        var n = Math.Floor(Effective(weights));
        return n < 1 ? new ReferenceCell(0, []) : new ReferenceCell(n, WeightedQuantiles(rows, weights));

        // Beyond three bandwidths a reference would only blur who is compared with whom.
        double[] Weights() => [.. rows.Select(r => (r.LogGoal - logGoal) / bandwidth is >= -3 and <= 3 and var z ? Math.Exp(-z * z / 2) : 0)];
    }

    /// <summary>Kish 1965: (Σw)²/Σw².</summary>
    private static double Effective(double[] weights)
    {
        var squares = weights.Sum(w => w * w);
        var sum = weights.Sum();
        return squares > 0 ? sum * sum / squares : 0;
    }

    /// <summary>At (j + ½)/50, always a value that occurs, so that whole numbers of people stay whole; three digits are kept, which blurs single campaigns in the tails.</summary>
    private static double[] WeightedQuantiles((double LogGoal, double Value)[] rows, double[] weights)
    {
        var order = Enumerable.Range(0, rows.Length).OrderBy(i => rows[i].Value).ThenBy(i => i).ToArray();
        var total = weights.Sum();
        var quantiles = new double[Quantiles];
        var at = 0;
        var below = weights[order[0]];
        for (var j = 0; j < Quantiles; j++)
        {
            var wanted = (j + 0.5) / Quantiles * total;
            while (below < wanted && at < order.Length - 1)
                below += weights[order[++at]];
            quantiles[j] = ThreeDigits(rows[order[at]].Value);
        }

        return quantiles;
    }

    private static double ThreeDigits(double value) => double.Parse(value.ToString("G3", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static ReferenceCard Card(IReadOnlyList<PastCampaign> campaigns) => new(
        $"uk-community-fundraisers-{campaigns.Min(c => c.Launched).Year}-{campaigns.Max(c => c.Launched).Year}",
        "Food-bank, soup-kitchen and homelessness fundraisers on JustGiving, GoFundMe and Virgin Money Giving; public pages scraped 2020–2022",
        campaigns.Count,
        campaigns.Min(c => c.Launched),
        campaigns.Max(c => c.Launched),
        "GBP, a pound as 1.15 euros",
        "All gifts listed, at least one gift, a goal above zero (as first seen) and a launch day; on each day those still being read",
        "Kernel-weighted quantiles on log goal (bandwidth 0.3 to 0.8, until 200 effective campaigns) at 11 goals by 13 days; no campaign's row is kept",
        "Gifts are counted, donors are not known; keep-it-all pages without a deadline, so planned duration is not matched; one theme, one country; campaigns that no one gave to are missing");

    private sealed record Seen(double LogGoal, SocialMeasures Measures)
    {
        public IEnumerable<(string Name, double? Value)> Comparable()
        {
            yield return (IndicatorNames.Reach, Measures.Reach.Value);
            yield return (IndicatorNames.Breadth, Measures.Breadth.IsComparable ? Measures.Breadth.Value : null);
            yield return (IndicatorNames.Pace, Measures.Pace.Value);
        }
    }
}

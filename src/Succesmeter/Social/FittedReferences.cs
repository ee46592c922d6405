using System.Globalization;

namespace Succesmeter.Social;

/// <summary>
/// Reference tables from finished campaigns: at each knot of goal and day the weighted quantiles of all that were seen on that day, weighted by a Gaussian kernel on the logarithm of the goal
/// and, where one is asked for, of the planned duration. Tables of meters are made last, of mean percentiles under the others, for each set of indicators that some campaigns have.
/// </summary>
/// <remarks>Days do not lend to each other: they hold the same campaigns, and would only seem to be more.</remarks>
public static class FittedReferences
{
    /// <summary>Since the launch; half a day, because a launch known by its day is taken to be at noon.</summary>
    public static IReadOnlyList<double> Days { get; } = [.. new[] { 0, 1, 2, 3, 5, 7, 10, 14, 21, 30, 45, 60, 90 }.Select(static day => day + 0.5)];

    /// <summary>A factor of two apart: 50 to 51,200 euros.</summary>
    private static readonly double[] GoalsEuro = [.. Enumerable.Range(0, 11).Select(static i => 50.0 * (1 << i))];

    private const int Quantiles = 50;

    /// <summary>The kernel starts this narrow, in natural logarithms: a factor of 1.35.</summary>
    private const double NarrowestBandwidth = 0.3;

    /// <summary>And grows until it holds this many, but not beyond <see cref="WidestBandwidth"/>, where it would compare unlike goals.</summary>
    private const int WantedReferences = 200;

    private const double WidestBandwidth = 0.8;

    /// <summary>Forty days are compared with thirty to fifty-five, and little with sixty.</summary>
    private const double DurationBandwidth = 0.3;

    /// <summary>Sets of indicators whose mean makes a meter.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Meters { get; } =
    [
        IndicatorNames.InMeter,
        .. IndicatorNames.InMeter.Select(left => IndicatorNames.InMeter.Where(name => name != left).ToArray()),
    ];

    /// <param name="courses">In any order.</param>
    /// <param name="card">Where they come from.</param>
    /// <param name="plannedDays">Of the campaign that is to be compared; null where the references have no planned end.</param>
    /// <param name="meters">Null for <see cref="Meters"/>.</param>
    /// <param name="wanted">How many effective references a kernel widens for: fewer are less sure, more are less like.</param>
    public static References Of(
        IReadOnlyList<SocialCourse> courses, ReferenceCard card, double? plannedDays = null, IReadOnlyList<IReadOnlyList<string>>? meters = null, int wanted = WantedReferences)
    {
        // In a fixed order, since a sum of weights may differ in its last digit with the order of its terms.
        var inOrder = courses.Where(static c => c.GoalEuro > 0).OrderBy(static c => c.Name, StringComparer.Ordinal)
            .Select(c => (Course: c, LogGoal: Math.Log(c.GoalEuro), Weight: WeightOf(c, plannedDays))).Where(static c => c.Weight > 0).OrderBy(static c => c.LogGoal).ToArray();
        var seen = Days.Select(day => inOrder
            .SelectMany(c => c.Course.Looks.Where(look => look.Days == day).Take(1), static (c, look) => new Seen(c.LogGoal, c.Weight, look)).ToArray()).ToArray();

        var tables = IndicatorNames.InMeter
            .Select(name => Table(name, name == IndicatorNames.Reach, seen, look => look.Look[name], wanted)).OfType<ReferenceTable>().ToArray();
        var parts = new References(card, tables);
        return new References(card, [.. tables, .. (meters ?? Meters)
            .Select(set => Table(References.MeterOf(set), false, seen, look => MeanPercentile(look, set, parts), wanted)).OfType<ReferenceTable>()]);
    }

    private static double WeightOf(SocialCourse course, double? plannedDays)
    {
        if (plannedDays is not { } wanted)
            return 1;

        var z = Math.Log(Math.Max(1, course.PlannedDays) / Math.Max(1, wanted)) / DurationBandwidth;
        return z is >= -3 and <= 3 ? Math.Exp(-z * z / 2) : 0;
    }

    private static double? MeanPercentile(Seen seen, IReadOnlyList<string> set, References parts)
    {
        double sum = 0;
        foreach (var name in set)
        {
            if (seen.Look[name] is not { } value || parts.Place(name, value, Math.Exp(seen.LogGoal), seen.Look.Days) is not { N: >= References.FewestForPercentile } place)
                return null;
            sum += place.Percentile;
        }

        return sum / set.Count;
    }

    /// <returns>Null where no campaign has the quantity: no table is invented.</returns>
    private static ReferenceTable? Table(string name, bool isLogarithmic, Seen[][] seen, Func<Seen, double?> value, int wanted)
    {
        var byDay = seen.Select(looks => looks.Select(look => (look.LogGoal, look.Weight, Value: value(look)))
            .Where(static row => row.Value is not null).Select(static row => new Row(row.LogGoal, row.Weight, row.Value!.Value)).ToArray()).ToArray();
        if (byDay.All(static rows => rows.Length == 0))
            return null;

        // Once a day and not once a cell: a goal changes weights, never the order of the values.
        var orders = byDay.Select(static rows => Enumerable.Range(0, rows.Length).OrderBy(i => rows[i].Value).ThenBy(static i => i).ToArray()).ToArray();
        return new ReferenceTable(
            name, isLogarithmic, GoalsEuro, Days, [.. GoalsEuro.SelectMany(goal => byDay.Zip(orders, (rows, order) => Cell(rows, order, Math.Log(goal), wanted)))]);
    }

    private static ReferenceCell Cell(Row[] rows, int[] order, double logGoal, int wanted)
    {
        var bandwidth = NarrowestBandwidth;
        var weights = Weights();
        while (Effective(weights) < wanted && bandwidth < WidestBandwidth)
        {
            bandwidth = Math.Min(WidestBandwidth, bandwidth * 1.2);
            weights = Weights();
        }

        var n = Math.Floor(Effective(weights));
        return n < 1 ? new ReferenceCell(0, []) : new ReferenceCell(n, WeightedQuantiles(rows, order, weights));

        // Beyond three bandwidths a reference would only blur who is compared with whom.
        double[] Weights() => [.. rows.Select(r => (r.LogGoal - logGoal) / bandwidth is >= -3 and <= 3 and var z ? r.Weight * Math.Exp(-z * z / 2) : 0)];
    }

    /// <summary>Kish 1965: (Σw)²/Σw².</summary>
    private static double Effective(double[] weights)
    {
        var squares = weights.Sum(static w => w * w);
        var sum = weights.Sum();
        return squares > 0 ? sum * sum / squares : 0;
    }

    /// <summary>At (j + ½)/50, always a value that occurs, so that whole numbers of people stay whole; three digits are kept, which blurs single campaigns in the tails.</summary>
    private static double[] WeightedQuantiles(Row[] rows, int[] order, double[] weights)
    {
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

    private readonly record struct Seen(double LogGoal, double Weight, SocialLook Look);

    private readonly record struct Row(double LogGoal, double Weight, double Value);
}

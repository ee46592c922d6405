namespace Succesmeter.Social;

/// <summary>One quantity's spread among references, at knots of launch goal and of days since launch. Between knots the percentile is a bilinear mixture of the four around.</summary>
public sealed class ReferenceTable
{
    private readonly double[] _logGoals;
    private readonly double[] _days;
    private readonly ReferenceCell[] _cells;
    private readonly Func<double, double> _scale;

    /// <param name="name">An indicator, or <see cref="References.MeterOf"/> a set of them.</param>
    /// <param name="isLogarithmic">Between quantiles the percentile rises with log(1 + value) instead of the value.</param>
    /// <param name="goalsEuro">Knots, rising.</param>
    /// <param name="days">Knots, rising.</param>
    /// <param name="cells">Goal by goal, in each the days.</param>
    public ReferenceTable(string name, bool isLogarithmic, IReadOnlyList<double> goalsEuro, IReadOnlyList<double> days, IReadOnlyList<ReferenceCell> cells)
    {
        if (cells.Count != goalsEuro.Count * days.Count || cells.Count == 0)
            throw new FormatException($"Table '{name}' has {cells.Count} cells and must have {goalsEuro.Count} × {days.Count}.");

        Name = name;
        IsLogarithmic = isLogarithmic;
        GoalsEuro = goalsEuro;
        Days = days;
        Cells = cells;
        _logGoals = [.. goalsEuro.Select(g => Math.Log(g))];
        _days = [.. days];
        _cells = [.. cells];
        _scale = isLogarithmic ? value => Math.Log(1 + value) : value => value;
    }

    public string Name { get; }

    public bool IsLogarithmic { get; }

    public IReadOnlyList<double> GoalsEuro { get; }

    public IReadOnlyList<double> Days { get; }

    public IReadOnlyList<ReferenceCell> Cells { get; }

    /// <param name="value">Finite.</param>
    /// <param name="goalEuro">Above zero; outside the knots the nearest stands in.</param>
    /// <param name="days">The same.</param>
    /// <returns>Null when no reference is near.</returns>
    public Placement? Place(double value, double goalEuro, double days)
    {
        var (goal, goalPart) = Between(_logGoals, Math.Log(goalEuro));
        var (day, dayPart) = Between(_days, days);

        double share = 0, weight = 0, n = 0;
        Add(goal, day, (1 - goalPart) * (1 - dayPart));
        Add(goal, day + 1, (1 - goalPart) * dayPart);
        Add(goal + 1, day, goalPart * (1 - dayPart));
        Add(goal + 1, day + 1, goalPart * dayPart);
        return weight > 0 ? new Placement(100 * share / weight, n) : null;

        void Add(int goalKnot, int dayKnot, double w)
        {
            if (w <= 0)
                return;

            var cell = _cells[(goalKnot * _days.Length) + dayKnot];
            if (cell.Quantiles.Count == 0)
                return;

            share += w * cell.ShareBelow(value, _scale);
            weight += w;
            n += w * cell.N;
        }
    }

    private static (int Knot, double Part) Between(double[] knots, double x)
    {
        if (!(x > knots[0]))
            return (0, 0);
        if (x >= knots[^1])
            return (knots.Length - 1, 0);

        var knot = 0;
        while (x >= knots[knot + 1])
            knot++;
        return (knot, (x - knots[knot]) / (knots[knot + 1] - knots[knot]));
    }
}

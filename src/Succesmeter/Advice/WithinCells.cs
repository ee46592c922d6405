using Succesmeter.Social;

namespace Succesmeter.Advice;

/// <summary>The difference between two sides, taken within cells of what is alike.</summary>
internal static class WithinCells
{
    /// <param name="Cell">What is compared with each other.</param>
    /// <param name="Cluster">Whose it is: several rows of one campaign are no independent witnesses.</param>
    /// <param name="IsTreated">The side.</param>
    /// <param name="Outcome">What is compared.</param>
    /// <param name="Covariates">As many in each row; what is left of their differences within a cell is taken out, straight.</param>
    internal readonly record struct Row(long Cell, int Cluster, bool IsTreated, double Outcome, double[] Covariates);

    /// <summary>Rows of those cells that have both sides.</summary>
    public static List<Row> WithBothSides(IEnumerable<Row> rows) =>
        [.. rows.GroupBy(static row => row.Cell).Where(static cell => cell.Any(static row => row.IsTreated) && cell.Any(static row => !row.IsTreated)).SelectMany(static cell => cell)];

    /// <summary>
    /// Least squares with a level for each cell, by partialling out (Frisch and Waugh 1933); 90 % by the cluster-robust variance with its usual correction (Cameron and Miller 2015,
    /// Journal of Human Resources 50(2), section II) and Student's t.
    /// </summary>
    /// <param name="rows">Of cells with both sides.</param>
    /// <param name="freedom">Degrees of freedom; the fewer clusters of the two sides less one, since the rarer side carries the uncertainty (section VI of the same).</param>
    /// <returns>Null where nothing is left to compare.</returns>
    public static (double Difference, double Low, double High)? Difference(IReadOnlyList<Row> rows, int freedom)
    {
        if (rows.Count == 0 || freedom < 1)
            return null;

        var cells = rows.Select(static (row, at) => (row.Cell, at)).GroupBy(static row => row.Cell, static row => row.at).Select(static cell => cell.ToArray()).ToList();
        var outcome = Centred(rows.Select(static row => row.Outcome), cells);
        var treated = Centred(rows.Select(static row => row.IsTreated ? 1.0 : 0), cells);
        var directions = new List<double[]>();
        for (var covariate = 0; covariate < rows[0].Covariates.Length; covariate++)
        {
            var at = covariate;
            var direction = Centred(rows.Select(row => row.Covariates[at]), cells);
            var before = Dot(direction, direction);
            foreach (var known in directions)
                Remove(known, direction);

            // What the others say already is no further direction, only rounding.
            if (Dot(direction, direction) > Negligible * before)
                directions.Add(direction);
        }

        var sides = Dot(treated, treated);
        foreach (var direction in directions)
        {
            Remove(direction, outcome);
            Remove(direction, treated);
        }

        var spread = Dot(treated, treated);
        var clusters = rows.Select(static row => row.Cluster).Distinct().Count();
        var free = rows.Count - cells.Count - directions.Count - 1;
        if (!(spread > Negligible * sides) || clusters < 2 || free < 1)
            return null;

        var difference = Dot(treated, outcome) / spread;
        var scores = new Dictionary<int, double>();
        for (var at = 0; at < rows.Count; at++)
            scores[rows[at].Cluster] = scores.GetValueOrDefault(rows[at].Cluster) + (treated[at] * (outcome[at] - (difference * treated[at])));

        // Levels of cells are counted as fitted, although many of them lie within one cluster: too wide rather than too narrow.
        var correction = clusters / (clusters - 1.0) * (rows.Count - 1.0) / free;
        var margin = TwoSided90(freedom) * Math.Sqrt(correction * scores.Values.Sum(static score => score * score)) / spread;
        return (difference, difference - margin, difference + margin);
    }

    /// <summary>The 95 % quantile of Student's t, by its tail: P(|T| &gt; t) = I(ν/(ν + t²); ν/2, ½) (Abramowitz and Stegun 26.7.1).</summary>
    internal static double TwoSided90(int freedom)
    {
        const double Outside = 0.1;
        double low = 0, high = 1;
        for (var step = 0; step < 100; step++)
        {
            var middle = (low + high) / 2;
            if (JeffreysInterval.Cumulative(middle, freedom / 2.0, 0.5) < Outside)
                low = middle;
            else
                high = middle;
        }

        return Math.Sqrt(freedom * (1 - high) / high);
    }

    private static double[] Centred(IEnumerable<double> values, List<int[]> cells)
    {
        var centred = values.ToArray();
        foreach (var cell in cells)
        {
            var mean = cell.Average(at => centred[at]);
            foreach (var at in cell)
                centred[at] -= mean;
        }

        return centred;
    }

    private static void Remove(double[] direction, double[] from)
    {
        var part = Dot(direction, from) / Dot(direction, direction);
        for (var at = 0; at < from.Length; at++)
            from[at] -= part * direction[at];
    }

    private static double Dot(double[] one, double[] other)
    {
        var sum = 0.0;
        for (var at = 0; at < one.Length; at++)
            sum += one[at] * other[at];
        return sum;
    }

    private const double Negligible = 1e-9;
}

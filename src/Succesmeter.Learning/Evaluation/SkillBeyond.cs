using Succesmeter.Forecasts;
using Succesmeter.Social;

namespace Succesmeter.Learning.Evaluation;

/// <summary>
/// What a forecast adds to a baseline that is told how the campaign ended (docs/preregistration.md): least squares on the known columns alone against the same with one column more, fitted to
/// earlier campaigns, judged on later ones.
/// </summary>
/// <param name="Fitted">Campaigns of the first part.</param>
/// <param name="Judged">Of the second.</param>
/// <param name="Skill">1 − loss with the forecast ÷ loss without, squared error, with its bootstrap interval; null where nothing varies.</param>
/// <param name="PartialRank">Spearman's partial correlation of forecast and target on the second part, given the known.</param>
internal sealed record SkillBeyond(int Fitted, int Judged, PairedDifference? Skill, double PartialRank)
{
    private const int Draws = 2000;
    private const double Ridge = 1;

    /// <param name="target">In order of launch.</param>
    /// <param name="forecast">Made without the target.</param>
    /// <param name="known">Columns of the baseline.</param>
    /// <param name="fitted">So many come first and are fitted to.</param>
    /// <param name="seed">Of the bootstrap.</param>
    public static SkillBeyond Of(double[] target, double[] forecast, IReadOnlyList<double[]> known, int fitted, int seed)
    {
        var without = Losses(target, known, fitted);
        var with = Losses(target, [.. known, forecast], fitted);
        var judged = target.Length - fitted;
        var partial = judged < 3 ? double.NaN : RankCorrelation.Partial(forecast[fitted..], target[fitted..], [.. known.Select(column => column[fitted..])]);
        if (!(without.Sum() > 0))
            return new SkillBeyond(fitted, judged, null, partial);

        var dice = new Random(seed);
        var skills = new double[Draws];
        for (var draw = 0; draw < Draws; draw++)
        {
            var (a, b) = (0.0, 0.0);
            for (var at = 0; at < judged; at++)
            {
                var one = dice.Next(judged);
                (a, b) = (a + with[one], b + without[one]);
            }

            skills[draw] = 1 - (a / Math.Max(b, double.Epsilon));
        }

        Array.Sort(skills);
        return new SkillBeyond(fitted, judged, new PairedDifference(1 - (with.Sum() / without.Sum()), skills[(int)(0.025 * Draws)], skills[(int)(0.975 * Draws)]), partial);
    }

    /// <summary>Squared errors on the second part of a ridge on columns standardised by the first.</summary>
    private static double[] Losses(double[] target, IReadOnlyList<double[]> columns, int fitted)
    {
        var standard = columns.Select(column => Standardised(column, fitted)).ToArray();
        var mean = target.Take(fitted).Average();
        var k = columns.Count;
        var normal = new double[k, k + 1];
        for (var i = 0; i < k; i++)
        {
            for (var j = 0; j < k; j++)
                for (var at = 0; at < fitted; at++)
                    normal[i, j] += standard[i][at] * standard[j][at];
            normal[i, i] += Ridge;
            for (var at = 0; at < fitted; at++)
                normal[i, k] += standard[i][at] * (target[at] - mean);
        }

        var weights = Solved(normal);
        var losses = new double[target.Length - fitted];
        for (var at = fitted; at < target.Length; at++)
        {
            var said = mean;
            for (var i = 0; i < k; i++)
                said += weights[i] * standard[i][at];
            losses[at - fitted] = (target[at] - said) * (target[at] - said);
        }

        return losses;
    }

    private static double[] Standardised(double[] column, int fitted)
    {
        var mean = column.Take(fitted).Average();
        var spread = Math.Sqrt(column.Take(fitted).Average(value => (value - mean) * (value - mean)));
        return [.. column.Select(value => spread > 0 ? (value - mean) / spread : 0)];
    }

    /// <summary>Gauss's elimination; the ridge keeps every pivot above zero.</summary>
    private static double[] Solved(double[,] normal)
    {
        var k = normal.GetLength(0);
        for (var pivot = 0; pivot < k; pivot++)
            for (var row = 0; row < k; row++)
            {
                if (row == pivot)
                    continue;
                var share = normal[row, pivot] / normal[pivot, pivot];
                for (var column = pivot; column <= k; column++)
                    normal[row, column] -= share * normal[pivot, column];
            }

        return [.. Enumerable.Range(0, k).Select(at => normal[at, k] / normal[at, at])];
    }
}

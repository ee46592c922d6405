namespace Succesmeter.Ratings;

/// <summary>
/// Strengths behind paired comparisons (Bradley and Terry 1952, Biometrika 39), with ties by Davidson 1970 (Journal of the American Statistical Association 65, equation 2.3): of two campaigns with strengths a and b, as logarithms,
/// the first is called better with probability e^((a−b)/2)/Z, the second with e^((b−a)/2)/Z, and neither with ν/Z, where Z is the sum of the three.
/// </summary>
/// <remarks>
/// Fitted by minorisation and maximisation (Hunter 2004, Annals of Statistics 32(1), section 2 and, for ties, the construction of section 4), which is sure and slow where campaigns hang together by few comparisons; up to
/// <see cref="MostForInterval"/> campaigns Newton's steps finish what it began. The prior is <see cref="PriorComparisons"/> made-up comparison of each campaign with one of
/// strength 0, half won and half lost, and one between equals of which half was a tie: a campaign that was never beaten stays finite, and so does ν.
/// </remarks>
public sealed class BradleyTerry
{
    /// <summary>What the prior weighs, in comparisons a campaign.</summary>
    public const double PriorComparisons = 1;

    /// <summary>Above so many campaigns no interval is given: it takes the inverse of a matrix of that size.</summary>
    public const int MostForInterval = 400;

    /// <summary>Of a normal distribution, 90 % lie within so many standard errors.</summary>
    private const double Within90 = 1.6449;

    private const int MostRounds = 20_000, RoundsBeforeNewton = 200, MostNewtonSteps = 100, MostHalvings = 40;
    private const double Settled = 1e-10;

    private BradleyTerry(IReadOnlyList<Strength> strengths, double ties)
    {
        Strengths = strengths;
        Ties = ties;
    }

    /// <summary>In order of the campaigns' names; they sum to zero.</summary>
    public IReadOnlyList<Strength> Strengths { get; }

    /// <summary>Davidson's ν: two equals are called equal with probability ν/(2 + ν).</summary>
    public double Ties { get; }

    /// <param name="ratings">In any order. Those of one coach on many pairs count as independent.</param>
    public static BradleyTerry Of(IEnumerable<Rating> ratings)
    {
        var words = ratings.ToList();
        var names = words.SelectMany(static rating => new[] { rating.Left, rating.Right }).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        var place = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var at = 0; at < names.Length; at++)
            place[names[at]] = at;

        var pairs = words
            .GroupBy(static rating => rating.Pair)
            .Select(group => new Compared(place[group.Key.First], place[group.Key.Second], group.Count()))
            .OrderBy(static pair => (pair.First, pair.Second))
            .ToArray();
        var points = new double[names.Length];
        double tied = 0;
        foreach (var rating in words)
        {
            points[place[rating.Pair.First]] += (1 + rating.Word) / 2.0;
            points[place[rating.Pair.Second]] += (1 - rating.Word) / 2.0;
            tied += rating.Word == 0 ? 1 : 0;
        }

        var isSmall = names.Length is > 0 and <= MostForInterval;
        var (strengths, ties) = Fit(points, tied, pairs, isSmall ? RoundsBeforeNewton : MostRounds);
        if (isSmall)
            (strengths, ties) = Finished(strengths, ties, points, tied, pairs);
        var errors = isSmall ? Errors(strengths, ties, pairs) : null;
        var mean = names.Length == 0 ? 0 : strengths.Average();
        return new BradleyTerry(
            [.. names.Select((name, at) => new Strength(
                name,
                strengths[at] - mean,
                errors is null ? null : strengths[at] - mean - (Within90 * errors[at]),
                errors is null ? null : strengths[at] - mean + (Within90 * errors[at]),
                words.Count(rating => rating.Left == name || rating.Right == name),
                words.Where(rating => rating.Left == name || rating.Right == name).Select(static rating => rating.Rater).Distinct().Count()))],
            ties);
    }

    private static (double[] Strengths, double Ties) Fit(double[] points, double tied, Compared[] pairs, int rounds)
    {
        const double half = PriorComparisons / 2;
        var worth = new double[points.Length];
        Array.Fill(worth, 1);
        var roots = new double[points.Length];
        var weights = new double[points.Length];
        double ties = 1;
        for (var round = 0; round < rounds; round++)
        {
            for (var at = 0; at < worth.Length; at++)
            {
                roots[at] = Math.Sqrt(worth[at]);
                weights[at] = PriorComparisons / (worth[at] + 1);
            }

            foreach (var (first, second, count) in pairs)
            {
                // √(πᵢπⱼ) lies under ½(πᵢ·√(πⱼ/πᵢ) + πⱼ·√(πᵢ/πⱼ)) with the square roots of the last round, which frees the two from each other.
                var share = count / (worth[first] + worth[second] + (ties * roots[first] * roots[second]));
                weights[first] += share * (1 + (ties / 2 * roots[second] / roots[first]));
                weights[second] += share * (1 + (ties / 2 * roots[first] / roots[second]));
            }

            var moved = 0.0;
            for (var at = 0; at < worth.Length; at++)
            {
                var next = (points[at] + half) / weights[at];
                moved = Math.Max(moved, Math.Abs(Math.Log(next / worth[at])));
                worth[at] = next;
            }

            // ν takes its step after the strengths took theirs: both at once need not go uphill.
            var tieWeight = 1 / (2 + ties);
            foreach (var (first, second, count) in pairs)
            {
                var both = Math.Sqrt(worth[first] * worth[second]);
                tieWeight += count * both / (worth[first] + worth[second] + (ties * both));
            }

            var nextTies = (tied + 0.5) / tieWeight;
            moved = Math.Max(moved, Math.Abs(Math.Log(nextTies / ties)));
            ties = nextTies;
            if (moved < Settled)
                break;
        }

        return (Array.ConvertAll(worth, static value => Math.Log(value)), ties);
    }

    /// <summary>Newton's steps, halved until the likelihood grows: it is concave in the strengths and ln ν, so there is one summit.</summary>
    private static (double[] Strengths, double Ties) Finished(double[] strengths, double ties, double[] points, double tied, Compared[] pairs)
    {
        double[] at = [.. strengths, Math.Log(ties)];
        var height = LogLikelihood(at, points, tied, pairs);
        for (var step = 0; step < MostNewtonSteps; step++)
        {
            var slope = Slope(at, points, tied, pairs);
            var move = Array.ConvertAll(Inverse(Information(at, pairs)), row => row.Zip(slope, static (one, other) => one * other).Sum());
            var share = 1.0;
            for (var halving = 0; halving < MostHalvings; halving++, share /= 2)
            {
                double[] next = [.. at.Zip(move, (from, by) => from + (share * by))];
                var higher = LogLikelihood(next, points, tied, pairs);
                if (higher < height)
                    continue;

                (at, height) = (next, higher);
                break;
            }

            if (move.Max(static by => Math.Abs(by)) < Settled)
                break;
        }

        return (at[..^1], Math.Exp(at[^1]));
    }

    /// <param name="at">The strengths, then ln ν.</param>
    private static double LogLikelihood(double[] at, double[] points, double tied, Compared[] pairs)
    {
        var ties = Math.Exp(at[^1]);
        var sum = ((tied + 0.5) * at[^1]) - Math.Log(2 + ties);
        for (var campaign = 0; campaign < points.Length; campaign++)
            sum += ((points[campaign] + (PriorComparisons / 2)) * at[campaign]) - (PriorComparisons * SoftPlus(at[campaign]));
        foreach (var (first, second, count) in pairs)
        {
            var size = Math.Abs(at[first] - at[second]) / 2;
            sum -= count * (((at[first] + at[second]) / 2) + size + Math.Log(1 + Math.Exp(-2 * size) + (ties * Math.Exp(-size))));
        }

        return sum;
    }

    private static double[] Slope(double[] at, double[] points, double tied, Compared[] pairs)
    {
        var ties = Math.Exp(at[^1]);
        var slope = new double[at.Length];
        for (var campaign = 0; campaign < points.Length; campaign++)
            slope[campaign] = points[campaign] + (PriorComparisons / 2) - (PriorComparisons * Chance(at[campaign]));
        slope[^1] = tied + 0.5 - (ties / (2 + ties));
        foreach (var (first, second, count) in pairs)
        {
            var (win, loss, tie) = Chances(at[first] - at[second], ties);
            slope[first] -= count * (win + (tie / 2));
            slope[second] -= count * (loss + (tie / 2));
            slope[^1] -= count * tie;
        }

        return slope;
    }

    /// <summary>Of the strengths less their mean.</summary>
    private static double[] Errors(double[] strengths, double ties, Compared[] pairs)
    {
        var count = strengths.Length;
        var covariance = Inverse(Information([.. strengths, Math.Log(ties)], pairs));
        var means = new double[count];
        for (var row = 0; row < count; row++)
            means[row] = covariance[row][..count].Average();
        var all = means.Average();
        return [.. Enumerable.Range(0, count).Select(at => Math.Sqrt(Math.Max(0, covariance[at][at] - (2 * means[at]) + all)))];
    }

    /// <summary>
    /// Minus the second derivatives, ln ν the last of the parameters. Each comparison is of an exponential family, so these are variances and covariances of ±½ for a win and 1 for a tie.
    /// </summary>
    private static double[][] Information(double[] at, Compared[] pairs)
    {
        var last = at.Length - 1;
        var ties = Math.Exp(at[last]);
        var information = new double[at.Length][];
        for (var row = 0; row <= last; row++)
            information[row] = new double[at.Length];
        foreach (var (first, second, times) in pairs)
        {
            var (win, loss, tie) = Chances(at[first] - at[second], ties);
            var spread = times * (((win + loss) / 4) - ((win - loss) * (win - loss) / 4));
            information[first][first] += spread;
            information[second][second] += spread;
            information[first][second] -= spread;
            information[second][first] -= spread;

            var with = -times * (win - loss) / 2 * tie;
            information[first][last] += with;
            information[last][first] += with;
            information[second][last] -= with;
            information[last][second] -= with;
            information[last][last] += times * tie * (1 - tie);
        }

        for (var campaign = 0; campaign < last; campaign++)
            information[campaign][campaign] += PriorComparisons * Chance(at[campaign]) * Chance(-at[campaign]);

        var equals = ties / (2 + ties);
        information[last][last] += equals * (1 - equals);
        return information;
    }

    /// <remarks>Neither branch overflows.</remarks>
    private static double SoftPlus(double value) => Math.Max(value, 0) + Math.Log(1 + Math.Exp(-Math.Abs(value)));

    /// <summary>That a campaign of this strength beats one of strength 0 where there are no ties.</summary>
    private static double Chance(double strength) => strength >= 0 ? 1 / (1 + Math.Exp(-strength)) : Math.Exp(strength) / (1 + Math.Exp(strength));

    /// <remarks>The larger of the two exponents is taken out, so that neither overflows.</remarks>
    private static (double Win, double Loss, double Tie) Chances(double difference, double ties)
    {
        var size = Math.Abs(difference) / 2;
        double larger = 1, smaller = Math.Exp(-2 * size), neither = ties * Math.Exp(-size), sum = larger + smaller + neither;
        return difference >= 0 ? (larger / sum, smaller / sum, neither / sum) : (smaller / sum, larger / sum, neither / sum);
    }

    /// <summary>Of a symmetric positive definite matrix, by the factor L of LLᵀ (Cholesky): the inverse is L⁻ᵀL⁻¹.</summary>
    private static double[][] Inverse(double[][] matrix)
    {
        var size = matrix.Length;
        var factor = new double[size][];
        for (var row = 0; row < size; row++)
        {
            factor[row] = new double[row + 1];
            for (var column = 0; column <= row; column++)
            {
                var left = matrix[row][column];
                for (var at = 0; at < column; at++)
                    left -= factor[row][at] * factor[column][at];
                factor[row][column] = row == column ? Math.Sqrt(left) : left / factor[column][column];
            }
        }

        var inverse = new double[size][];
        for (var column = 0; column < size; column++)
        {
            var solved = new double[size];
            for (var row = column; row < size; row++)
            {
                var left = row == column ? 1.0 : 0;
                for (var at = column; at < row; at++)
                    left -= factor[row][at] * solved[at];
                solved[row] = left / factor[row][row];
            }

            for (var row = size - 1; row >= 0; row--)
            {
                var left = solved[row];
                for (var at = row + 1; at < size; at++)
                    left -= factor[at][row] * solved[at];
                solved[row] = left / factor[row][row];
            }

            inverse[column] = solved;
        }

        return inverse;
    }

    private readonly record struct Compared(int First, int Second, int Count);
}

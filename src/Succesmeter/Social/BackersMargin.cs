namespace Succesmeter.Social;

/// <summary>What is added to three quantiles of growth so that they hold on campaigns that the trees had not seen (conformalised quantile regression: Romano, Patterson and Candès 2019).</summary>
/// <param name="Low">To the tenth percentile; in natural logarithms, like the growth.</param>
/// <param name="Middle">To the median.</param>
/// <param name="High">To the ninetieth.</param>
public readonly record struct BackersMargin(double Low, double Middle, double High)
{
    internal static BackersMargin Sum(BackersMargin one, BackersMargin other) => new(one.Low + other.Low, one.Middle + other.Middle, one.High + other.High);

    /// <summary>The margins that put a tenth of what came below the low quantile, half below the middle, nine tenths below or at the high one.</summary>
    /// <param name="misses">What came less what the trees said, each with its weight, above zero; at least one.</param>
    public static BackersMargin Of(IReadOnlyCollection<(double Low, double Middle, double High, double Weight)> misses)
    {
        return new BackersMargin(
            Quantile([.. misses.Select(static miss => (miss.Low, miss.Weight))], 0.1),
            Quantile([.. misses.Select(static miss => (miss.Middle, miss.Weight))], 0.5),
            Quantile([.. misses.Select(static miss => (miss.High, miss.Weight))], 0.9));

        // The lower quantile is taken from above: what equals it counts as covered, at both ends.
        static double Quantile((double Value, double Weight)[] values, double share)
        {
            Array.Sort(values, static (one, other) => one.Value.CompareTo(other.Value));
            var whole = values.Sum(static value => value.Weight);
            var sum = 0.0;
            foreach (var (value, weight) in values)
            {
                sum += weight;
                if (sum >= share * whole)
                    return value;
            }

            return values[^1].Value;
        }
    }
}

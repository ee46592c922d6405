using Succesmeter.Networks;
using Succesmeter.Social;

namespace Succesmeter.Ratings;

/// <summary>Whether coaches who compared the same two campaigns said the same.</summary>
/// <param name="Pairs">Compared by two coaches or more.</param>
/// <param name="Ratings">Of these pairs.</param>
public sealed record Agreement(int Pairs, int Ratings)
{
    /// <summary>Fewer pairs give no interval of α: a bootstrap of a handful shows the handful.</summary>
    public const int FewestForInterval = 10;

    private const int Draws = 2000;
    private const ulong Seed = 1;

    /// <summary>Of two coaches on one pair, drawn at random from a random pair, the share of times they say the same; null without pairs.</summary>
    public double? Alike { get; init; }

    /// <summary>90 % of <see cref="Alike"/>, Jeffreys' interval with pairs as trials.</summary>
    public (double Low, double High)? AlikeInterval { get; init; }

    /// <summary><see cref="KrippendorffAlpha"/> over better, equal, worse; null where nothing varies.</summary>
    public double? Alpha { get; init; }

    /// <summary>90 %: percentiles of 2,000 seeded draws of pairs with replacement.</summary>
    public (double Low, double High)? AlphaInterval { get; init; }

    /// <remarks>Which campaign of a pair comes first means nothing, so each pair stands in α together with its mirror image.</remarks>
    public static Agreement Of(IEnumerable<Rating> ratings)
    {
        var units = ratings
            .GroupBy(static rating => rating.Pair)
            .Select(static pair => (pair.Key, Words: pair.GroupBy(static rating => rating.Rater).Select(static own => (double)own.MaxBy(static rating => rating.At)!.Word).ToArray()))
            .Where(static pair => pair.Words.Length > 1)
            .OrderBy(static pair => pair.Key.First, StringComparer.Ordinal)
            .ThenBy(static pair => pair.Key.Second, StringComparer.Ordinal)
            .Select(static pair => pair.Words)
            .ToArray();
        var agreement = new Agreement(units.Length, units.Sum(static words => words.Length));
        if (units.Length == 0)
            return agreement;

        var alike = units.Average(SameShare);
        var parts = Array.ConvertAll(units, static words => KrippendorffAlpha.OfUnit(words) + KrippendorffAlpha.OfUnit(Array.ConvertAll(words, static word => -word)));
        return agreement with
        {
            Alike = alike,
            AlikeInterval = JeffreysInterval.Of(alike * units.Length, units.Length),
            Alpha = parts.Aggregate(static (one, other) => one + other).Value,
            AlphaInterval = parts.Length < FewestForInterval ? null : Bootstrapped(parts),
        };
    }

    private static double SameShare(double[] words)
    {
        var same = words.GroupBy(static word => word).Sum(static group => group.Count() * (group.Count() - 1));
        return (double)same / (words.Length * (words.Length - 1));
    }

    private static (double Low, double High)? Bootstrapped(KrippendorffAlpha[] parts)
    {
        var dice = new Dice(Seed);
        var values = new List<double>(Draws);
        for (var draw = 0; draw < Draws; draw++)
        {
            var drawn = default(KrippendorffAlpha);
            for (var at = 0; at < parts.Length; at++)
                drawn += parts[dice.Next(parts.Length)];
            if (drawn.Value is { } value)
                values.Add(value);
        }

        if (values.Count < Draws / 2)
            return null;

        values.Sort();
        return (values[(int)(0.05 * (values.Count - 1))], values[(int)Math.Ceiling(0.95 * (values.Count - 1))]);
    }
}

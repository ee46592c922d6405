using System.Collections.Immutable;

namespace Succesmeter.Features;

/// <summary>What campaigns of one platform usually ask for: medians over those that are over, as decimal logarithms of euros.</summary>
/// <param name="All">Null while fewer than <see cref="Fewest"/> are known.</param>
/// <param name="ByCategory">Of categories with at least <see cref="Fewest"/>.</param>
public sealed record UsualGoals(double? All, ImmutableSortedDictionary<string, double> ByCategory)
{
    /// <summary>A median of fewer moves too much with each campaign that ends.</summary>
    public const int Fewest = 10;

    private const int Digits = 3;

    public static UsualGoals Unknown { get; } = new(null, ImmutableSortedDictionary<string, double>.Empty);

    /// <param name="goals">Finished campaigns whose goal can be sized.</param>
    public static UsualGoals Of(IEnumerable<(double Log10Euros, string? Category)> goals)
    {
        var known = goals.ToList();
        return new UsualGoals(
            Median([.. known.Select(static goal => goal.Log10Euros)]),
            known.Where(static goal => goal.Category is not null).GroupBy(static goal => goal.Category!, StringComparer.Ordinal)
                .Select(static group => (group.Key, Median: Median([.. group.Select(static goal => goal.Log10Euros)])))
                .Where(static group => group.Median is not null)
                .ToImmutableSortedDictionary(static group => group.Key, static group => group.Median!.Value, StringComparer.Ordinal));
    }

    public double? Of(string? category) => category is not null && ByCategory.TryGetValue(category, out var usual) ? usual : null;

    private static double? Median(double[] values)
    {
        if (values.Length < Fewest)
            return null;

        Array.Sort(values);
        return Math.Round((values[(values.Length - 1) / 2] + values[values.Length / 2]) / 2, Digits);
    }
}

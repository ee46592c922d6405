using System.Collections.Immutable;

namespace Succesmeter.Reports;

/// <summary>
/// Which counts of a year are hidden: those under five, and as many others as it takes that no hidden one can be worked out from what is shown (secondary suppression,
/// Cox 1980, J. Am. Stat. Assoc. 75(370); docs/report.md has the argument). To somebody who knows every figure shown, each hidden count has at least five possible values.
/// </summary>
/// <remarks>
/// A part shows all four quarters or none. So the hidden quarters of the parts of one whole are a full table with known margins, and what can be known of its cells are
/// Fréchet's bounds: a cell has a range of min(R, C, N − R, N − C) with its row's sum R, its column's C and all N. Other patterns would need linear programs to judge.
/// </remarks>
internal static class HiddenCounts
{
    /// <summary>Fewer are not shown; and so wide is the range that is left to whoever calculates.</summary>
    public const int Least = 5;

    public static IReadOnlyDictionary<CountNode, ShownCells> Of(CountNode root)
    {
        var shown = new Dictionary<CountNode, ShownCells>();
        var year = root.Year >= Least && root.Within?.Year != false;
        shown[root] = new ShownCells(year, RootQuarters(root, year));
        Divide(root, shown);
        return shown;
    }

    /// <summary>Of a year that is not over there are its quarters alone, and nothing that adds them up.</summary>
    public static ImmutableArray<bool> Running(ImmutableArray<int> quarters) => [.. quarters.Select(static count => count >= Least)];

    private static ImmutableArray<bool> RootQuarters(CountNode root, bool isYearShown)
    {
        var shown = root.Quarters.Select((count, quarter) => count >= Least && root.Within?.Quarters[quarter] != false).ToArray();
        while (isYearShown && shown.Contains(false) && shown.Contains(true) && !AreSafe())
            shown[Enumerable.Range(0, 4).Where(quarter => shown[quarter]).MinBy(quarter => root.Quarters[quarter])] = false;
        return [.. shown];

        bool AreSafe() => shown.Count(static one => !one) >= 2 && root.Quarters.Where((_, quarter) => !shown[quarter]).Sum() >= Least;
    }

    private static void Divide(CountNode whole, Dictionary<CountNode, ShownCells> shown)
    {
        if (whole.Parts.Count == 0)
            return;

        var own = shown[whole];
        var years = whole.Parts.Where(part => own.Year && part.Year >= Least && part.Within?.Year != false).ToHashSet();
        while (own.Year && years.Count is > 0 and var many && many < whole.Parts.Count && !AreYearsSafe())
            years.Remove(Smallest(years));

        // Where the whole hides a quarter, what its parts show of quarters could add up to it.
        var quarters = years.Where(part => own.HasAllQuarters && part.Quarters.All(static count => count >= Least) && part.Within?.HasAllQuarters != false)
            .ToHashSet();
        while (quarters.Count is > 0 and var some && some < whole.Parts.Count && !AreQuartersSafe())
            quarters.Remove(Smallest(quarters));

        foreach (var part in whole.Parts)
            shown[part] = quarters.Contains(part) ? new ShownCells(true, [true, true, true, true]) : ShownCells.None with { Year = years.Contains(part) };
        foreach (var part in whole.Parts)
            Divide(part, shown);

        bool AreYearsSafe()
        {
            var hidden = whole.Parts.Where(part => !years.Contains(part)).ToList();
            return hidden.Count >= 2 && hidden.Sum(static part => part.Year) >= Least;
        }

        bool AreQuartersSafe()
        {
            var hidden = whole.Parts.Where(part => !quarters.Contains(part)).ToList();
            var all = hidden.Sum(static part => part.Year);
            var columns = Enumerable.Range(0, 4).Select(quarter => hidden.Sum(part => part.Quarters[quarter])).ToList();
            var rows = hidden.Where(years.Contains).Select(static part => part.Year).ToList();
            if (hidden.Count < 2 || columns.Exists(static sum => sum < Least))
                return false;

            // Rows whose year is hidden too are safe between themselves: of years it is known that there are two or more, with five or more together.
            return rows.TrueForAll(sum => all - sum >= Least) && (rows.Count == 0 || columns.TrueForAll(sum => all - sum >= Least));
        }
    }

    private static CountNode Smallest(IEnumerable<CountNode> of) => of.MinBy(static node => (node.Year, node.Key), Comparer<(int Year, string Key)>.Create(
        static (one, other) => one.Year != other.Year ? one.Year.CompareTo(other.Year) : string.CompareOrdinal(one.Key, other.Key)))!;
}

using System.Collections.Immutable;

namespace Succesmeter.Reports;

/// <summary>A count of one year by quarters, and the counts that add up to it.</summary>
/// <param name="key">Among its siblings.</param>
/// <param name="quarters">Four, none negative.</param>
/// <param name="parts">Empty, or in each quarter together as many as this.</param>
internal sealed class CountNode(string key, ImmutableArray<int> quarters, IReadOnlyList<CountNode>? parts = null)
{
    public string Key { get; } = key;

    public ImmutableArray<int> Quarters { get; } = quarters;

    public int Year { get; } = quarters.Sum();

    public IReadOnlyList<CountNode> Parts { get; } = parts ?? [];

    /// <summary>Where another count of the same row is hidden, this one is as well; null = nowhere.</summary>
    public ShownCells? Within { get; init; }

    /// <summary>A node whose quarters are the sums of its parts'.</summary>
    public static CountNode Of(string key, IReadOnlyList<CountNode> parts) =>
        new(key, [.. Enumerable.Range(0, 4).Select(quarter => parts.Sum(part => part.Quarters[quarter]))], parts);
}

/// <summary>Which figures of a row may be shown.</summary>
/// <param name="Quarters">Four.</param>
internal sealed record ShownCells(bool Year, ImmutableArray<bool> Quarters)
{
    public static readonly ShownCells None = new(false, [false, false, false, false]);

    public bool HasAllQuarters => Quarters.All(static shown => shown);
}

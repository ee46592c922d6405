namespace Succesmeter.Networks;

/// <summary>What became of communities between two times. Numbers are those of the partitions, earlier then later.</summary>
/// <param name="Continued">One became one.</param>
/// <param name="Merged">Several became one.</param>
/// <param name="Split">One became several.</param>
/// <param name="Born">Later ones like none before.</param>
/// <param name="Gone">Earlier ones like none after.</param>
public sealed record CommunityChanges(
    IReadOnlyList<(int Before, int After)> Continued,
    IReadOnlyList<(IReadOnlyList<int> Before, int After)> Merged,
    IReadOnlyList<(int Before, IReadOnlyList<int> After)> Split,
    IReadOnlyList<int> Born,
    IReadOnlyList<int> Gone)
{
    /// <summary>Two communities are alike when they share so much of their union (Greene, Doyle and Cunningham 2010, ASONAM, section III: .3 finds what was planted).</summary>
    public const double LeastJaccard = 0.3;

    /// <summary>Smaller ones come and go by chance, and would point at people.</summary>
    public const int FewestMembers = SmallNumbers.LeastIdentified;

    /// <param name="before">Labels of the same vertices as <paramref name="after"/>; negative = not there.</param>
    /// <param name="after">A vertex that is there at one time only belongs to the union all the same.</param>
    public static CommunityChanges Between(ReadOnlySpan<int> before, ReadOnlySpan<int> after)
    {
        var (sizeBefore, sizeAfter) = (Sizes(before), Sizes(after));
        var shared = new SortedDictionary<(int Before, int After), int>();
        for (var vertex = 0; vertex < before.Length; vertex++)
            if (before[vertex] >= 0 && after[vertex] >= 0)
                shared[(before[vertex], after[vertex])] = shared.GetValueOrDefault((before[vertex], after[vertex])) + 1;

        var alike = shared
            .Where(pair => sizeBefore[pair.Key.Before] >= FewestMembers && sizeAfter[pair.Key.After] >= FewestMembers)
            .Where(pair => pair.Value >= LeastJaccard * (sizeBefore[pair.Key.Before] + sizeAfter[pair.Key.After] - pair.Value))
            .Select(static pair => pair.Key)
            .ToList();
        var toAfter = alike.ToLookup(static pair => pair.After, static pair => pair.Before);
        var toBefore = alike.ToLookup(static pair => pair.Before, static pair => pair.After);
        return new CommunityChanges(
            [.. alike.Where(pair => toAfter[pair.After].Count() == 1 && toBefore[pair.Before].Count() == 1)],
            [.. toAfter.Where(static group => group.Count() > 1).Select(static group => ((IReadOnlyList<int>)[.. group], group.Key))],
            [.. toBefore.Where(static group => group.Count() > 1).Select(static group => (group.Key, (IReadOnlyList<int>)[.. group]))],
            [.. Unlike(sizeAfter, toAfter)],
            [.. Unlike(sizeBefore, toBefore)]);

        static IEnumerable<int> Unlike(int[] sizes, ILookup<int, int> alike) =>
            Enumerable.Range(0, sizes.Length).Where(community => sizes[community] >= FewestMembers && !alike.Contains(community));
    }

    private static int[] Sizes(ReadOnlySpan<int> labels)
    {
        var sizes = new int[labels.Length];
        foreach (var label in labels)
            if (label >= 0)
                sizes[label]++;
        return sizes;
    }
}

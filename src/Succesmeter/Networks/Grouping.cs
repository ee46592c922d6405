namespace Succesmeter.Networks;

/// <summary>The members of each group, by a counting sort.</summary>
internal readonly struct Grouping
{
    private readonly int[] starts;
    private readonly int[] members;

    /// <param name="groupOf">Of each item its group; negative = none.</param>
    public Grouping(ReadOnlySpan<int> groupOf, int groups)
    {
        starts = new int[groups + 1];
        foreach (var group in groupOf)
            if (group >= 0)
                starts[group + 1]++;
        for (var group = 0; group < groups; group++)
            starts[group + 1] += starts[group];

        var next = starts.AsSpan(0, groups).ToArray();
        members = new int[starts[groups]];
        for (var item = 0; item < groupOf.Length; item++)
            if (groupOf[item] >= 0)
                members[next[groupOf[item]]++] = item;
    }

    public Span<int> this[int group] => members.AsSpan(starts[group]..starts[group + 1]);
}

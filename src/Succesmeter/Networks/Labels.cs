namespace Succesmeter.Networks;

/// <summary>Community numbers: what matters is only which are equal.</summary>
internal static class Labels
{
    /// <summary>The same partition numbered from 0 in the order of first appearance; negative ones stay −1.</summary>
    public static (int[] Labels, int Count) Dense(ReadOnlySpan<int> labels)
    {
        var largest = -1;
        foreach (var label in labels)
            largest = Math.Max(largest, label);

        var renamed = new int[largest + 1];
        var dense = new int[labels.Length];
        var count = 0;
        for (var i = 0; i < labels.Length; i++)
        {
            if (labels[i] < 0)
            {
                dense[i] = -1;
                continue;
            }

            ref var name = ref renamed[labels[i]];
            if (name == 0)
                name = ++count;
            dense[i] = name - 1;
        }

        return (dense, count);
    }
}

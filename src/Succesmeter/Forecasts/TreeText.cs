using System.Collections.Immutable;
using System.Globalization;

namespace Succesmeter.Forecasts;

/// <summary>A tree as one line of text: its splits, a bar, its leaves. Numbers read back to the same bits, unless they are asked for short.</summary>
internal static class TreeText
{
    /// <param name="tree">To be written.</param>
    /// <param name="isShort">Nine digits for thresholds and seven for leaves: half the size, for benchmarks of many trees.</param>
    public static string Of(Tree tree, bool isShort = false)
    {
        var (threshold, value) = isShort ? ("G9", "G7") : ("R", "R");
        var splits = tree.Splits.Select(split => string.Create(CultureInfo.InvariantCulture,
            $"{split.Feature}:{split.Threshold.ToString(threshold, CultureInfo.InvariantCulture)}:{(split.UnknownGoesLeft ? 'l' : 'r')}:{split.Left}:{split.Right}"));
        var leaves = tree.Leaves.Select(leaf => leaf.Value.ToString(value, CultureInfo.InvariantCulture) + ':' + leaf.Cover.ToString("R", CultureInfo.InvariantCulture));
        return string.Join(' ', splits) + "|" + string.Join(' ', leaves);
    }

    /// <param name="text">How many trees follow.</param>
    /// <param name="lines">How many lines follow, one for each of them.</param>
    /// <exception cref="FormatException">More than could: no room is made for what cannot come.</exception>
    public static int Count(string text, int lines) =>
        int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture) is var count && count <= lines ? count : throw new FormatException($"{count} trees do not stand in {lines} lines.");

    /// <exception cref="FormatException">The line is none, points outside its tree or its features, or back, so that a walk through it would not end.</exception>
    public static Tree Read(string line, int features)
    {
        var parts = line.Split('|');
        var splits = parts[0].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(static text =>
        {
            var fields = text.Split(':');
            return new Split(Whole(fields[0]), Number(fields[1]), fields[2] == "l", Whole(fields[3]), Whole(fields[4]));
        }).ToImmutableArray();

        var leaves = parts[1].Split(' ').Select(static text =>
        {
            var fields = text.Split(':');
            return new Leaf(Number(fields[0]), Number(fields[1]));
        }).ToImmutableArray();

        var isWhole = leaves.Length == splits.Length + 1
            && splits.Select(static (split, at) => (split, at)).All(one => one.split.Feature >= 0 && one.split.Feature < features && IsChild(one.split.Left, one.at) && IsChild(one.split.Right, one.at));
        return isWhole ? new Tree(splits, leaves) : throw new FormatException($"A tree points outside itself: {line}");

        bool IsChild(int child, int parent) => child >= 0 ? child > parent && child < splits.Length : ~child < leaves.Length;
    }

    private static double Number(string text) => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);

    private static int Whole(string text) => int.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
}

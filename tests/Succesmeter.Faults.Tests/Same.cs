namespace Succesmeter.Faults.Tests;

/// <summary>Compares what two runs ended in, and says by column where they part.</summary>
internal static class Same
{
    private const int MostSaid = 5;
    private const int MostLetters = 120;
    private const int LettersBefore = 40;

    public static void Rows(IReadOnlyList<string> expected, IReadOnlyList<string> actual)
    {
        Assert.NotEmpty(expected);
        if (expected.SequenceEqual(actual, StringComparer.Ordinal))
            return;

        var (missing, more) = (expected.Except(actual, StringComparer.Ordinal).ToList(), actual.Except(expected, StringComparer.Ordinal).ToList());
        var others = more.GroupBy(KeyOf, StringComparer.Ordinal).ToDictionary(static row => row.Key, static row => row.First(), StringComparer.Ordinal);
        var said = missing.Take(MostSaid).Select(row => others.TryGetValue(KeyOf(row), out var other)
            ? $"{KeyOf(row)}: {Parting(row, other)}"
            : $"missing: {Short(row)}");
        Assert.Fail($"{missing.Count} rows are missing or others, {more.Count} are more or others:\n{string.Join('\n', said)}\n{string.Join('\n', more.Where(row => !missing.Exists(one => KeyOf(one) == KeyOf(row))).Take(MostSaid).Select(static row => $"more: {Short(row)}"))}");
    }

    private static string KeyOf(string row) => string.Join(' ', row.Split(' ').TakeWhile(static word => !word.StartsWith('{')).Take(3));

    private static string Parting(string one, string other)
    {
        var parting = Math.Max(0, one.Zip(other).TakeWhile(static pair => pair.First == pair.Second).Count() - LettersBefore);
        return $"{Short(one[parting..])} | {Short(other[parting..])}";
    }

    private static string Short(string text) => text.Length <= MostLetters ? text : text[..MostLetters] + "…";
}

namespace Succesmeter.Faults.Tests;

/// <summary>Compares what two runs ended in, and says by column where they part.</summary>
internal static class Same
{
    private const int MostSaid = 5;
    private const int MostLetters = 120;

    public static void Rows(IReadOnlyList<string> expected, IReadOnlyList<string> actual)
    {
        Assert.NotEmpty(expected);
        if (expected.SequenceEqual(actual, StringComparer.Ordinal))
            return;

        var (missing, more) = (expected.Except(actual, StringComparer.Ordinal).ToList(), actual.Except(expected, StringComparer.Ordinal).ToList());
        var others = more.GroupBy(KeyOf, StringComparer.Ordinal).ToDictionary(static row => row.Key, static row => row.First(), StringComparer.Ordinal);
        var said = missing.Take(MostSaid).Select(row => others.TryGetValue(KeyOf(row), out var other)
            ? $"{KeyOf(row)}: {string.Join("; ", row.Split(' ').Except(other.Split(' '), StringComparer.Ordinal).Select(Short))} | {string.Join("; ", other.Split(' ').Except(row.Split(' '), StringComparer.Ordinal).Select(Short))}"
            : $"missing: {Short(row)}");
        Assert.Fail($"{missing.Count} rows are missing or others, {more.Count} are more or others:\n{string.Join('\n', said)}\n{string.Join('\n', more.Where(row => !missing.Exists(one => KeyOf(one) == KeyOf(row))).Take(MostSaid).Select(static row => $"more: {Short(row)}"))}");
    }

    private static string KeyOf(string row) => string.Join(' ', row.Split(' ').Take(3));

    private static string Short(string text) => text.Length <= MostLetters ? text : text[..MostLetters] + "…";
}

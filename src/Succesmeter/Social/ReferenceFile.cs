using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Succesmeter.Social;

/// <summary>
/// Reference tables as text that a person can read and a diff can show: a version, the card, the tables cell by cell, the SHA-256 of all that. The same tables give
/// the same bytes. A run of equal quantiles is written once, with <c>*</c> and its length.
/// </summary>
public static class ReferenceFile
{
    /// <summary>First line; a change of shape or of a formula behind the numbers is a new one.</summary>
    public const string Version = "succesmeter/references/1";

    internal const string Digest = "sha256 ";

    /// <summary>A cell has some hundred.</summary>
    private const int MostQuantiles = 10_000;

    public static void Write(References references, Stream stream)
    {
        var card = references.Card;
        var text = new StringBuilder();
        Line(Version);
        Line($"name {OneLine(card.Name)}");
        Line($"source {OneLine(card.Source)}");
        Line($"campaigns {Number(card.Campaigns)}");
        Line($"from {card.From.ToString("O", CultureInfo.InvariantCulture)}");
        Line($"until {card.Until.ToString("O", CultureInfo.InvariantCulture)}");
        Line($"currency {OneLine(card.Currency)}");
        Line($"selection {OneLine(card.Selection)}");
        Line($"derivation {OneLine(card.Derivation)}");
        Line($"limits {OneLine(card.Limits)}");
        Line($"tables {Number(references.Tables.Count)}");
        foreach (var table in references.Tables)
        {
            Line($"table {table.Name}");
            Line($"scale {(table.IsLogarithmic ? "log1p" : "linear")}");
            Line($"goals {string.Join(' ', table.GoalsEuro.Select(Number))}");
            Line($"days {string.Join(' ', table.Days.Select(Number))}");
            foreach (var cell in table.Cells)
                Line($"{Number(cell.N)}{Runs(cell.Quantiles)}");
        }

        var bytes = Encoding.UTF8.GetBytes(text.ToString());
        stream.Write(bytes);
        stream.Write(Encoding.UTF8.GetBytes(Digest + Convert.ToHexStringLower(SHA256.HashData(bytes)) + "\n"));

        void Line(string line) => text.Append(line).Append('\n');
    }

    /// <exception cref="FormatException">The stream is of another version, damaged, or not such a file.</exception>
    public static References Read(Stream stream)
    {
        try
        {
            return ReadLines(stream);
        }
        catch (Exception damaged) when (damaged is IndexOutOfRangeException or OverflowException or ArgumentException)
        {
            throw new FormatException($"References cannot be read: {damaged.Message}", damaged);
        }
    }

    private static References ReadLines(Stream stream)
    {
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        var bytes = memory.ToArray();
        var text = Encoding.UTF8.GetString(bytes);
        var end = text.LastIndexOf(Digest, StringComparison.Ordinal);
        var lines = text.Split('\n');
        if (lines[0] != Version)
            throw new FormatException($"References are of version '{lines[0]}' and must be of '{Version}'.");
        if (end < 0 || text[(end + Digest.Length)..].TrimEnd('\n') != Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text[..end]))))
            throw new FormatException("References are damaged: their SHA-256 is not the one they end with.");

        var at = 1;
        var card = new ReferenceCard(
            Next("name"), Next("source"), int.Parse(Next("campaigns"), CultureInfo.InvariantCulture), Date(Next("from")), Date(Next("until")),
            Next("currency"), Next("selection"), Next("derivation"), Next("limits"));
        var tables = new ReferenceTable[Fitting(int.Parse(Next("tables"), CultureInfo.InvariantCulture))];
        for (var i = 0; i < tables.Length; i++)
        {
            var name = Next("table");
            var isLogarithmic = Next("scale") == "log1p";
            var goals = Numbers(Next("goals"));
            var days = Numbers(Next("days"));
            var cells = new ReferenceCell[Fitting((long)goals.Length * days.Length)];
            for (var cell = 0; cell < cells.Length; cell++)
                cells[cell] = Cell(lines[at++]);
            tables[i] = new ReferenceTable(name, isLogarithmic, goals, days, cells);
        }

        return new References(card, tables);

        // Each takes a line at least: no room is made for what cannot come.
        long Fitting(long count) => count <= lines.Length - at ? count : throw new FormatException($"References: {count} do not stand in the {lines.Length - at} lines behind line {at}.");

        string Next(string field) => lines[at].StartsWith(field + " ", StringComparison.Ordinal)
            ? lines[at++][(field.Length + 1)..]
            : throw new FormatException($"References: line {at + 1} must begin with '{field}'.");
    }

    private static ReferenceCell Cell(string line)
    {
        var parts = line.Split(' ');
        var quantiles = new List<double>();
        foreach (var part in parts.Skip(1))
        {
            var star = part.IndexOf('*', StringComparison.Ordinal);
            var times = star < 0 ? 1 : int.Parse(part.AsSpan(star + 1), CultureInfo.InvariantCulture);
            if (times > MostQuantiles - quantiles.Count)
                throw new FormatException($"References: a cell has more than {MostQuantiles} quantiles.");
            quantiles.AddRange(Enumerable.Repeat(ToNumber(star < 0 ? part : part[..star]), times));
        }

        return new ReferenceCell(ToNumber(parts[0]), quantiles);
    }

    private static string Runs(IReadOnlyList<double> quantiles)
    {
        var text = new StringBuilder();
        for (var i = 0; i < quantiles.Count;)
        {
            var run = 1;
            while (i + run < quantiles.Count && quantiles[i + run] == quantiles[i])
                run++;

            text.Append(' ').Append(Number(quantiles[i]));
            if (run > 1)
                text.Append('*').Append(Number(run));
            i += run;
        }

        return text.ToString();
    }

    private static string OneLine(string text) => text.ReplaceLineEndings(" ");

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static double ToNumber(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static double[] Numbers(string text) => [.. text.Split(' ').Select(ToNumber)];

    private static DateOnly Date(string text) => DateOnly.ParseExact(text, "O", CultureInfo.InvariantCulture);
}

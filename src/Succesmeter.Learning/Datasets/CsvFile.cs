using System.Globalization;
using System.IO.Compression;

namespace Succesmeter.Learning.Datasets;

/// <summary>Reads the gzipped tables of the public data sets: a header, commas, no quoted fields (a quote in them is an error, not a guess).</summary>
internal static class CsvFile
{
    /// <param name="path">Of the file.</param>
    /// <param name="columns">That it must have, though it has no rows.</param>
    /// <exception cref="InvalidDataException">It is empty, a column is missing, or a row has another number of fields than the header.</exception>
    public static IEnumerable<CsvRow> Read(string path, params string[] columns)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        var header = reader.ReadLine() ?? throw new InvalidDataException($"{path} is empty.");
        var places = header.Split(',').Select(static (name, place) => (name, place)).ToDictionary(static x => x.name, static x => x.place, StringComparer.Ordinal);
        if (columns.FirstOrDefault(column => !places.ContainsKey(column)) is { } missing)
            throw new InvalidDataException($"{path} has no column '{missing}'.");

        var line = 1;
        while (reader.ReadLine() is { } text)
        {
            line++;
            var fields = text.Split(',');
            if (fields.Length != places.Count || text.Contains('"', StringComparison.Ordinal))
                throw new InvalidDataException($"{path}, line {line}: {fields.Length} plain fields where the header has {places.Count}.");

            yield return new CsvRow(path, places, fields);
        }
    }
}

internal readonly record struct CsvRow(string Path, Dictionary<string, int> Places, string[] Fields)
{
    /// <exception cref="InvalidDataException">The table has no such column.</exception>
    public string this[string name] => Places.TryGetValue(name, out var place) ? Fields[place] : throw new InvalidDataException($"{Path} has no column '{name}'.");

    /// <summary>Not-a-number where the field is empty or <c>NA</c>.</summary>
    public double Number(string name) =>
        double.TryParse(this[name], NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : double.NaN;

    public int Whole(string name) => int.Parse(this[name], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);

    public DateTime? Day(string name) => Instant(name)?.Date;

    public DateTime? Instant(string name) =>
        DateTime.TryParse(this[name], CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out var value) ? value : null;
}

using System.IO.Compression;

namespace Succesmeter.Learning.References;

/// <summary>Rows of a gzipped CSV whose fields hold no commas, by column name.</summary>
internal static class GzippedRows
{
    /// <exception cref="InvalidDataException">A column is missing, or a row has another number of fields than the header.</exception>
    public static IEnumerable<string[]> Of(string file, params string[] columns)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(file), CompressionMode.Decompress));
        var header = (reader.ReadLine() ?? "").Split(',');
        var at = columns.Select(c => Array.IndexOf(header, c)).ToArray();
        if (Array.IndexOf(at, -1) is >= 0 and var missing)
            throw new InvalidDataException($"{file} has no column '{columns[missing]}'.");

        for (var line = 2; reader.ReadLine() is { } text; line++)
        {
            var fields = text.Split(',');
            if (fields.Length != header.Length)
                throw new InvalidDataException($"{file}, line {line}: {fields.Length} fields, and must have {header.Length}.");
            yield return [.. at.Select(i => fields[i])];
        }
    }
}

using Azure.Data.Tables;

namespace Succesmeter.Storage.Tables;

/// <summary>Bytes in a table row: a property holds 64 KiB at most, so longer ones go over several, <c>Content0</c>, <c>Content1</c>, ….</summary>
internal static class BinaryColumns
{
    private const int MostBytes = 64 * 1024;

    public static void Put(TableEntity row, string name, ReadOnlySpan<byte> bytes)
    {
        row[name] = bytes.Length;
        for (var part = 0; part * MostBytes < bytes.Length; part++)
            row[$"{name}{part}"] = bytes.Slice(part * MostBytes, Math.Min(MostBytes, bytes.Length - part * MostBytes)).ToArray();
    }

    /// <returns>Null when the row has no such bytes.</returns>
    /// <exception cref="InvalidDataException">A part is missing, or is longer than it can be.</exception>
    public static byte[]? Get(TableEntity row, string name)
    {
        if (row.GetInt32(name) is not { } length)
            return null;

        var bytes = new byte[length];
        for (var (part, filled) = (0, 0); filled < length; part++)
        {
            var chunk = row.GetBinary($"{name}{part}") ?? throw new InvalidDataException($"Row {row.PartitionKey} / {row.RowKey} lacks part {part} of {name}.");
            if (chunk.Length == 0 || chunk.Length > length - filled)
                throw new InvalidDataException($"Row {row.PartitionKey} / {row.RowKey} holds {chunk.Length} bytes as part {part} of {name}, of which {length - filled} are left.");
            chunk.CopyTo(bytes, filled);
            filled += chunk.Length;
        }

        return bytes;
    }
}

using System.Text;
using Succesmeter.Networks;

namespace Succesmeter.Storage.Tables;

/// <summary>Shown ties in binary: whether there are any, then of each figure its value (not a number = none), when it was shown, and whether for good; then the reciprocity.</summary>
internal static class TiesCodec
{
    public static byte[] Bytes(ShownTies ties)
    {
        using var buffer = new MemoryStream();
        using var writer = new BinaryWriter(buffer, Encoding.UTF8);
        Write(writer, ties);
        writer.Flush();
        return buffer.ToArray();
    }

    /// <exception cref="InvalidDataException">The bytes break off.</exception>
    public static ShownTies? Of(byte[]? bytes)
    {
        if (bytes is null)
            return null;

        using var reader = new BinaryReader(new MemoryStream(bytes, writable: false), Encoding.UTF8);
        try
        {
            return Read(reader);
        }
        catch (EndOfStreamException cutOff)
        {
            throw new InvalidDataException("Stored ties break off.", cutOff);
        }
    }

    public static void Write(BinaryWriter writer, ShownTies? ties)
    {
        writer.Write(ties is not null);
        if (ties is null)
            return;

        foreach (var figure in (ShownFigure[])[ties.Loyalty, ties.Bridging, ties.Bonding])
        {
            writer.Write(figure.Value ?? double.NaN);
            writer.Write(figure.ShownAt ?? -1);
            writer.Write(figure.IsFinal);
        }

        writer.Write(ties.Reciprocity ?? -1);
    }

    public static ShownTies? Read(BinaryReader reader)
    {
        return reader.ReadBoolean() ? new ShownTies(Figure(), Figure(), Figure()) { Reciprocity = reader.ReadInt32() is var backed and >= 0 ? backed : null } : null;

        ShownFigure Figure()
        {
            var (value, shownAt, isFinal) = (reader.ReadDouble(), reader.ReadInt32(), reader.ReadBoolean());
            return new ShownFigure(double.IsNaN(value) ? null : value, shownAt < 0 ? null : shownAt, isFinal);
        }
    }
}

namespace Succesmeter.Snapshots;

/// <summary>Turns a number as people and spreadsheets write it into JSON's: <c>1.234,50</c>, <c>1,234.50</c>, <c>1 234,50</c>, <c>+12,5</c>.</summary>
/// <remarks>
/// Where point and comma both stand, the last is the decimal one. Where one of them stands once with three digits behind it, as in <c>1.234</c>, the file's delimiter tells: a file with
/// semicolons has them because the comma is taken, so there a point divides thousands and a comma is decimal; elsewhere the other way round. Degrees are never divided.
/// </remarks>
internal static class CsvNumber
{
    internal const int MostBytes = 64;

    /// <param name="text">Trimmed.</param>
    /// <param name="isContinental">The decimal sign of this file is the comma.</param>
    /// <param name="mayGroup">Thousands may be divided.</param>
    /// <param name="number">At least <see cref="MostBytes"/> long.</param>
    /// <param name="length">How much of it was written.</param>
    public static bool TryRead(ReadOnlySpan<byte> text, bool isContinental, bool mayGroup, Span<byte> number, out int length)
    {
        length = 0;
        if (text.IsEmpty || text.Length > MostBytes)
            return false;

        if (text[0] is (byte)'-' or (byte)'+')
        {
            if (text[0] == '-')
                number[length++] = (byte)'-';

            text = text[1..];
        }

        var exponent = text.IndexOfAny((byte)'e', (byte)'E');
        var tail = exponent < 0 ? default : text[exponent..];
        var mantissa = exponent < 0 ? text : text[..exponent];
        var decimalAt = DecimalSign(mantissa, isContinental, mayGroup);
        if (!TryWhole(decimalAt < 0 ? mantissa : mantissa[..decimalAt], mayGroup, number, ref length))
            return false;

        if (decimalAt >= 0)
        {
            var decimals = mantissa[(decimalAt + 1)..];
            if (!IsDigits(decimals))
                return false;

            number[length++] = (byte)'.';
            decimals.CopyTo(number[length..]);
            length += decimals.Length;
        }

        if (tail.IsEmpty)
            return true;

        var digits = tail.Length > 1 && tail[1] is (byte)'-' or (byte)'+' ? tail[2..] : tail[1..];
        tail.CopyTo(number[length..]);
        length += tail.Length;
        return IsDigits(digits);
    }

    private static int DecimalSign(ReadOnlySpan<byte> mantissa, bool isContinental, bool mayGroup)
    {
        var point = mantissa.LastIndexOf((byte)'.');
        var comma = mantissa.LastIndexOf((byte)',');
        if (point >= 0 && comma >= 0)
            return Math.Max(point, comma);

        var at = Math.Max(point, comma);
        if (at < 0)
            return -1;

        // Twice the same sign can only divide thousands.
        if (mayGroup && mantissa[..at].Contains(mantissa[at]))
            return -1;

        var dividesThousands = mayGroup && mantissa.Length - at == 4 && at is >= 1 and <= 3 && mantissa[0] != '0'
            && mantissa[at] == (isContinental ? '.' : ',');
        return dividesThousands ? -1 : at;
    }

    /// <summary>Writes the digits without what divides them; groups behind the first have three.</summary>
    private static bool TryWhole(ReadOnlySpan<byte> text, bool mayGroup, Span<byte> number, ref int length)
    {
        var begin = length;
        var group = 0;
        var divider = default(ReadOnlySpan<byte>);
        while (!text.IsEmpty)
        {
            if (text[0] is >= (byte)'0' and <= (byte)'9')
            {
                // JSON has no leading zeros.
                if (length > begin && number[begin] == '0' && length == begin + 1)
                    length = begin;

                number[length++] = text[0];
                text = text[1..];
                group++;
                continue;
            }

            var sign = Divider(text);
            var isFirst = divider.IsEmpty;
            if (!mayGroup || sign.IsEmpty || group == 0 || (isFirst ? group > 3 : group != 3 || !sign.SequenceEqual(divider)))
                return false;

            divider = sign;
            group = 0;
            text = text[sign.Length..];
        }

        return length > begin && (divider.IsEmpty || group == 3);
    }

    private static ReadOnlySpan<byte> Divider(ReadOnlySpan<byte> text) => text switch
    {
        [(byte)'.' or (byte)',' or (byte)' ' or (byte)'\'', ..] => text[..1],
        [0xC2, 0xA0, ..] => text[..2],
        [0xE2, 0x80, 0xAF or 0x89, ..] => text[..3],
        _ => default,
    };

    private static bool IsDigits(ReadOnlySpan<byte> text) => !text.IsEmpty && !text.ContainsAnyExceptInRange((byte)'0', (byte)'9');
}

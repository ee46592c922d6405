using System.Text;

namespace Succesmeter.Hostile.Tests;

/// <summary>
/// Bends bytes as damage and ill will do: bits, runs, numbers, words of the form, structures, splices with other inputs. What it makes follows from its dice alone.
/// </summary>
/// <param name="dice">Seeded: the same seed, the same mutants.</param>
/// <param name="words">Of the form that is bent: field names, marks, values at the edge of a rule.</param>
/// <param name="mostBytes">No mutant is longer.</param>
internal sealed class Mutator(Random dice, byte[][] words, int mostBytes)
{
    /// <summary>Numbers at which something ends: of a width, of a clock, of an exponent.</summary>
    private static readonly byte[][] s_numbers = Utf8(
        "0", "-0", "1", "-1", "127", "128", "255", "256", "32767", "65536", "2147483647", "2147483648", "-2147483649", "4294967296", "9007199254740993", "9223372036854775807", "9223372036854775808",
        "18446744073709551616", "79228162514264337593543950335", "79228162514264337593543950336", "1e308", "1e309", "-1e309", "1e-400", "1e2147483648", "0.1", "0.30000000000000004", "00", "01", "1.", ".5", "+1", "0x10",
        "NaN", "Infinity", "-Infinity", "253402300799999", "253402300800000", "-62135596800000", "-62135596800001", "12345678901234567890123456789012345678901234567890");

    /// <summary>Text that is not what it looks like: nothing, marks of direction and order, wide and combining signs, half of a pair, overlong and cut-off UTF-8.</summary>
    private static readonly byte[][] s_unicode =
    [
        [0], [0x1F], [0x7F], [0xC2, 0x85], [0xC2, 0xA0], [0xE2, 0x80, 0xA8], [0xE2, 0x80, 0xAE], [0xE2, 0x80, 0x8B], [0xEF, 0xBB, 0xBF], [0xEF, 0xBC, 0x9D], [0xEF, 0xBF, 0xBF], [0xEF, 0xBF, 0xBE], [0xCC, 0x81], [0xD9, 0xA3],
        [0xF0, 0x9F, 0x98, 0x80], [0xED, 0xA0, 0xBD], [0xC0, 0x80], [0xE0, 0x80, 0xAF], [0xF4, 0x90, 0x80, 0x80], [0xF0, 0x9F], [0xFF], [0xFE, 0xFF], [0xFF, 0xFE], [0xC4, 0xB0], [0xC3, 0x9F], [0xEF, 0xAC, 0x81],
        .. Utf8("\\ud83d", "\\udc00", "\\ufffe", "\\u0000", "\\u202e", "&#0;", "&#x110000;", "%00", "%ED%A0%80", "\r", "\n", "\r\n", "\u2028"),
    ];

    private static readonly (byte Open, byte Close)[] s_brackets = [((byte)'{', (byte)'}'), ((byte)'[', (byte)']'), ((byte)'<', (byte)'>'), ((byte)'"', (byte)'"'), ((byte)'(', (byte)')')];

    public static byte[][] Utf8(params string[] texts) => [.. texts.Select(Encoding.UTF8.GetBytes)];

    /// <summary>One mutant: mostly of one or two changes, now and then of twenty.</summary>
    /// <param name="seed">What is bent; stays as it is.</param>
    /// <param name="others">Pieces of these may be taken in.</param>
    public byte[] Bent(byte[] seed, IReadOnlyList<byte[]> others)
    {
        var bytes = new List<byte>(seed);
        do
        {
            Bend(bytes, others);
            if (bytes.Count > mostBytes)
                bytes.RemoveRange(mostBytes, bytes.Count - mostBytes);
        }
        while (dice.Next(5) < 2);

        return [.. bytes];
    }

    /// <summary>A seed with one word or piece of it said over and over: what costs more than it is long shows here.</summary>
    /// <param name="length">Of the mutant, about.</param>
    public byte[] Pumped(byte[] seed, int length)
    {
        var (at, piece) = (dice.Next(seed.Length + 1), dice.Next(3) == 0 || words.Length == 0 ? Run(seed, 24) : words[dice.Next(words.Length)]);
        if (piece.Length == 0)
            piece = [(byte)'a'];

        var bytes = new List<byte>(seed[..at]);
        for (var left = (length - seed.Length) / piece.Length; left > 0; left--)
            bytes.AddRange(piece);
        if (dice.Next(2) == 0)
            bytes.AddRange(seed[at..]);
        return [.. bytes];
    }

    private void Bend(List<byte> bytes, IReadOnlyList<byte[]> others)
    {
        if (bytes.Count == 0)
        {
            bytes.AddRange(Word());
            return;
        }

        var at = dice.Next(bytes.Count);
        switch (dice.Next(16))
        {
            case 0:
                bytes[at] ^= (byte)(1 << dice.Next(8));
                break;
            case 1:
                bytes[at] = (byte)dice.Next(256);
                break;
            case 2:
                bytes.InsertRange(at, Word());
                break;
            case 3:
                ReplaceToken(bytes, at, Word());
                break;
            case 4:
                ReplaceToken(bytes, NumberNear(bytes, at), s_numbers[dice.Next(s_numbers.Length)]);
                break;
            case 5:
                bytes.InsertRange(at, s_unicode[dice.Next(s_unicode.Length)]);
                break;
            case 6:
                bytes.RemoveRange(at, Math.Min(bytes.Count - at, 1 + dice.Next(1 << dice.Next(8))));
                break;
            case 7:
                Repeat(bytes, at, bytes.GetRange(at, Math.Min(bytes.Count - at, 1 + dice.Next(40))), 1 + dice.Next(1 << dice.Next(7)));
                break;
            case 8:
                Repeat(bytes, at, [dice.Next(3) == 0 ? (byte)dice.Next(256) : bytes[at]], 1 << dice.Next(11));
                break;
            case 9:
                Nest(bytes, at);
                break;
            case 10:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
            case 11:
                Splice(bytes, at, others[dice.Next(others.Count)]);
                break;
            case 12:
            case 13:
                BendStructure(bytes, at);
                break;
            case 14:
                BendLines(bytes);
                break;
            default:
                var other = dice.Next(bytes.Count);
                (bytes[at], bytes[other]) = (bytes[other], bytes[at]);
                break;
        }
    }

    private byte[] Word() => dice.Next(6) switch
    {
        0 => s_numbers[dice.Next(s_numbers.Length)],
        1 => s_unicode[dice.Next(s_unicode.Length)],
        _ => words.Length == 0 ? [(byte)dice.Next(256)] : words[dice.Next(words.Length)],
    };

    private byte[] Run(byte[] bytes, int most)
    {
        if (bytes.Length == 0)
            return [];
        var from = dice.Next(bytes.Length);
        return bytes[from..Math.Min(bytes.Length, from + 1 + dice.Next(most))];
    }

    private void Repeat(List<byte> bytes, int at, List<byte> run, int times)
    {
        var all = new List<byte>(Math.Min(mostBytes, run.Count * times));
        for (; times > 0 && bytes.Count + all.Count < mostBytes; times--)
            all.AddRange(run);
        bytes.InsertRange(at, all);
    }

    /// <summary>Opens a bracket or a tag many times over, and closes it or not.</summary>
    private void Nest(List<byte> bytes, int at)
    {
        var (open, close) = s_brackets[dice.Next(s_brackets.Length)];
        var depth = 1 << dice.Next(10);
        Repeat(bytes, at, dice.Next(3) == 0 && open == '{' ? [.. "{\"a\":"u8] : [open], depth);
        if (dice.Next(2) == 0)
            Repeat(bytes, Math.Min(bytes.Count, at + depth), [close], depth);
    }

    private void Splice(List<byte> bytes, int at, byte[] other)
    {
        var piece = Run(other, 400);
        if (dice.Next(2) == 0)
            bytes.RemoveRange(at, Math.Min(piece.Length, bytes.Count - at));
        bytes.InsertRange(at, piece);
    }

    /// <summary>Takes out, doubles or moves all that stands between a bracket and its partner.</summary>
    private void BendStructure(List<byte> bytes, int at)
    {
        var begin = bytes.FindIndex(at, static one => s_brackets.Any(bracket => bracket.Open == one));
        if (begin < 0)
            return;

        var end = PartnerOf(bytes, begin);
        var structure = bytes.GetRange(begin, end - begin);
        switch (dice.Next(4))
        {
            case 0:
                bytes.RemoveRange(begin, structure.Count);
                break;
            case 1:
                bytes.InsertRange(end, structure);
                break;
            case 2:
                bytes.InsertRange(end, [(byte)',', .. structure]);
                break;
            default:
                bytes.RemoveRange(begin, structure.Count);
                bytes.InsertRange(dice.Next(bytes.Count + 1), structure);
                break;
        }
    }

    private static int PartnerOf(List<byte> bytes, int begin)
    {
        var (open, close) = s_brackets.First(bracket => bracket.Open == bytes[begin]);
        var depth = 0;
        for (var at = begin; at < bytes.Count; at++)
        {
            if (bytes[at] == close && (open != close || at > begin) && --depth <= 0)
                return at + 1;
            if (bytes[at] == open)
                depth++;
        }

        return bytes.Count;
    }

    private void BendLines(List<byte> bytes)
    {
        var feeds = new List<int> { 0 };
        for (var at = 0; at < bytes.Count; at++)
            if (bytes[at] == '\n')
                feeds.Add(at + 1);

        var line = dice.Next(feeds.Count);
        var (begin, end) = (feeds[line], line + 1 < feeds.Count ? feeds[line + 1] : bytes.Count);
        var text = bytes.GetRange(begin, end - begin);
        if (dice.Next(2) == 0)
            bytes.RemoveRange(begin, text.Count);
        if (dice.Next(2) == 0)
            bytes.InsertRange(Math.Min(bytes.Count, feeds[dice.Next(feeds.Count)]), text);
    }

    private static void ReplaceToken(List<byte> bytes, int at, byte[] with)
    {
        var (begin, end) = (at, at);
        while (begin > 0 && IsOfToken(bytes[begin - 1]))
            begin--;
        while (end < bytes.Count && IsOfToken(bytes[end]))
            end++;
        bytes.RemoveRange(begin, end - begin);
        bytes.InsertRange(begin, with);
    }

    private static int NumberNear(List<byte> bytes, int at) => bytes.FindIndex(at, static one => one is >= (byte)'0' and <= (byte)'9') is >= 0 and var found ? found : at;

    private static bool IsOfToken(byte one) => one is >= (byte)'0' and <= (byte)'9' or >= (byte)'a' and <= (byte)'z' or >= (byte)'A' and <= (byte)'Z' or (byte)'_' or (byte)'.' or (byte)'-';
}

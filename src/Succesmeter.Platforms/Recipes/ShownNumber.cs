using System.Globalization;
using System.Text;

namespace Succesmeter.Platforms.Recipes;

/// <summary>
/// Reads the one number that a text shows: <c>€ 1.234,50</c>, <c>1 234,50 €</c>, <c>EUR 1,234.50</c>. What could be read in two ways is refused, and so is what is rounded,
/// negative, a percentage, or one of several numbers.
/// </summary>
internal static class ShownNumber
{
    internal const string NoNumber = "must hold a number";
    internal const string Several = "must hold one number, not several";
    internal const string Ambiguous = "must not be readable in two ways (thousands or decimals)";
    internal const string Rounded = "must be exact, not rounded";
    internal const string Negative = "must not be negative";
    internal const string Percentage = "must not be a percentage";
    internal const string Glued = "must not be glued to letters";
    internal const string BadGroups = "must be written as a number";

    private const int MostDigits = 16;

    private static readonly HashSet<string> RoundingWords = new(StringComparer.OrdinalIgnoreCase)
    {
        "k", "m", "mln", "mio", "mrd", "miljoen", "million", "millions", "mille", "thousand", "duizend", "tausend", "mil", "bn", "billion", "miljard", "milliard",
    };

    private static readonly HashSet<string> CurrencyWords = new(StringComparer.OrdinalIgnoreCase) { "eur", "euro", "euros", "gbp", "usd", "chf", "cad", "aud", "sek", "nok", "dkk", "pln" };

    public static bool TryRead(string text, NumberStyle style, out decimal value, out string rule)
    {
        value = 0;
        var start = text.AsSpan().IndexOfAnyInRange('0', '9');
        if (start < 0)
        {
            rule = NoNumber;
            return false;
        }

        var end = EndOf(text, start, style);
        rule = AroundIt(text, start, end) ?? Value(text[start..end], style, out value) ?? "";
        return rule.Length == 0;
    }

    /// <summary>A number of JSON, without an exponent and with at most four decimals.</summary>
    public static bool TryReadMachine(string text, out decimal value, out string rule)
    {
        rule = text.StartsWith('-') ? Negative : "must be a number of at most 16 digits and four decimals, without an exponent";
        value = 0;
        return text.Length is > 0 and <= MostDigits + 6
            && decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value)
            && decimal.Round(value, 4) == value;
    }

    private static int EndOf(string text, int start, NumberStyle style)
    {
        var run = 0;
        var i = start;
        while (i < text.Length)
        {
            if (char.IsAsciiDigit(text[i]))
            {
                run++;
                i++;
                continue;
            }

            var joins = text[i] switch
            {
                '.' or ',' => IsDigit(text, i + 1),
                '\u00A0' or '\u202F' or '\u2009' or '\'' or '\u2019' => run <= 3 && IsGroup(text, i + 1),
                ' ' => style.SpacesGroup && run <= 3 && IsGroup(text, i + 1),
                _ => false,
            };
            if (!joins)
                break;

            run = 0;
            i++;
        }

        return i;
    }

    private static bool IsDigit(string text, int at) => at < text.Length && char.IsAsciiDigit(text[at]);

    private static bool IsGroup(string text, int at) => IsDigit(text, at) && IsDigit(text, at + 1) && IsDigit(text, at + 2) && !IsDigit(text, at + 3);

    private static string? AroundIt(string text, int start, int end)
    {
        // Digits of other scripts, fractions and superscripts are numbers too, so that ours would not be the only one.
        for (var i = 0; i < text.Length; i++)
            if ((i < start || i >= end) && char.IsNumber(text[i]))
                return Several;

        var before = text[..start];
        var unspaced = before.TrimEnd();
        var attached = (unspaced is [.., '€' or '$' or '£'] ? unspaced : before).TrimEnd('€', '$', '£');
        if (attached.EndsWith('-') || attached.EndsWith('\u2212') || attached.EndsWith('\u2013'))
            return Negative;
        if (before.TrimEnd().TrimEnd('€', '$', '£').TrimEnd() is [.., '~' or '≈' or '±' or '>' or '<' or '+'])
            return Rounded;
        if (before.Length > 0 && char.IsLetter(before[^1]) && !CurrencyWords.Contains(LastWord(before)))
            return Glued;

        var after = text[end..];
        if (after.StartsWith('+'))
            return Rounded;
        if (after.TrimStart() is ['%' or '‰', ..])
            return Percentage;
        var word = FirstWord(after.TrimStart());
        if (RoundingWords.Contains(word))
            return Rounded;

        return after.Length > 0 && (char.IsLetter(after[0]) || after[0] == '_') && !CurrencyWords.Contains(word) ? Glued : null;
    }

    private static string FirstWord(string text)
    {
        var end = 0;
        while (end < text.Length && char.IsLetter(text[end]))
            end++;
        return text[..end];
    }

    private static string LastWord(string text)
    {
        var start = text.Length;
        while (start > 0 && char.IsLetter(text[start - 1]))
            start--;
        return text[start..];
    }

    private static string? Value(string token, NumberStyle style, out decimal value)
    {
        value = 0;
        var parts = new List<string>();
        var separators = new StringBuilder();
        var from = 0;
        for (var i = 0; i <= token.Length; i++)
        {
            if (i < token.Length && char.IsAsciiDigit(token[i]))
                continue;

            parts.Add(token[from..i]);
            from = i + 1;
            if (i < token.Length)
                separators.Append(token[i] switch { '.' => '.', ',' => ',', '\'' or '\u2019' => '\'', _ => ' ' });
        }

        var kinds = separators.ToString();
        if (!TryDecimals(parts, kinds, style, out var decimals, out var rule))
            return rule;

        var whole = decimals is null ? parts : parts[..^1];
        var groups = decimals is null ? kinds : kinds[..^1];
        if (groups.Distinct().Count() > 1 || (whole.Count > 1 && (whole[0].Length > 3 || whole[0][0] == '0' || whole.Skip(1).Any(static part => part.Length != 3))))
            return BadGroups;
        if (whole[0].Length > 1 && whole[0][0] == '0')
            return BadGroups;

        var digits = string.Concat(whole);
        if (digits.Length > MostDigits)
            return "must have at most 16 digits";

        value = decimal.Parse(decimals is null ? digits : $"{digits}.{decimals}", NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
        return null;
    }

    /// <summary>Whether the last part holds decimals: never guessed, so a single separator before three digits needs the language's word.</summary>
    private static bool TryDecimals(List<string> parts, string kinds, NumberStyle style, out string? decimals, out string rule)
    {
        decimals = null;
        rule = "";
        if (kinds.Length == 0 || kinds[^1] is not ('.' or ','))
            return true;

        var (last, tail) = (kinds[^1], parts[^1]);
        var isOnly = kinds.AsSpan().IndexOfAnyExcept(last) < 0;
        if (kinds.AsSpan().Count(last) > 1)
        {
            rule = BadGroups;
            return isOnly;
        }

        if (tail.Length is 1 or 2)
        {
            decimals = tail;
            return true;
        }

        if (tail.Length == 3 && isOnly && parts[0].Length <= 3 && style.Group == last)
            return true;

        rule = tail.Length == 3 ? Ambiguous : BadGroups;
        return false;
    }
}

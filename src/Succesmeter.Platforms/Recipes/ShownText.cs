using System.Text;

namespace Succesmeter.Platforms.Recipes;

/// <summary>What an element shows, as text for people and as text in which figures are looked for.</summary>
internal static class ShownText
{
    /// <summary>White space becomes one space, and the places where elements meet become line ends: over those no digits are joined.</summary>
    public static string Figures(string shown)
    {
        var text = new StringBuilder(Math.Min(shown.Length, 1024));
        for (var i = 0; i < shown.Length;)
        {
            if (!IsBlank(shown[i]))
            {
                text.Append(shown[i++]);
                continue;
            }

            var isSeam = false;
            for (; i < shown.Length && IsBlank(shown[i]); i++)
                isSeam |= shown[i] == PageContent.Seam;
            text.Append(isSeam ? '\n' : ' ');
        }

        return text.ToString().Trim(' ', '\n');
    }

    /// <summary>Without control characters, white space collapsed, cut to a length; always whole Unicode.</summary>
    public static string Clean(string shown, int most)
    {
        var text = new StringBuilder(Math.Min(shown.Length, 1024));
        var gap = false;
        foreach (var rune in shown.EnumerateRunes())
        {
            if (rune.Value == PageContent.Seam)
                continue;
            if (Rune.IsWhiteSpace(rune) || Rune.IsControl(rune))
            {
                gap = text.Length > 0;
                continue;
            }

            if (text.Length + rune.Utf16SequenceLength + (gap ? 1 : 0) > most)
                break;
            if (gap)
                text.Append(' ');
            gap = false;
            text.Append(rune.ToString());
        }

        return text.ToString();
    }

    /// <summary>Whether a part of a text is a piece of a longer number: such a piece was never shown.</summary>
    public static bool CutsNumber(string text, int start, int length)
    {
        var end = start + length;
        if (length == 0)
            return false;

        var before = char.IsAsciiDigit(text[start]) && start > 0 && (char.IsAsciiDigit(text[start - 1]) || (start > 1 && IsJoint(text[start - 1]) && char.IsAsciiDigit(text[start - 2])));
        var after = char.IsAsciiDigit(text[end - 1]) && end < text.Length && (char.IsAsciiDigit(text[end]) || (end + 1 < text.Length && IsJoint(text[end]) && char.IsAsciiDigit(text[end + 1])));
        return before || after;
    }

    private static bool IsJoint(char c) => c is '.' or ',' or '\'' or '\u2019' or ' ' or '\u00A0' or '\u202F' or '\u2009';

    private static bool IsBlank(char c) => c is ' ' or '\t' or '\r' or '\n' or '\f' or PageContent.Seam;
}

using System.Text;

namespace Succesmeter.Snapshots;

/// <summary>A normal form of any text. <see cref="string.Normalize(NormalizationForm)"/> throws where half of a pair or U+FFFE stands in it, and both come in names and places that others send.</summary>
internal static class NormalText
{
    private const char Unknown = '\uFFFD';

    /// <returns>The text in that form; what is no character stands as U+FFFD.</returns>
    public static string Of(string text, NormalizationForm form) => Whole(text).Normalize(form);

    private static string Whole(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF') && !text.Contains('\uFFFE', StringComparison.Ordinal))
            return text;

        // Half of a pair is enumerated as what is not known.
        return string.Concat(text.EnumerateRunes().Select(static rune => rune.ToString())).Replace('\uFFFE', Unknown);
    }
}

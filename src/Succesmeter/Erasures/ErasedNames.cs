using System.Net;
using System.Text.RegularExpressions;
using Succesmeter.Campaigns;
using Succesmeter.Snapshots;

namespace Succesmeter.Erasures;

/// <summary>
/// Finds donors who were erased in what came from outside, knowing none of their names: whatever could be a name is hashed as one and looked for among the tombstones. Not safe to share
/// between threads, since it remembers what it was asked.
/// </summary>
/// <param name="pseudonyms">Under every key that is known.</param>
/// <param name="erased">By platform. A name that was erased on one is left out of whatever came from any: a raw file may name several.</param>
public sealed partial class ErasedNames(IPseudonyms pseudonyms, IReadOnlyDictionary<PlatformId, ErasedDonors> erased)
{
    /// <summary>Longer names are found where they stand alone, as in a field of their own.</summary>
    public const int MostWords = 5;

    private const int MostRemembered = 32_768;

    private static readonly char[] s_marks = ['.', ',', '!', '?', '\'', '’', '‘', '“', '”', '«', '»', '*', '-', '–', '—', '…'];

    private readonly KeyValuePair<PlatformId, ErasedDonors>[] platforms = [.. erased.Where(static one => one.Value.Count > 0)];
    private readonly Dictionary<string, bool> remembered = new(StringComparer.Ordinal);

    public bool IsEmpty => platforms.Length == 0;

    /// <summary>Whether a text is the name or the id of somebody who was erased.</summary>
    public bool Is(string text)
    {
        var name = text.Trim();
        if (IsEmpty || name.Length == 0 || name.Length > SnapshotLimits.Default.MaxName)
            return false;
        if (remembered.TryGetValue(name, out var known))
            return known;

        if (remembered.Count >= MostRemembered)
            remembered.Clear();
        return remembered[name] = platforms.Any(one => pseudonyms.AllOf(one.Key, name).Any(one.Value.Contains));
    }

    /// <summary>Whether such a name or id is all of a text, or stands in it among blanks and punctuation. Marks, escapes and entities of HTML, JSON and addresses are understood.</summary>
    public bool IsIn(string text)
    {
        if (IsEmpty)
            return false;
        if (Is(text))
            return true;

        foreach (var piece in Pieces(text))
        {
            var words = piece.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            for (var first = 0; first < words.Length; first++)
                for (var last = first; last < Math.Min(words.Length, first + MostWords); last++)
                    if (IsRun(string.Join(' ', words, first, last - first + 1)))
                        return true;
        }

        return false;
    }

    private bool IsRun(string run) => Is(run) || (run.Trim(s_marks) is var bare && bare.Length < run.Length && Is(bare));

    /// <summary>What stands between marks that no name has in it.</summary>
    private static IEnumerable<string> Pieces(string text)
    {
        var plain = text.Contains("\\u", StringComparison.OrdinalIgnoreCase) ? Escape().Replace(text, static found => $"{(char)Convert.ToInt32(found.Groups["code"].Value, 16)}") : text;
        plain = plain.Contains('&', StringComparison.Ordinal) ? WebUtility.HtmlDecode(plain) : plain;
        foreach (var piece in Mark().Split(plain))
        {
            yield return piece;
            if (piece.Contains('%', StringComparison.Ordinal) && Uri.UnescapeDataString(piece) is var unescaped && unescaped != piece)
                yield return unescaped;
        }
    }

    [GeneratedRegex("""\\u(?<code>[0-9a-fA-F]{4})""", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Escape();

    /// <summary>A comma parts cells only where no blank follows it.</summary>
    [GeneratedRegex("""[<>"{}\[\]()|=;:/?&#\t\\]|,(?! )""", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Mark();
}

using System.Globalization;
using System.Text;
using Succesmeter.Campaigns;

namespace Succesmeter.Platforms.Recipes;

/// <summary>
/// A platform's own name of a campaign as an id of ours, and back. Letters are lower-cased; each octet that an id may not hold becomes a tilde and two hexadecimal digits, the tilde
/// included; where the first letter would be such a one, <c>0~~</c> stands before it.
/// </summary>
internal static class NativeIds
{
    private const string Mark = "0~~";

    /// <returns>Null where the id would be empty or longer than 128 characters.</returns>
    public static string? ToId(string native)
    {
        var text = new StringBuilder();
        foreach (var octet in Encoding.UTF8.GetBytes(native.ToLowerInvariant()))
        {
            if (char.IsAsciiLetterLower((char)octet) || char.IsAsciiDigit((char)octet) || octet is (byte)'.' or (byte)'_' or (byte)'-')
                text.Append((char)octet);
            else
                text.Append(CultureInfo.InvariantCulture, $"~{octet:x2}");
        }

        if (text.Length > 0 && !char.IsAsciiLetterOrDigit(text[0]))
            text.Insert(0, Mark);

        return IdRule.TryNormalise(text.ToString(), out var id) ? id : null;
    }

    /// <returns>In lower case.</returns>
    public static string ToNative(string id)
    {
        var text = id.StartsWith(Mark, StringComparison.Ordinal) ? id[Mark.Length..] : id;
        var octets = new List<byte>();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '~' && i + 2 < text.Length && byte.TryParse(text.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var octet))
            {
                octets.Add(octet);
                i += 2;
            }
            else
            {
                octets.Add((byte)text[i]);
            }
        }

        return Encoding.UTF8.GetString([.. octets]);
    }
}

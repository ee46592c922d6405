using System.Globalization;
using System.Text;
using Succesmeter.Campaigns;

namespace Succesmeter.Platforms;

/// <summary>
/// A platform's own name of a campaign as an id of ours, and back again. Every octet that an id cannot hold, capitals and the tilde among them, becomes a tilde and two hexadecimal digits,
/// so that no two names share an id (a platform that tells no capitals apart lower-cases the name first); where that would stand first, or a sign that must not, <c>0~~</c> goes before it.
/// </summary>
internal static class NativeId
{
    private const string Mark = "0~~";

    /// <returns>Null where the name is empty, or its id would be longer than 128 characters.</returns>
    public static string? ToId(string native)
    {
        var id = new StringBuilder(native.Length);
        foreach (var octet in Encoding.UTF8.GetBytes(native))
        {
            if (octet is >= (byte)'a' and <= (byte)'z' or >= (byte)'0' and <= (byte)'9' or (byte)'.' or (byte)'_' or (byte)'-')
                id.Append((char)octet);
            else
                id.Append(CultureInfo.InvariantCulture, $"~{octet:x2}");
        }

        if (id.Length > 0 && !char.IsAsciiLetterOrDigit(id[0]))
            id.Insert(0, Mark);

        return IdRule.TryNormalise(id.ToString(), out var known) ? known : null;
    }

    public static string ToNative(string id)
    {
        var text = id.StartsWith(Mark, StringComparison.Ordinal) ? id.AsSpan(Mark.Length) : id;
        var octets = new List<byte>(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '~' && i + 2 < text.Length && byte.TryParse(text.Slice(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var octet))
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

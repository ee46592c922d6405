using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Succesmeter.Campaigns;

namespace Succesmeter.Functions.Endpoints;

/// <summary>Where the next page of a list begins: in which versions of which platforms' lists, after how many rows, of which question.</summary>
/// <param name="Question">A hash of what was asked: another order has other pages.</param>
/// <param name="Versions">Null on the first page, which is of the newest. Their campaigns need not be there.</param>
internal sealed record ListContinuation(string Question, IReadOnlyList<ListVersion>? Versions, int Offset)
{
    private const int QuestionDigits = 8;
    private const int MostLetters = 4096;
    private const int MostDigits = 64;
    private const int MostRows = 100_000_000;

    public static ListContinuation Start(CampaignQuery query, PlatformId? platform) =>
        new(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{platform}\n{query}")))[..QuestionDigits], null, 0);

    /// <returns>False when the text is none of ours, or of another question than this one's.</returns>
    public bool TryContinue(string text, out ListContinuation found)
    {
        found = this;
        if (text.Length > MostLetters || Decoded(text)?.Split('|') is not [var question, var offset, .. var versions] || question != Question
            || !int.TryParse(offset, NumberStyles.None, CultureInfo.InvariantCulture, out var rows) || rows > MostRows)
            return false;

        var pinned = new List<ListVersion>();
        foreach (var version in versions)
        {
            // A version becomes the name of a blob.
            if (version.Split('=') is not [var name, var hash] || !PlatformId.TryParse(name, out var platform) || hash.Length is 0 or > MostDigits || !hash.All(char.IsAsciiHexDigitLower))
                return false;
            pinned.Add(new ListVersion(platform, hash, []));
        }

        found = new ListContinuation(question, pinned, rows);
        return true;
    }

    public override string ToString() => WebEncoders.Base64UrlEncode(Encoding.UTF8.GetBytes(string.Join(
        '|', [Question, Offset.ToString(CultureInfo.InvariantCulture), .. (Versions ?? []).Select(static version => $"{version.Platform}={version.Version}")])));

    private static string? Decoded(string text)
    {
        try
        {
            return Encoding.UTF8.GetString(WebEncoders.Base64UrlDecode(text));
        }
        catch (FormatException)
        {
            return null;
        }
    }
}

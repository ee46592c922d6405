using System.Globalization;
using Succesmeter.Snapshots;

namespace Succesmeter.Storage.Tables;

/// <summary>A pseudonym with its key version as 34 hexadecimal digits of a key.</summary>
internal static class PseudonymKeys
{
    public static string Digits(Pseudonym pseudonym) => string.Create(CultureInfo.InvariantCulture, $"{pseudonym.High:x16}{pseudonym.Low:x16}{pseudonym.KeyVersion:x2}");

    public static Pseudonym Read(ReadOnlySpan<char> digits) => new(
        ulong.Parse(digits[..16], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture),
        ulong.Parse(digits[16..32], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture),
        byte.Parse(digits[32..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
}

using System.Diagnostics.CodeAnalysis;

namespace Succesmeter.Addresses;

/// <summary>
/// Absolute addresses of whatever text somebody sends. <see cref="Uri.TryCreate(string, UriKind, out Uri)"/> itself throws at some: an index, for two slashes and a mark of direction; and what it
/// made may throw when it is asked for its parts.
/// </summary>
public static class AddressText
{
    /// <returns>False for what is no absolute address.</returns>
    public static bool TryParse(string? text, [NotNullWhen(true)] out Uri? address)
    {
        try
        {
            return IsWhole(Uri.TryCreate(text, UriKind.Absolute, out var made) ? made : null, out address);
        }
        catch (Exception none) when (none is UriFormatException or IndexOutOfRangeException)
        {
            address = null;
            return false;
        }
    }

    /// <param name="page">On which it stands.</param>
    /// <param name="text">Relative to the page, or absolute.</param>
    /// <param name="address">What is meant.</param>
    /// <returns>False for what is none.</returns>
    public static bool TryParse(Uri page, string text, [NotNullWhen(true)] out Uri? address)
    {
        try
        {
            return IsWhole(Uri.TryCreate(page, text, out var made) ? made : null, out address);
        }
        catch (Exception none) when (none is UriFormatException or IndexOutOfRangeException)
        {
            address = null;
            return false;
        }
    }

    private static bool IsWhole(Uri? made, [NotNullWhen(true)] out Uri? address)
    {
        address = made is { IsAbsoluteUri: true, AbsoluteUri.Length: > 0 } ? made : null;
        return address is not null;
    }
}

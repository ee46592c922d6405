using System.Buffers.Text;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Succesmeter.Access;

/// <summary>
/// A token as its bearer writes it: <c>smt_</c>, the id in 16 hexadecimal digits, <c>_</c>, and 32 random bytes in base64url. The prefix lets scanners of source code
/// find a token that leaked; the id lets a store find it by key.
/// </summary>
public sealed class TokenText
{
    public const string Rule = "must be 'Bearer ' and a token: smt_, 16 hexadecimal digits, _ and 43 letters, digits, - or _";

    private const string Prefix = "smt_";
    private const int IdLetters = 16;
    private const int SecretBytes = 32;
    private const int SecretLetters = 43;

    private readonly string text;

    private TokenText(string text, string id, ReadOnlySpan<byte> secret)
    {
        this.text = text;
        Id = id;
        SecretHash = [.. SHA256.HashData(secret)];
    }

    public string Id { get; }

    public ImmutableArray<byte> SecretHash { get; }

    /// <param name="dice">Where the secret and the id come from.</param>
    public static TokenText New(RandomNumberGenerator dice)
    {
        Span<byte> bytes = stackalloc byte[(IdLetters / 2) + SecretBytes];
        dice.GetBytes(bytes);
        var id = Convert.ToHexStringLower(bytes[..(IdLetters / 2)]);
        var secret = bytes[(IdLetters / 2)..];
        return new TokenText($"{Prefix}{id}_{Base64Url.EncodeToString(secret)}", id, secret);
    }

    public static bool TryParse(string? text, [NotNullWhen(true)] out TokenText? token)
    {
        token = null;
        if (text is not { Length: 4 + IdLetters + 1 + SecretLetters } || !text.StartsWith(Prefix, StringComparison.Ordinal) || text[Prefix.Length + IdLetters] != '_')
            return false;

        var id = text.Substring(Prefix.Length, IdLetters);
        Span<byte> secret = stackalloc byte[SecretBytes];
        if (!IsId(id) || !Base64Url.IsValid(text.AsSpan(Prefix.Length + IdLetters + 1)) || !Base64Url.TryDecodeFromChars(text.AsSpan(Prefix.Length + IdLetters + 1), secret, out var written) || written != SecretBytes)
            return false;

        token = new TokenText(text, id, secret);
        return true;
    }

    public static bool IsId(string text) => text.Length == IdLetters && text.All(char.IsAsciiHexDigitLower);

    /// <summary>The secret is in it: it goes to the one who asked for the token, and nowhere else.</summary>
    public string Reveal() => text;

    /// <summary>Without the secret, so that a log or a debugger shows none.</summary>
    public override string ToString() => $"{Prefix}{Id}_…";
}

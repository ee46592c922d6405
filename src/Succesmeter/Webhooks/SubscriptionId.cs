using System.Security.Cryptography;
using System.Text;
using Succesmeter.Access;

namespace Succesmeter.Webhooks;

/// <summary>
/// <c>sub_</c>, 16 hexadecimal digits that are the same for all subscriptions of one scope, <c>_</c>, and 16 random ones: a store finds by key both one subscription and all
/// that hear of a campaign.
/// </summary>
public readonly record struct SubscriptionId
{
    public const string Rule = "must be sub_, 16 hexadecimal digits, _ and 16 more";

    private const string Prefix = "sub_";
    private const int Digits = 16;

    private SubscriptionId(string scope, string own) => (Scope, Own) = (scope, own);

    /// <summary>Of the scope.</summary>
    public string Scope { get; }

    /// <summary>Tells it from others of the scope.</summary>
    public string Own { get; }

    public static SubscriptionId New(TokenScope scope, RandomNumberGenerator dice)
    {
        Span<byte> own = stackalloc byte[Digits / 2];
        dice.GetBytes(own);
        return new SubscriptionId(PartOf(scope), Convert.ToHexStringLower(own));
    }

    /// <summary>What the ids of all subscriptions of a scope have in common.</summary>
    public static string PartOf(TokenScope scope) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(scope.ToString())).AsSpan(0, Digits / 2));

    public static bool TryParse(string? text, out SubscriptionId id)
    {
        id = default;
        if (text is not { Length: 4 + Digits + 1 + Digits } || !text.StartsWith(Prefix, StringComparison.Ordinal) || text[Prefix.Length + Digits] != '_')
            return false;

        var (scope, own) = (text.Substring(Prefix.Length, Digits), text[(Prefix.Length + Digits + 1)..]);
        if (!scope.All(char.IsAsciiHexDigitLower) || !own.All(char.IsAsciiHexDigitLower))
            return false;

        id = new SubscriptionId(scope, own);
        return true;
    }

    public override string ToString() => $"{Prefix}{Scope}_{Own}";
}

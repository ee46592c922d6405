using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Succesmeter.Webhooks;

/// <summary>What an endpoint and we know, and nobody else. It is shown once, to who subscribes.</summary>
/// <remarks>Standard Webhooks 1.0.0, "Webhook secrets" and "Signature scheme".</remarks>
public sealed class WebhookSecret
{
    private const string Prefix = "whsec_";
    private const int Bytes = 32;
    private const int LeastBytes = 24;
    private const int MostBytes = 64;

    private readonly byte[] secret;

    private WebhookSecret(byte[] secret) => this.secret = secret;

    public static WebhookSecret New(RandomNumberGenerator dice)
    {
        var bytes = new byte[Bytes];
        dice.GetBytes(bytes);
        return new WebhookSecret(bytes);
    }

    public static bool TryParse(string? text, [NotNullWhen(true)] out WebhookSecret? parsed)
    {
        parsed = null;
        var bytes = new byte[MostBytes];
        if (text?.StartsWith(Prefix, StringComparison.Ordinal) != true || !Convert.TryFromBase64String(text[Prefix.Length..], bytes, out var length) || length < LeastBytes)
            return false;

        // Base64 is read with blanks in it and with bits too many; a secret is written in one way.
        var read = new WebhookSecret(bytes[..length]);
        parsed = read.Reveal() == text ? read : null;
        return parsed is not null;
    }

    /// <summary>The secret is in it: it goes to the one who subscribes, and nowhere else.</summary>
    public string Reveal() => Prefix + Convert.ToBase64String(secret);

    /// <param name="id">Of the message; without a full stop, which parts what is signed.</param>
    /// <param name="at">Of the attempt, to the second.</param>
    /// <param name="body">As it is sent.</param>
    public string Sign(string id, DateTimeOffset at, ReadOnlySpan<byte> body)
    {
        using var mac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, secret);
        mac.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{at.ToUnixTimeSeconds()}.")));
        mac.AppendData(body);
        return "v1," + Convert.ToBase64String(mac.GetHashAndReset());
    }

    /// <summary>Without the secret, so that a log or a debugger shows none.</summary>
    public override string ToString() => Prefix + "…";

    internal ReadOnlySpan<byte> AsSpan() => secret;

    internal static WebhookSecret Of(byte[] bytes) => new(bytes);
}

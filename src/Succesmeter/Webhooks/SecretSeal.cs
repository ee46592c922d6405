using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace Succesmeter.Webhooks;

/// <summary>
/// Secrets as they lie in storage: AES-256-GCM under a key that does not lie there. What is sealed names its key's version, so that keys can be changed one after the other, and is bound to its
/// subscription, so that it opens in no other's place.
/// </summary>
public sealed class SecretSeal
{
    public const int KeyBytes = 32;

    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    private readonly IReadOnlyDictionary<byte, byte[]> keys;
    private readonly byte current;
    private readonly RandomNumberGenerator dice;

    /// <param name="keys">Of <see cref="KeyBytes"/> bytes, by version.</param>
    /// <param name="current">With which version to seal from now on.</param>
    /// <param name="dice">Where nonces come from.</param>
    public SecretSeal(IReadOnlyDictionary<byte, byte[]> keys, byte current, RandomNumberGenerator dice)
    {
        if (!keys.ContainsKey(current) || keys.Values.Any(static key => key.Length != KeyBytes))
            throw new ArgumentException($"There must be a key of {KeyBytes} bytes for the current version, and no key of another length.", nameof(keys));

        this.keys = keys;
        this.current = current;
        this.dice = dice;
    }

    /// <returns>Version, nonce, tag and what is hidden, one after the other.</returns>
    public ImmutableArray<byte> Seal(SubscriptionId of, WebhookSecret secret)
    {
        var hidden = secret.AsSpan();
        var made = new byte[1 + NonceBytes + TagBytes + hidden.Length];
        made[0] = current;
        var nonce = made.AsSpan(1, NonceBytes);
        dice.GetBytes(nonce);
        using var aes = new AesGcm(keys[current], TagBytes);
        aes.Encrypt(nonce, hidden, made.AsSpan(1 + NonceBytes + TagBytes), made.AsSpan(1 + NonceBytes, TagBytes), BoundTo(of));
        return ImmutableArray.Create(made);
    }

    /// <exception cref="CryptographicException">The key of its version is not there, or it is not what was sealed for this subscription.</exception>
    public WebhookSecret Open(SubscriptionId of, ImmutableArray<byte> made)
    {
        if (made.Length <= 1 + NonceBytes + TagBytes)
            throw new CryptographicException("This is too short for a sealed secret.");
        if (!keys.TryGetValue(made[0], out var key))
            throw new CryptographicException($"A secret is sealed with key version {made[0]}, which is not configured.");

        var opened = new byte[made.Length - 1 - NonceBytes - TagBytes];
        using var aes = new AesGcm(key, TagBytes);
        aes.Decrypt(made.AsSpan(1, NonceBytes), made.AsSpan(1 + NonceBytes + TagBytes, opened.Length), made.AsSpan(1 + NonceBytes, TagBytes), opened, BoundTo(of));
        return WebhookSecret.Of(opened);
    }

    private static byte[] BoundTo(SubscriptionId of) => Encoding.ASCII.GetBytes(of.ToString());
}

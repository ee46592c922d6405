using System.Collections.Immutable;
using System.Security.Cryptography;

namespace Succesmeter.Access;

/// <summary>A token as it is kept: what it is for, and a hash by which its secret is known again. The secret itself is shown once, to whoever issues it.</summary>
public sealed record BearerToken
{
    /// <summary>The longest that a token may be valid.</summary>
    public static readonly TimeSpan LongestLife = TimeSpan.FromDays(731);

    /// <summary>16 hexadecimal digits.</summary>
    public required string Id { get; init; }

    public required TokenScope Scope { get; init; }

    public required Rights Rights { get; init; }

    /// <summary>What it was issued for, in an admin's words.</summary>
    public required string Label { get; init; }

    public required DateTimeOffset IssuedAt { get; init; }

    /// <summary>From this instant on it is worth nothing.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Null while it is not revoked.</summary>
    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>SHA-256 of the secret. The secret is 32 random bytes, so a slow hash would protect nothing more.</summary>
    public required ImmutableArray<byte> SecretHash { get; init; }

    /// <summary>Whether this is its secret, in a time that does not tell how much of it is right.</summary>
    public bool Matches(TokenText text) => text.Id == Id && CryptographicOperations.FixedTimeEquals(text.SecretHash.AsSpan(), SecretHash.AsSpan());

    public bool Equals(BearerToken? other) =>
        other is not null && Id == other.Id && Scope == other.Scope && Rights == other.Rights && Label == other.Label && IssuedAt == other.IssuedAt
        && ExpiresAt == other.ExpiresAt && RevokedAt == other.RevokedAt && SecretHash.AsSpan().SequenceEqual(other.SecretHash.AsSpan());

    public override int GetHashCode() => HashCode.Combine(Id, Label, ExpiresAt, RevokedAt);
}

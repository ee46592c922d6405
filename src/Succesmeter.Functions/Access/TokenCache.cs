using System.Collections.Concurrent;
using Succesmeter.Access;

namespace Succesmeter.Functions.Access;

/// <summary>
/// Tokens that were looked up within the last seconds. Those that do not exist are not remembered, so that who guesses ids pushes no real one out.
/// </summary>
public sealed class TokenCache(ITokenStore tokens, TimeProvider clock)
{
    /// <summary>So long after its revocation a token may still be taken on another host.</summary>
    public static readonly TimeSpan Age = TimeSpan.FromSeconds(5);

    private const int Most = 1_000;

    private readonly ConcurrentDictionary<string, (BearerToken Token, DateTimeOffset Until)> known = new(StringComparer.Ordinal);

    public async ValueTask<BearerToken?> FindAsync(string id, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if (known.TryGetValue(id, out var cached) && now < cached.Until)
            return cached.Token;

        if (await tokens.FindAsync(id, cancellation) is not { } token)
            return null;

        if (known.Count >= Most)
            known.Clear();
        known[id] = (token, now + Age);
        return token;
    }

    /// <summary>On this host a revocation counts at once.</summary>
    public void Forget(string id) => known.TryRemove(id, out _);
}

using System.Runtime.CompilerServices;
using Succesmeter.Access;

namespace Succesmeter.Testing.Memory;

/// <summary>Tokens in memory.</summary>
public sealed class MemoryTokenStore : ITokenStore
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, BearerToken> _tokens = new(StringComparer.Ordinal);

    public Task AddAsync(BearerToken token, CancellationToken cancellation)
    {
        lock (_lock)
            return _tokens.TryAdd(token.Id, token) ? Task.CompletedTask : throw new InvalidOperationException($"There is a token {token.Id} already.");
    }

    public Task<BearerToken?> FindAsync(string id, CancellationToken cancellation)
    {
        lock (_lock)
            return Task.FromResult(_tokens.GetValueOrDefault(id));
    }

    public Task<BearerToken?> RevokeAsync(string id, DateTimeOffset at, CancellationToken cancellation)
    {
        lock (_lock)
        {
            if (_tokens.GetValueOrDefault(id) is not { } token)
                return Task.FromResult<BearerToken?>(null);

            return Task.FromResult<BearerToken?>(_tokens[id] = token with { RevokedAt = token.RevokedAt ?? at });
        }
    }

    public async IAsyncEnumerable<BearerToken> ReadAsync(string? after, [EnumeratorCancellation] CancellationToken cancellation)
    {
        List<BearerToken> tokens;
        lock (_lock)
            tokens = [.. _tokens.Values.Where(token => after is null || string.CompareOrdinal(token.Id, after) > 0)];
        foreach (var token in tokens)
        {
            await Task.CompletedTask;
            yield return token;
        }
    }
}

namespace Succesmeter.Access;

/// <summary>The tokens that were issued; those that expired or were revoked stay, so that their bearers can be told.</summary>
public interface ITokenStore
{
    /// <exception cref="InvalidOperationException">There is one of this id: the source of randomness is broken.</exception>
    Task AddAsync(BearerToken token, CancellationToken cancellation);

    Task<BearerToken?> FindAsync(string id, CancellationToken cancellation);

    /// <returns>The token as revoked, at the first instant that anybody said so; null when none was issued under the id.</returns>
    Task<BearerToken?> RevokeAsync(string id, DateTimeOffset at, CancellationToken cancellation);

    /// <summary>In order of their ids.</summary>
    /// <param name="after">The id after which to begin, or null.</param>
    /// <param name="cancellation">Ends the reading.</param>
    IAsyncEnumerable<BearerToken> ReadAsync(string? after, CancellationToken cancellation);
}

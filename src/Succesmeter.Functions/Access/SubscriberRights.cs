using Microsoft.Extensions.Options;
using Succesmeter.Access;
using Succesmeter.Webhooks;

namespace Succesmeter.Functions.Access;

/// <summary>A subscription lives as long as the token that it was made with, and hears what that token may read.</summary>
public sealed class SubscriberRights(TokenCache tokens, IOptions<AccessOptions> options, TimeProvider clock) : ISubscriberRights
{
    public async ValueTask<bool> MayHearAsync(string madeBy, TokenScope scope, CancellationToken cancellation)
    {
        if (madeBy == Visitor.Root)
            return true;

        return await tokens.FindAsync(madeBy, cancellation) is { RevokedAt: null } token
            && clock.GetUtcNow() < token.ExpiresAt
            && token.Rights.Contains(Right.Subscribe)
            && (options.Value.PublicScores || token.Rights.Contains(Right.Read))
            && token.Scope.Covers(scope);
    }
}

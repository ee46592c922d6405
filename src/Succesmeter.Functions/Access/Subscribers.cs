using Microsoft.AspNetCore.Http;
using Succesmeter.Access;
using Succesmeter.Functions.Endpoints;
using Succesmeter.Webhooks;

namespace Succesmeter.Functions.Access;

/// <summary>Who may subscribe to what: a token with the right to subscribe, and to read, since events tell what scores say.</summary>
public sealed class Subscribers(Visitor visitor, ISubscriptionStore store)
{
    private const string Rule = "must bear a token with the rights to subscribe and to read here";

    /// <param name="request">Its bearer token says who sent it.</param>
    /// <param name="scope">What is to be heard; null for anything at all.</param>
    /// <param name="cancellation">Ends the look-up.</param>
    /// <returns>Null for who may.</returns>
    public async ValueTask<IResult?> RefuseAsync(HttpRequest request, TokenScope? scope, CancellationToken cancellation)
    {
        var hears = await visitor.ScopeAsync(request, Right.Subscribe, cancellation);
        var reads = await visitor.ScopeAsync(request, Right.Read, cancellation);
        return hears is not null && reads is not null && (scope is null || (hears.Covers(scope) && reads.Covers(scope))) ? null : Answers.Forbidden(request, Rule);
    }

    /// <summary>Where the sender may subscribe; null for nowhere.</summary>
    public ValueTask<TokenScope?> ScopeAsync(HttpRequest request, CancellationToken cancellation) => visitor.ScopeAsync(request, Right.Subscribe, cancellation);

    /// <summary>Who answers for what is made: the token's id, or root.</summary>
    /// <exception cref="InvalidOperationException">The sender bears none, and was not refused.</exception>
    public async ValueTask<string> WhoAsync(HttpRequest request, CancellationToken cancellation) =>
        await visitor.WhoAsync(request, cancellation) ?? throw new InvalidOperationException("Only who bears a token may subscribe.");

    /// <returns>The subscription, or the answer to who may not know of it.</returns>
    internal async Task<(KeptSubscription? Kept, IResult? Refused)> FindAsync(HttpRequest request, string id, CancellationToken cancellation)
    {
        if (await RefuseAsync(request, null, cancellation) is { } stranger)
            return (null, stranger);
        if (!SubscriptionId.TryParse(id, out var parsed))
            return (null, Answers.BadRequest("id", SubscriptionId.Rule));
        if (await store.FindAsync(parsed, cancellation) is not { } kept)
            return (null, Answers.NotFound("id", "is of no subscription"));

        return await RefuseAsync(request, kept.Subscription.Scope, cancellation) is { } refused ? (null, refused) : (kept, null);
    }
}

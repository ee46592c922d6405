using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Options;
using Succesmeter.Access;
using Succesmeter.Functions.Access;
using Succesmeter.Functions.OpenApi;

namespace Succesmeter.Functions.Endpoints;

/// <summary>Who asks, so that a page can show what its reader may do and leave out the rest.</summary>
public sealed class MeEndpoint(Visitor visitor, IOptions<AccessOptions> options)
{
    /// <summary>What the token that asks may do, and whether scores are public here. Without a token: no rights.</summary>
    [Function("GetMe")]
    [Gives(200, typeof(MeAnswer))]
    [Refuses(401, "The token is worth nothing.")]
    public async Task<IResult> GetAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/me")] HttpRequest request, CancellationToken cancellation)
    {
        await visitor.WhoAsync(request, cancellation);
        return Visitor.Found(request) switch
        {
            Bearer.Refused => Answers.Forbidden(request, "must be worth something"),
            var bearer => Answers.Ok(request, MeAnswer.Of(bearer, options.Value.PublicScores), ApiJson.Default.MeAnswer),
        };
    }
}

/// <param name="Scope">Where the rights hold; null without a token.</param>
/// <param name="Rights">read, act, subscribe, push; none without a token.</param>
/// <param name="ExpiresAt">Of the token; null where it never does.</param>
/// <param name="PublicScores">What scores say may be read without a token.</param>
internal sealed record MeAnswer(ScopeText? Scope, IReadOnlyList<string> Rights, DateTimeOffset? ExpiresAt, bool PublicScores)
{
    public static MeAnswer Of(Bearer? bearer, bool publicScores) => bearer switch
    {
        Bearer.Root => new(ScopeText.Of(TokenScope.All), Succesmeter.Access.Rights.Of(Enum.GetValues<Right>()).Names, null, publicScores),
        Bearer.Holder { Token: var token } => new(ScopeText.Of(token.Scope), token.Rights.Names, token.ExpiresAt, publicScores),
        _ => new(null, [], null, publicScores),
    };
}

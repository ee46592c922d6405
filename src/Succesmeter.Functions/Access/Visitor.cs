using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Succesmeter.Access;
using Succesmeter.Campaigns;

namespace Succesmeter.Functions.Access;

/// <summary>What the sender of a request may do.</summary>
public sealed class Visitor(IOptions<AccessOptions> options, TokenCache tokens, TimeProvider clock)
{
    /// <summary>Who holds the root token, in logs and beside what was said.</summary>
    public const string Root = "root";

    private const string Scheme = "Bearer ";

    /// <param name="request">Its bearer token says who sent it.</param>
    /// <param name="right">What is asked for.</param>
    /// <param name="campaign">On which campaign.</param>
    /// <param name="cancellation">Ends the look-up.</param>
    public async ValueTask<bool> MayAsync(HttpRequest request, Right right, CampaignId campaign, CancellationToken cancellation) =>
        (await ScopeAsync(request, right, cancellation))?.Covers(campaign) == true;

    /// <param name="request">Its bearer token says who sent it.</param>
    /// <param name="right">What is asked for.</param>
    /// <param name="platform">On all of which platform; null for all platforms.</param>
    /// <param name="cancellation">Ends the look-up.</param>
    public async ValueTask<bool> MayAsync(HttpRequest request, Right right, PlatformId? platform, CancellationToken cancellation) =>
        (await ScopeAsync(request, right, cancellation))?.Covers(platform) == true;

    /// <returns>Where the sender has the right; null for nowhere.</returns>
    public async ValueTask<TokenScope?> ScopeAsync(HttpRequest request, Right right, CancellationToken cancellation)
    {
        if (right == Right.Read && options.Value.PublicScores)
            return TokenScope.All;

        return await BearerAsync(request, cancellation) switch
        {
            Bearer.Root => TokenScope.All,
            Bearer.Holder { Token: var token } => token.Rights.Contains(right) ? token.Scope : null,
            Bearer.Nobody or Bearer.Refused => null,
            _ => throw new UnreachableException(),
        };
    }

    /// <returns>The id of the token that the sender bears, <see cref="Root"/> for the root token; null for anybody.</returns>
    public async ValueTask<string?> WhoAsync(HttpRequest request, CancellationToken cancellation) => await BearerAsync(request, cancellation) switch
    {
        Bearer.Root => Root,
        Bearer.Holder { Token.Id: var id } => id,
        _ => null,
    };

    /// <summary>What was found out about the sender; null where nobody asked yet.</summary>
    internal static Bearer? Found(HttpRequest request) => request.HttpContext.Items.TryGetValue(typeof(Bearer), out var found) ? (Bearer?)found : null;

    private async ValueTask<Bearer> BearerAsync(HttpRequest request, CancellationToken cancellation)
    {
        if (Found(request) is { } known)
            return known;

        var bearer = await LookAsync(request.Headers.Authorization.ToString(), cancellation);
        request.HttpContext.Items[typeof(Bearer)] = bearer;
        return bearer;
    }

    private async ValueTask<Bearer> LookAsync(string header, CancellationToken cancellation)
    {
        if (header.Length == 0)
            return new Bearer.Nobody();
        if (!header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
            return new Bearer.Refused(TokenText.Rule);

        var text = header[Scheme.Length..].Trim();
        if (IsRootToken(text))
            return new Bearer.Root();
        if (!TokenText.TryParse(text, out var token))
            return new Bearer.Refused(TokenText.Rule);
        if (await tokens.FindAsync(token.Id, cancellation) is not { } issued || !issued.Matches(token))
            return new Bearer.Refused("is of no token that was issued here");
        if (issued.RevokedAt is not null)
            return new Bearer.Refused("is of a token that was revoked");

        return issued.ExpiresAt <= clock.GetUtcNow() ? new Bearer.Refused("is of a token that has expired") : new Bearer.Holder(issued);
    }

    /// <remarks>Hashes are compared, so that neither length nor first difference shows in the time it takes.</remarks>
    private bool IsRootToken(string text) =>
        options.Value.RootToken is { Length: > 0 } token
        && CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(text)), SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}

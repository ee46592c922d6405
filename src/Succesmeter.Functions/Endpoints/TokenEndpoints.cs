using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Succesmeter.Access;
using Succesmeter.Campaigns;
using Succesmeter.Functions.Access;
using Succesmeter.Functions.OpenApi;
using Succesmeter.Snapshots;

namespace Succesmeter.Functions.Endpoints;

/// <summary>An admin issues tokens, sees which there are, and takes them back.</summary>
public sealed class TokenEndpoints(ITokenStore store, TokenCache cache, RandomNumberGenerator dice, TimeProvider clock)
{
    private const int MostLabel = 100;
    private const int PageSize = 100;

    /// <summary>Issues a bearer token.</summary>
    [Function("IssueToken")]
    [Takes(typeof(TokenRequest), Example = """{ "scope": { "campaign": "growfunding/kidical-mass" }, "rights": ["read", "act"], "expiresAt": "2026-06-30T00:00:00Z", "label": "Holder of Kidical Mass" }""")]
    [Gives(201, typeof(TokenAnswer), Words = "The token is shown here and never again.")]
    [LeadsTo("RevokeToken", "id", "/id")]
    public async Task<IResult> IssueAsync([HttpTrigger(AuthorizationLevel.Admin, "post", Route = "api/admin/tokens")] HttpRequest request, CancellationToken cancellation)
    {
        var (asked, problem) = await SmallBody.ReadAsync(request, ApiJson.Default.TokenRequest, cancellation);
        if (asked is null)
            return problem!;
        if (ScopeText.ToScope(asked.Scope) is not { } scope)
            return Answers.BadRequest("scope", "must be one of { \"campaign\": \"platform/campaign\" }, { \"platform\": \"…\" } and { \"all\": true }");
        if (asked.Rights is not { Count: > 0 } || !Rights.TryParse(asked.Rights, out var rights))
            return Answers.BadRequest("rights", "must name at least one of read, act, subscribe and push");
        if (rights.Value.Contains(Right.Push) && scope.Campaign is not null)
            return Answers.BadRequest("rights", "may hold push on a platform or on all only: a file of snapshots is of many campaigns");
        if (asked.Label?.Trim() is not { Length: > 0 and <= MostLabel } label || label.Any(char.IsControl))
            return Answers.BadRequest("label", $"must say in 1 to {MostLabel} characters what the token is for");

        var now = clock.GetUtcNow();
        if (!MomentText.TryParse(asked.ExpiresAt, TimeZoneInfo.Utc, out var expires) || expires.At <= now || expires.At > now + BearerToken.LongestLife)
            return Answers.BadRequest("expiresAt", string.Create(CultureInfo.InvariantCulture, $"must be a time from now on and within {BearerToken.LongestLife.TotalDays:F0} days"));

        var text = TokenText.New(dice);
        var token = new BearerToken { Id = text.Id, Scope = scope, Rights = rights.Value, Label = label, IssuedAt = now, ExpiresAt = expires.At, SecretHash = text.SecretHash };
        await store.AddAsync(token, cancellation);

        request.HttpContext.Response.Headers.Location = $"/api/admin/tokens/{token.Id}";
        return Results.Json(TokenAnswer.Of(token) with { Token = text.Reveal() }, ApiJson.Default.TokenAnswer, statusCode: StatusCodes.Status201Created);
    }

    /// <summary>The tokens that were issued, expired and revoked ones too.</summary>
    [Function("ListTokens")]
    [Query("continuation", "Of the page before.")]
    [Gives(200, typeof(ListAnswer<TokenAnswer>))]
    public async Task<IResult> ListAsync([HttpTrigger(AuthorizationLevel.Admin, "get", "head", Route = "api/admin/tokens")] HttpRequest request, CancellationToken cancellation)
    {
        var after = request.Query["continuation"] is { Count: > 0 } continuation ? continuation.ToString() : null;
        if (after is not null && !TokenText.IsId(after))
            return Answers.BadRequest("continuation", "must be the one that the page before gave");

        var items = new List<TokenAnswer>();
        await foreach (var token in store.ReadAsync(after, cancellation))
        {
            if (items.Count == PageSize)
                return Page(items[^1].Id);
            items.Add(TokenAnswer.Of(token));
        }

        return Page(null);

        IResult Page(string? next) => Answers.Ok(request, new ListAnswer<TokenAnswer>(items, next), ApiJson.Default.ListAnswerTokenAnswer);
    }

    /// <summary>Counts here at once, and on every other host within <see cref="TokenCache.Age"/>. Revoking again changes nothing.</summary>
    [Function("RevokeToken")]
    [Path("id", Words = "Of the token.", Pattern = "^[0-9a-f]{16}$")]
    [Gives(200, typeof(TokenAnswer))]
    public async Task<IResult> RevokeAsync(
        [HttpTrigger(AuthorizationLevel.Admin, "delete", Route = "api/admin/tokens/{id}")] HttpRequest request, string id, CancellationToken cancellation)
    {
        if (!TokenText.IsId(id))
            return Answers.BadRequest("id", "must be 16 hexadecimal digits, as /api/admin/tokens lists them");
        if (await store.RevokeAsync(id, clock.GetUtcNow(), cancellation) is not { } revoked)
            return Answers.NotFound("id", "is of no token");

        cache.Forget(id);
        return Answers.Ok(request, TokenAnswer.Of(revoked), ApiJson.Default.TokenAnswer);
    }
}

internal sealed record TokenRequest([Required] ScopeText? Scope, [Required] IReadOnlyList<string?>? Rights, [Required] string? ExpiresAt, [Required] string? Label);

/// <summary>One of the three.</summary>
internal sealed record ScopeText(string? Campaign, string? Platform, bool? All)
{
    /// <returns>Null unless it is exactly one of the three, and an id.</returns>
    public static TokenScope? ToScope(ScopeText? scope) => scope switch
    {
        { All: true, Platform: null, Campaign: null } => TokenScope.All,
        { All: null or false, Platform: { } platform, Campaign: null } => PlatformId.TryParse(platform, out var id) ? TokenScope.Of(id) : null,
        { All: null or false, Platform: null, Campaign: { } campaign } => CampaignId.TryParse(campaign, out var id) ? TokenScope.Of(id) : null,
        _ => null,
    };

    public static ScopeText Of(TokenScope scope) => new(scope.Campaign?.ToString(), scope.Campaign is null ? scope.Platform?.ToString() : null, scope.Platform is null ? true : null);
}

internal sealed record TokenAnswer(string Id, ScopeText Scope, IReadOnlyList<string> Rights, string Label, DateTimeOffset IssuedAt, DateTimeOffset ExpiresAt, DateTimeOffset? RevokedAt)
{
    /// <summary>Shown once, when it is issued; null ever after, since nobody has it any more.</summary>
    public string? Token { get; init; }

    public static TokenAnswer Of(BearerToken token) => new(token.Id, ScopeText.Of(token.Scope), token.Rights.Names, token.Label, token.IssuedAt, token.ExpiresAt, token.RevokedAt);
}

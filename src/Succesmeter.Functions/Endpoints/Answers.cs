using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Succesmeter.Functions.Access;
using Succesmeter.Functions.Requests;

namespace Succesmeter.Functions.Endpoints;

/// <summary>The shapes that every endpoint answers in: JSON with an ETag, and problem details (RFC 9457) that name field and rule.</summary>
internal static class Answers
{
    public const string Json = "application/json; charset=utf-8";

    public static IResult Ok<T>(HttpRequest request, T value, JsonTypeInfo<T> type) => Bytes(request, JsonSerializer.SerializeToUtf8Bytes(value, type), Json);

    /// <summary>The bytes, packed as the client likes them, with a strong ETag; or 304 when the client has them.</summary>
    public static IResult Bytes(HttpRequest request, ReadOnlyMemory<byte> content, string contentType, string cacheControl = "no-cache")
    {
        // A strong tag is of one encoding: the same bytes packed are other bytes.
        var encoding = Encodings.Chosen(request, content.Length);
        var tag = $"\"{Convert.ToHexStringLower(SHA256.HashData(content.Span).AsSpan(0, 16))}{(encoding is null ? "" : $"-{encoding}")}\"";
        var headers = request.HttpContext.Response.Headers;
        headers.ETag = tag;

        // What a token opened is for who bears it.
        headers.CacheControl = request.Headers.Authorization.Count > 0 ? "private, no-cache" : cacheControl;
        headers.Append("Vary", "Accept-Encoding, Authorization");
        if (request.Headers.IfNoneMatch.Any(known => known is not null && (known == "*" || known.Contains(tag, StringComparison.Ordinal))))
            return Results.StatusCode(StatusCodes.Status304NotModified);
        if (encoding is null)
            return Results.Bytes(content, contentType);

        headers.ContentEncoding = encoding;
        return Results.Bytes(Encodings.Packed(content, encoding), contentType);
    }

    public static IResult BadRequest(string field, string rule) => Problem(StatusCodes.Status400BadRequest, "The request breaks a rule.", field, rule);

    public static IResult NotFound(string field, string what) => Problem(StatusCodes.Status404NotFound, "Nothing is here.", field, what);

    /// <summary>401 to who bears no token or one that is worth nothing, 403 to who bears one for something else (RFC 6750, section 3).</summary>
    /// <param name="request">Asked by <see cref="Visitor"/> before.</param>
    /// <param name="rule">What its token must be.</param>
    public static IResult Forbidden(HttpRequest request, string rule)
    {
        var (status, challenge, broken) = Visitor.Found(request) switch
        {
            Bearer.Holder { Token: var token } => (StatusCodes.Status403Forbidden, "Bearer error=\"insufficient_scope\"", $"{rule}; this one has the rights {token.Rights} on {token.Scope}"),
            Bearer.Refused { Rule: var why } => (StatusCodes.Status401Unauthorized, "Bearer error=\"invalid_token\"", why),
            _ => (StatusCodes.Status401Unauthorized, "Bearer", rule),
        };
        request.HttpContext.Response.Headers.WWWAuthenticate = challenge;
        return Problem(status, "This needs a token.", "Authorization", broken);
    }

    public static IResult ScoresForbidden(HttpRequest request) => Forbidden(request, "must bear a token with the right to read this campaign's score");

    public static IResult Problem(int status, string title, string field, string rule) =>
        Results.Problem(
            title: title,
            detail: $"{field} {rule}.",
            statusCode: status,
            extensions: new Dictionary<string, object?>(StringComparer.Ordinal) { ["field"] = field, ["rule"] = rule });
}

using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Succesmeter.Functions.Web;

namespace Succesmeter.Functions.Endpoints;

/// <summary>The web application's files, at every address that is not the API's.</summary>
public sealed class WebApplicationEndpoint
{
    [Function("WebApplication")]
    public IResult Get([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "{*path}")] HttpRequest request, string? path)
    {
        if (path is { Length: > 0 } && (path == "api" || path.StartsWith("api/", StringComparison.OrdinalIgnoreCase)))
            return Answers.NotFound("path", "is no route of the API: /api/health, /api/campaigns and /api/schemas/snapshot.json are good places to start");
        if (WebFiles.Find(path) is not { } file)
            return Answers.NotFound("path", "is no page or file of the web application");

        var headers = request.HttpContext.Response.Headers;
        headers.ContentSecurityPolicy = "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";
        headers["Referrer-Policy"] = "no-referrer";
        return Answers.Bytes(request, file.Content, file.ContentType, file.CacheControl);
    }
}

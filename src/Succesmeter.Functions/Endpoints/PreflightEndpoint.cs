using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Succesmeter.Functions.Endpoints;

/// <summary>What a browser asks before a page of another origin may; <see cref="Requests.CrossOrigin"/> says in the headers whether it may.</summary>
public sealed class PreflightEndpoint
{
    [Function("Preflight")]
    public IResult Get([HttpTrigger(AuthorizationLevel.Anonymous, "options", Route = "api/{*path}")] HttpRequest request, string? path) => Results.NoContent();
}

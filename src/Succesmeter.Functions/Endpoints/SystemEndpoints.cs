using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Succesmeter.Functions.OpenApi;
using Succesmeter.Models;
using Succesmeter.Scores;
using Succesmeter.Snapshots;
using Succesmeter.Storage;
using Succesmeter.Visits;

namespace Succesmeter.Functions.Endpoints;

/// <summary>Whether all is well, and the schema that snapshots keep to.</summary>
public sealed class SystemEndpoints(StorageAccount storage, IScoringModels models, IModelShelf shelf, CrawledPlatforms platforms, IVisitStore visits)
{
    /// <summary>Whether all is well, part by part.</summary>
    [Function("GetHealth")]
    [Gives(200, typeof(HealthAnswer), IsTagged = false)]
    [Gives(503, typeof(HealthAnswer), Words = "Something is missing.")]
    public async Task<IResult> HealthAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/health")] HttpRequest request, CancellationToken cancellation)
    {
        var parts = new Dictionary<string, string>(await storage.CheckAsync(cancellation), StringComparer.Ordinal);
        var model = await models.CurrentAsync(cancellation);
        parts["model"] = model is null ? "none can be had: scoring waits" : "ok";
        var well = parts.Values.All(part => part == "ok");
        var crawl = await CrawlAsync(cancellation);
        foreach (var broken in crawl?.Where(static one => one.BrokenSince is not null) ?? [])
            parts[$"platform {broken.Platform}"] = $"broken: {broken.Failing} of {broken.Followed} pages cannot be read";
        return Results.Json(
            new HealthAnswer(parts.Values.All(part => part == "ok") ? "ok" : "degraded", model?.Name, parts, await DriftAsync(cancellation), crawl),
            ApiJson.Default.HealthAnswer,
            statusCode: well ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }

    /// <summary>A platform that changed its pages calls for a person too, and not for another host: it is named, and the status code stays.</summary>
    private async Task<IReadOnlyList<CrawlAnswer>?> CrawlAsync(CancellationToken cancellation)
    {
        try
        {
            return await CrawlAnswer.OfAllAsync(platforms, visits, cancellation);
        }
        catch (Exception failure) when (StorageOutage.Is(failure))
        {
            return null;
        }
    }

    /// <summary>Drift calls for a person and not for another host, so it does not make this one unwell.</summary>
    private async Task<IReadOnlyList<DriftAnswer>?> DriftAsync(CancellationToken cancellation)
    {
        try
        {
            var stored = await shelf.FindLedgerAsync(cancellation);
            return [.. (stored?.Ledger.Platforms ?? []).Select(DriftAnswer.Of)];
        }
        catch (ModelsUnreachableException)
        {
            return null;
        }
    }

    /// <summary>The JSON Schema that snapshots keep to.</summary>
    [Function("GetSnapshotSchema")]
    [Gives(200, typeof(JsonElement), Media = "application/schema+json")]
    public IResult Schema([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/schemas/snapshot.json")] HttpRequest request) =>
        Answers.Bytes(request, SnapshotSchemaFile.Value, "application/schema+json", "public, max-age=3600");

    /// <summary>This document.</summary>
    [Function("GetOpenApi")]
    [Gives(200, typeof(JsonElement))]
    public IResult OpenApi([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/openapi.json")] HttpRequest request) =>
        Answers.Bytes(request, OpenApiFile.Content, Answers.Json, "public, max-age=300");

    private static readonly Lazy<byte[]> SnapshotSchemaFile = new(() =>
    {
        using var schema = SnapshotSchema.Open();
        using var bytes = new MemoryStream();
        schema.CopyTo(bytes);
        return bytes.ToArray();
    });
}

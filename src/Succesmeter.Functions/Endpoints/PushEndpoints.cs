using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Net.Http.Headers;
using Succesmeter.Access;
using Succesmeter.Campaigns;
using Succesmeter.Functions.Access;
using Succesmeter.Functions.OpenApi;
using Succesmeter.Intake;
using Succesmeter.Snapshots;
using Succesmeter.Watching;

namespace Succesmeter.Functions.Endpoints;

/// <summary>Snapshots pushed by HTTP. Accepted means durable: the body is a blob before the answer goes out.</summary>
public sealed class PushEndpoints(IIncomingFiles files, IReceiptStore receipts, Visitor visitor)
{
    private const string ExampleLines =
        "{\"platform\":\"growfunding\",\"campaign\":\"kidical-mass\",\"takenAt\":\"2025-05-01T12:00:00Z\",\"pledged\":2100,\"backers\":60}\n"
        + "{\"platform\":\"growfunding\",\"campaign\":\"buurttuin\",\"takenAt\":\"2025-05-01T12:00:00Z\",\"pledged\":900,\"backers\":31}\n";
    private const string ExampleTable = "platform,campaign,takenAt,pledged,backers\r\ngrowfunding,kidical-mass,2025-04-30T12:00:00Z,1950,57\r\n";

    /// <summary>Takes snapshots in: one, an array, one a line, or a table; gzipped or not.</summary>
    [Function("PushSnapshots")]
    [Takes(typeof(SnapshotSchema), Example = """{ "platform": "growfunding", "campaign": "kidical-mass", "takenAt": "2025-05-02T12:00:00Z", "title": "Kidical Mass", "currency": "EUR", "goal": 7500, "funding": "all-or-nothing", "launchedAt": "2025-04-20T08:00:00Z", "endsAt": "2025-05-30T22:00:00Z", "pledged": 2310.50, "backers": 64 }""")]
    [Takes(typeof(string), Media = "application/x-ndjson", Example = ExampleLines)]
    [Takes(typeof(string), Media = "text/csv", Example = ExampleTable)]
    [Gives(202, typeof(AcceptedPush), Words = "It is kept; the receipt says what became of it.")]
    [LeadsTo("GetReceipt", "id", "/receipt")]
    public Task<IResult> PushAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "api/snapshots")] HttpRequest request, CancellationToken cancellation) =>
        KeepAsync(request, platform: null, cancellation);

    /// <summary>Takes snapshots of one platform in, which then need not name it.</summary>
    [Function("PushPlatformSnapshots")]
    [Needs(Right.Push)]
    [Takes(typeof(SnapshotSchema), Example = """{ "campaign": "kidical-mass", "takenAt": "2025-05-02T12:00:00Z", "title": "Kidical Mass", "currency": "EUR", "goal": 7500, "funding": "all-or-nothing", "launchedAt": "2025-04-20T08:00:00Z", "endsAt": "2025-05-30T22:00:00Z", "pledged": 2310.50, "backers": 64 }""")]
    [Takes(typeof(string), Media = "application/x-ndjson", Example = ExampleLines)]
    [Takes(typeof(string), Media = "text/csv", Example = ExampleTable)]
    [Gives(202, typeof(AcceptedPush), Words = "It is kept; the receipt says what became of it.")]
    [LeadsTo("GetReceipt", "id", "/receipt")]
    public async Task<IResult> PushToPlatformAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/platforms/{platform}/snapshots")] HttpRequest request, string platform, CancellationToken cancellation)
    {
        if (!PlatformId.TryParse(platform, out var id))
            return Answers.BadRequest("platform", IdRule.Text);
        if (!await visitor.MayAsync(request, Right.Push, id, cancellation))
            return Answers.Forbidden(request, "must bear a token with the right to push to this platform");

        return await KeepAsync(request, id.Value, cancellation);
    }

    private async Task<IResult> KeepAsync(HttpRequest request, string? platform, CancellationToken cancellation)
    {
        if (ExtensionOf(request.ContentType) is not { } extension)
            return Answers.Problem(StatusCodes.Status415UnsupportedMediaType, "The body's type is not known.", "Content-Type", "must be application/json, application/x-ndjson or text/csv");

        // A gzipped body stays as it came: the reader sees by its first bytes.
        if (request.Headers.ContentEncoding.ToString() is not ("" or "identity" or "gzip"))
            return Answers.Problem(StatusCodes.Status415UnsupportedMediaType, "The body's encoding is not known.", "Content-Encoding", "must be gzip or absent");
        if (request.ContentLength == 0)
            return Answers.BadRequest("body", "must hold at least one snapshot");

        var file = await Spans.RunAsync("Push", ActivityKind.Server, request.Headers.TraceParent, () => files.KeepAsync(new PushedBody(request.Body, extension, platform), cancellation));
        await receipts.AddAsync(new Receipt { Id = file.ReceiptId, Source = file.Name, ReceivedAt = file.ReceivedAt }, cancellation);
        var location = $"/api/receipts/{file.ReceiptId}";
        request.HttpContext.Response.Headers.Location = location;
        return Results.Json(new AcceptedPush(file.ReceiptId, location), ApiJson.Default.AcceptedPush, statusCode: StatusCodes.Status202Accepted);
    }

    private static string? ExtensionOf(string? contentType) =>
        !MediaTypeHeaderValue.TryParse(contentType, out var type) ? null : type.MediaType.Value?.ToLowerInvariant() switch
        {
            "application/json" => "json",
            "application/x-ndjson" or "application/ndjson" or "application/jsonl" => "ndjson",
            "text/csv" => "csv",
            _ => null,
        };
}

using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Succesmeter.Functions.OpenApi;
using Succesmeter.Intake;

namespace Succesmeter.Functions.Endpoints;

/// <summary>An admin has what came read again, after a reader was mended.</summary>
public sealed class ArchiveEndpoints(IArchivedFiles archive)
{
    /// <summary>
    /// Reads files of the last 30 days again that came on some days, UTC. What they say now takes the place of what they said before; what came later and corrected them still does, and nothing is told
    /// twice. Pages of visits are not among them. Asked again nothing changes.
    /// </summary>
    [Function("ReadArchiveAgain")]
    [Takes(typeof(ReadAgainRequest), Example = """{ "from": "2025-05-01", "through": "2025-05-02" }""")]
    [Gives(202, typeof(ReadAgainAnswer), Words = "The files wait to be read, whatever happens to this host. Ask again with `after` while it is not null.")]
    public async Task<IResult> ReadAgainAsync([HttpTrigger(AuthorizationLevel.Admin, "post", Route = "api/admin/replay")] HttpRequest request, CancellationToken cancellation)
    {
        var (asked, problem) = await SmallBody.ReadAsync(request, ApiJson.Default.ReadAgainRequest, cancellation);
        if (asked is null)
            return problem!;
        if (asked.From is not { } from)
            return Answers.BadRequest("from", "must be a day, as 2026-11-26");
        if (asked.Through is { } through && through < from)
            return Answers.BadRequest("through", "must not lie before from");

        var again = await archive.ReadAgainAsync(from, asked.Through ?? DateOnly.MaxValue, asked.After, cancellation);
        return Results.Json(new ReadAgainAnswer(again.Files, again.After), ApiJson.Default.ReadAgainAnswer, statusCode: StatusCodes.Status202Accepted);
    }
}

/// <param name="From">The first day on which files came.</param>
/// <param name="Through">The last; without it up to now.</param>
/// <param name="After">As the answer before gave it.</param>
internal sealed record ReadAgainRequest([Required] DateOnly? From, DateOnly? Through, string? After);

/// <param name="Files">That wait to be read again.</param>
/// <param name="After">To be asked with for the rest; null when there is none.</param>
internal sealed record ReadAgainAnswer(int Files, string? After);

using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Succesmeter.Campaigns;
using Succesmeter.Erasures;
using Succesmeter.Functions.OpenApi;
using Succesmeter.Snapshots;

namespace Succesmeter.Functions.Endpoints;

/// <summary>An admin has a donor forgotten, and sees how far that is. Whether the donor ever gave no answer tells.</summary>
public sealed class DonorEndpoints(IErasureStore erasures, ITombstones tombstones, ICampaignList list, IPseudonyms pseudonyms, TimeProvider clock)
{
    private const int IdCharacters = 32;

    /// <summary>
    /// Makes a donor's gifts, support and comments on one platform anonymous everywhere, and keeps them so. From the answer on nothing that comes in names the donor any more; what is kept is gone
    /// through within minutes, and once more half an hour later. Somebody who stands there under an id and under a name is asked for twice. Asked again nothing changes.
    /// </summary>
    [Function("EraseDonor")]
    [Takes(typeof(ErasureRequest), Example = """{ "platform": "growfunding", "donor": "d29" }""")]
    [Gives(202, typeof(ErasureAnswer), Words = "Durable: it will be done whatever happens to this host.")]
    [Refuses(404, "The platform has no campaigns here.")]
    [LeadsTo("GetErasure", "id", "/id")]
    public async Task<IResult> EraseAsync([HttpTrigger(AuthorizationLevel.Admin, "post", Route = "api/admin/donors/erasures")] HttpRequest request, CancellationToken cancellation)
    {
        var (asked, problem) = await SmallBody.ReadAsync(request, ApiJson.Default.ErasureRequest, cancellation);
        if (asked is null)
            return problem!;
        if (!PlatformId.TryParse(asked.Platform, out var platform))
            return Answers.BadRequest("platform", IdRule.Text);

        var longest = SnapshotLimits.Default.MaxName;
        if (asked.Donor?.Trim() is not { Length: > 0 } donor || donor.Length > longest || donor.Any(char.IsControl))
            return Answers.BadRequest("donor", string.Create(CultureInfo.InvariantCulture, $"must be the donor's id or name as the platform shows it, in 1 to {longest} characters"));

        // A platform that was written wrongly would have nobody forgotten, and nobody would notice.
        if (!(await list.PlatformsAsync(cancellation)).Contains(platform))
            return Answers.NotFound("platform", "has no campaigns here");

        // First what a host that dies goes on from, then the marks that readers heed, then the answer.
        var erasure = await erasures.AddAsync(Erasure.Of(platform, pseudonyms.AllOf(platform, donor), clock.GetUtcNow()), cancellation);
        foreach (var tombstone in erasure.Tombstones)
            await tombstones.AddAsync(platform, tombstone, cancellation);

        request.HttpContext.Response.Headers.Location = $"/api/admin/donors/erasures/{erasure.Id}";
        return Results.Json(ErasureAnswer.Of(erasure), ApiJson.Default.ErasureAnswer, statusCode: StatusCodes.Status202Accepted);
    }

    /// <summary>How far an erasure is.</summary>
    [Function("GetErasure")]
    [Path("id", Words = "As the erasure's acceptance answers it.", Pattern = "^[0-9a-f]{32}$")]
    [Gives(200, typeof(ErasureAnswer))]
    public async Task<IResult> GetAsync([HttpTrigger(AuthorizationLevel.Admin, "get", "head", Route = "api/admin/donors/erasures/{id}")] HttpRequest request, string id, CancellationToken cancellation)
    {
        if (id.Length != IdCharacters || !id.All(char.IsAsciiHexDigitLower))
            return Answers.BadRequest("id", "must be 32 hexadecimal digits, as the erasure's acceptance answers them");

        return await erasures.FindAsync(id, cancellation) is { } erasure
            ? Answers.Ok(request, ErasureAnswer.Of(erasure), ApiJson.Default.ErasureAnswer)
            : Answers.NotFound("id", "is of no erasure");
    }
}

/// <param name="Platform">Whose donor.</param>
/// <param name="Donor">The id or the name, as the platform shows it. Names are compared without regard to case, ids with it.</param>
internal sealed record ErasureRequest([Required] string? Platform, [Required] string? Donor);

/// <param name="Id">Of the erasure; it tells nothing of whom.</param>
/// <param name="Platform">Whose donor.</param>
/// <param name="State">accepted, swept (what was kept is anonymous), finished (and what was being read meanwhile is too).</param>
/// <param name="RequestedAt">When it was first asked for.</param>
/// <param name="SweptAt">When all that is kept had been gone through once.</param>
/// <param name="FinishedAt">When it had been gone through again, after every reader of before had ended.</param>
internal sealed record ErasureAnswer(string Id, string Platform, string State, DateTimeOffset RequestedAt, DateTimeOffset? SweptAt, DateTimeOffset? FinishedAt)
{
    public static ErasureAnswer Of(Erasure erasure) => new(
        erasure.Id,
        erasure.Platform.Value,
        erasure.FinishedAt is not null ? "finished" : erasure.SweptAt is not null ? "swept" : "accepted",
        erasure.RequestedAt,
        erasure.SweptAt,
        erasure.FinishedAt);
}

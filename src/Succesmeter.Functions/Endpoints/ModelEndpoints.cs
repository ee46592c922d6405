using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Succesmeter.Functions.OpenApi;
using Succesmeter.Models;
using Succesmeter.Pipeline;

namespace Succesmeter.Functions.Endpoints;

/// <summary>Which models are kept and which one serves, and the way back to an earlier one.</summary>
public sealed class ModelEndpoints(IModelShelf shelf, StartingPoint start, OutcomesToModels stage, IRefit refit)
{
    private const int VersionLetters = 16;

    /// <summary>The models that are kept, and the one that serves.</summary>
    [Function("ListModels")]
    [Gives(200, typeof(ModelsAnswer))]
    [LeadsTo("ServeModel", "version", "/serving")]
    [Refuses(503, "Storage does not answer.")]
    public async Task<IResult> ListAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/models")] HttpRequest request, CancellationToken cancellation)
    {
        try
        {
            // Until the first daily run nothing is written down, and what ships serves.
            var stored = await shelf.FindLedgerAsync(cancellation);
            return Ok(request, stored?.Ledger ?? ModelLedger.Of(start.Model.Forecast));
        }
        catch (ModelsUnreachableException)
        {
            return Unreachable();
        }
    }

    /// <summary>Goes back to an earlier model. Hosts take it up within a minute.</summary>
    [Function("ServeModel")]
    [Path("version", Words = "As the list of models names it.", Pattern = "^[0-9a-f]{16}$")]
    [Gives(200, typeof(ModelsAnswer))]
    [Refuses(409, "This release cannot read the model.")]
    [Refuses(503, "Storage does not answer.")]
    public async Task<IResult> ServeAsync(
        [HttpTrigger(AuthorizationLevel.Admin, "post", Route = "api/admin/models/{version}/serve")] HttpRequest request, string version, CancellationToken cancellation)
    {
        if (version.Length != VersionLetters || !version.All(char.IsAsciiHexDigitLower))
            return Answers.BadRequest("version", "must be 16 hexadecimal digits, as /api/models lists them");

        try
        {
            return await stage.ServeAsync(version, cancellation) switch
            {
                Served.Now served => Ok(request, served.Ledger),
                Served.Unreadable unreadable => Answers.Problem(StatusCodes.Status409Conflict, "The model cannot serve.", "version", $"cannot be read by this release: {unreadable.Why}"),
                _ => Answers.NotFound("version", "is of no model that is kept"),
            };
        }
        catch (ModelsUnreachableException)
        {
            return Unreachable();
        }
    }

    private IResult Ok(HttpRequest request, ModelLedger ledger) => Answers.Ok(request, ModelsAnswer.Of(ledger, refit.WhyNot), ApiJson.Default.ModelsAnswer);

    private static IResult Unreachable() =>
        Answers.Problem(StatusCodes.Status503ServiceUnavailable, "The models cannot be read.", "storage", "does not answer; try again later");
}

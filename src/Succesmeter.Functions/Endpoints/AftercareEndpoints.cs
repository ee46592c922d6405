using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Succesmeter.Access;
using Succesmeter.Aftercare;
using Succesmeter.Campaigns;
using Succesmeter.Functions.Access;
using Succesmeter.Functions.OpenApi;
using Succesmeter.Histories;
using Succesmeter.Ratings;

namespace Succesmeter.Functions.Endpoints;

/// <summary>What became of projects, in their holders' word, and what that says of indicators (docs/aftercare.md).</summary>
public sealed class AftercareEndpoints(ICampaignList list, ICampaignStore store, IAftercareStore aftercare, IRatingStore ratings, Visitor visitor, IPlatformClocks clocks)
{
    private static readonly string[] Fields = [.. ApiJson.Default.OutcomeRequest.Properties.Select(static field => field.Name)];

    /// <summary>What became of a project, in its holder's word, three and twelve months after the end.</summary>
    [Function("PostOutcome")]
    [Needs(Right.Act)]
    [Path("campaign", Example = "repair-cafe")]
    [Takes(typeof(OutcomeRequest), Example = """{ "outcome": "adapted", "volunteers": 12, "newContacts": 30 }""")]
    [Gives(200, typeof(OutcomeAnswer))]
    [Refuses(409, "The campaign runs, or none of the times to answer is open.")]
    public async Task<IResult> PostAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/campaigns/{platform}/{campaign}/outcome")] HttpRequest request,
        string platform,
        string campaign,
        CancellationToken cancellation)
    {
        if (!CampaignId.TryParse(platform, campaign, out var id))
            return Answers.BadRequest("campaign", IdRule.Text);
        if (!await visitor.MayAsync(request, Right.Act, id, cancellation))
            return Answers.Forbidden(request, "must bear a token with the right to act on this campaign");

        var (body, refusal) = await JsonBody.ReadAsync(request, Fields, cancellation);
        if (body is null)
            return refusal!;
        if (AftercareAnswers.ParseOutcome(body.Text("outcome")) is not { } outcome)
            return Answers.BadRequest("outcome", "must be as-planned, adapted, under-way or not");
        if (!body.TryCount("volunteers", AftercareAnswer.MostPeople, out var volunteers))
            return Answers.BadRequest("volunteers", $"must be a whole number from 0 to {AftercareAnswer.MostPeople}, or null");
        if (!body.TryCount("newContacts", AftercareAnswer.MostPeople, out var newContacts))
            return Answers.BadRequest("newContacts", $"must be a whole number from 0 to {AftercareAnswer.MostPeople}, or null");
        if (!body.TryCount("months", Wave.Twelve.Months, out var months) || (months is { } named && Wave.Of(named) is null))
            return Answers.BadRequest("months", "must be 3 or 12, or left out");

        if (await list.FindAsync(id, cancellation) is not { } listing)
            return Answers.NotFound("campaign", "was never seen");
        if (Wave.EndOf(listing) is not { } ended)
            return Answers.Problem(StatusCodes.Status409Conflict, "It is not the time for this.", "campaign", "must have ended, succeeded or failed");

        // A wave opens so long after the end, and both are told by the campaign clock; so is when it was answered, which is set beside them.
        var now = clocks.Of(id.Platform).Now;
        var wave = months is { } asked ? Wave.Of(asked) : Wave.At(ended, now);
        if (wave?.IsOpen(ended, now) != true)
            return Answers.Problem(StatusCodes.Status409Conflict, "It is not the time for this.", "months", AftercareAnswers.Windows(ended));

        var kept = await aftercare.PutAsync(
            id.Platform,
            new AftercareAnswer
            {
                Campaign = id.Name,
                Wave = wave,
                Outcome = outcome,
                Volunteers = volunteers,
                NewContacts = newContacts,
                AnsweredAt = now,
                ChangedAt = now,
                Seen = SeenAtEnd.Of(listing, await store.FindRecordAsync(id, cancellation)),
            },
            cancellation);
        return Answers.Ok(request, AftercareAnswers.Answered(id.Platform, kept, listing), ApiJson.Default.OutcomeAnswer);
    }

    /// <summary>After-care of a platform: whom to ask, what was answered, and what goes with it.</summary>
    [Function("GetAftercare")]
    [Needs(Right.Act)]
    [Gives(200, typeof(PlatformAftercareAnswer))]
    public async Task<IResult> GetAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/platforms/{platform}/aftercare")] HttpRequest request, string platform, CancellationToken cancellation)
    {
        if (!PlatformId.TryParse(platform, out var id))
            return Answers.BadRequest("platform", IdRule.Text);
        if (!await visitor.MayAsync(request, Right.Act, id, cancellation))
            return Answers.Forbidden(request, "must bear a token with the right to act on this platform");

        var finished = new List<CampaignListing>();
        var isKnown = false;
        await foreach (var listing in list.ReadAsync(id, null, cancellation))
        {
            isKnown = true;
            if (Wave.EndOf(listing) is not null)
                finished.Add(listing);
        }

        return isKnown
            ? Answers.Ok(
                request,
                AftercareAnswers.Of(id, finished, await aftercare.ReadAsync(id, cancellation), await ratings.ReadAsync(id, cancellation), clocks.Of(id).Now),
                ApiJson.Default.PlatformAftercareAnswer)
            : Answers.NotFound("platform", "was never seen");
    }
}

using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Succesmeter.Access;
using Succesmeter.Advice;
using Succesmeter.Campaigns;
using Succesmeter.Functions.Access;
using Succesmeter.Functions.OpenApi;
using Succesmeter.Histories;

namespace Succesmeter.Functions.Endpoints;

/// <summary>What became of advice: shown, done, does not fit. Holder and coach say so; what it adds up to is the test of steering.</summary>
public sealed class AdviceEndpoints(ICampaignList list, ICampaignStore store, IAdviceLog log, Visitor visitor, TimeProvider clock)
{
    private const string Rule = "must bear a token with the right to act for this campaign";

    /// <summary>What became of advice to one campaign.</summary>
    [Function("GetAdviceLog")]
    [Needs(Right.Act)]
    [Gives(200, typeof(AdviceLogAnswer))]
    public async Task<IResult> GetAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/campaigns/{platform}/{campaign}/advice")] HttpRequest request,
        string platform,
        string campaign,
        CancellationToken cancellation)
    {
        if (!CampaignId.TryParse(platform, campaign, out var id))
            return Answers.BadRequest("campaign", IdRule.Text);
        if (!await visitor.MayAsync(request, Right.Act, id, cancellation))
            return Answers.Forbidden(request, Rule);

        return await list.FindAsync(id, cancellation) is null ? Answers.NotFound("campaign", "was never seen") : await LogAsync(request, id, cancellation);
    }

    /// <summary>Says what became of a piece of advice, or whether the campaign counts in the test of steering.</summary>
    [Function("AnswerAdvice")]
    [Needs(Right.Act)]
    [Takes(typeof(AdviceWord), Example = """{ "code": "thank", "answer": "done", "asOf": "2025-05-02T12:00:00Z" }""")]
    [Gives(200, typeof(AdviceLogAnswer))]
    public async Task<IResult> PostAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/campaigns/{platform}/{campaign}/advice")] HttpRequest request,
        string platform,
        string campaign,
        CancellationToken cancellation)
    {
        if (!CampaignId.TryParse(platform, campaign, out var id))
            return Answers.BadRequest("campaign", IdRule.Text);
        if (!await visitor.MayAsync(request, Right.Act, id, cancellation))
            return Answers.Forbidden(request, Rule);

        var (word, problem) = await SmallBody.ReadAsync(request, ApiJson.Default.AdviceWord, cancellation);
        if (word is null)
            return problem!;
        if (word is { Answer: null, Consent: null })
            return Answers.BadRequest("answer", "must be shown, done or does-not-fit, unless consent is given alone");
        if (await list.FindAsync(id, cancellation) is not { } listing)
            return Answers.NotFound("campaign", "was never seen");

        if (word.Answer is { } text)
        {
            if (!AdviceLogAnswer.TryAnswer(text, out var answer))
                return Answers.BadRequest("answer", "must be shown, done or does-not-fit");
            if (word.AsOf is not { } asOf || asOf > listing.AsOf || asOf < (listing.LaunchedAt ?? DateTimeOffset.UnixEpoch))
                return Answers.BadRequest("asOf", "must be the asOf of a score of this campaign");
            if ((answer != AdviceAnswer.Shown || word.Code is not null) && (word.Code is not { } named || !AdviceCodes.All.Contains(named)))
                return Answers.BadRequest("code", $"must be one of {string.Join(", ", AdviceCodes.All)}");

            await KeepAsync(id, word.Code, answer, GivenAdvice.DayOf(asOf), cancellation);
        }

        if (word.Consent is { } agreed)
            await log.PutConsentAsync(id, agreed, cancellation);

        return await LogAsync(request, id, cancellation);
    }

    /// <summary>The test of steering: is advice done more often where the lot put it first?</summary>
    [Function("GetSteering")]
    [Needs(Right.Read)]
    [Gives(200, typeof(SteeringAnswer))]
    public async Task<IResult> SteeringAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/platforms/{platform}/steering")] HttpRequest request, string platform, CancellationToken cancellation)
    {
        if (!PlatformId.TryParse(platform, out var id))
            return Answers.BadRequest("platform", IdRule.Text);
        if (!await visitor.MayAsync(request, Right.Read, id, cancellation))
            return Answers.Forbidden(request, "must bear a token with the right to read this platform's scores");

        var logs = new List<AdviceLog>();
        await foreach (var one in log.ReadAsync(id, cancellation))
            logs.Add(one);
        return Answers.Ok(request, SteeringAnswer.Of(id, SteeringTest.Of(logs)), ApiJson.Default.SteeringAnswer);
    }

    /// <remarks>The place is what the newest score gave, or what was shown that day; never what a client says.</remarks>
    private async Task KeepAsync(CampaignId id, string? code, AdviceAnswer answer, DateOnly day, CancellationToken cancellation)
    {
        var at = clock.GetUtcNow();
        var given = (await store.FindRecordAsync(id, cancellation)).LatestScore is { } score && GivenAdvice.In(score) is var newest && newest.Day == day ? newest : new GivenAdvice(day, []);
        if (code is null)
        {
            foreach (var shown in given.Shown(at))
                await log.AddAsync(id, shown, cancellation);
            return;
        }

        var before = (await log.ReadAsync(id, cancellation)).Entries.FirstOrDefault(entry => entry.Day == day && entry.Code == code);
        var now = given.Answered(code, answer, at);
        await log.PutAsync(id, before?.Place is null ? now : now with { Place = before.Place, Of = before.Of }, cancellation);
    }

    private async Task<IResult> LogAsync(HttpRequest request, CampaignId id, CancellationToken cancellation) =>
        Answers.Ok(request, AdviceLogAnswer.Of(await log.ReadAsync(id, cancellation)), ApiJson.Default.AdviceLogAnswer);
}

using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Succesmeter.Access;
using Succesmeter.Campaigns;
using Succesmeter.Features;
using Succesmeter.Forecasts;
using Succesmeter.Functions.Access;
using Succesmeter.Functions.OpenApi;
using Succesmeter.Histories;
using Succesmeter.Scores;

namespace Succesmeter.Functions.Endpoints;

/// <summary>A question about gifts that have not been given.</summary>
public sealed class WhatIfEndpoint(ICampaignStore store, IScoringModels models, Visitor visitor)
{
    private const double LeastAmount = 0.01, MostAmount = 1e9;

    /// <summary>What the forecast would be after gifts that have not been given.</summary>
    [Function("GetWhatIf")]
    [Needs(Right.Read)]
    [Query("gifts", "How many more gifts.", Type = typeof(int), From = 0, To = WhatIf.MostGifts, IsRequired = true, Example = "20")]
    [Query("amount", "Of each, in the campaign's currency.", Type = typeof(double), From = LeastAmount, To = MostAmount, IsRequired = true, Example = "25")]
    [Query("days", "Within so many days from the score's instant.", Type = typeof(double), From = 0, IsRequired = true, Example = "3")]
    [Gives(200, typeof(WhatIfAnswer))]
    [Refuses(503, "No model can be had.")]
    public async Task<IResult> GetAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/campaigns/{platform}/{campaign}/what-if")] HttpRequest request,
        string platform,
        string campaign,
        CancellationToken cancellation)
    {
        if (!CampaignId.TryParse(platform, campaign, out var id))
            return Answers.BadRequest("campaign", IdRule.Text);
        if (!await visitor.MayAsync(request, Right.Read, id, cancellation))
            return Answers.ScoresForbidden(request);
        if (!int.TryParse(request.Query["gifts"], NumberStyles.None, CultureInfo.InvariantCulture, out var gifts) || gifts > WhatIf.MostGifts)
            return Answers.BadRequest("gifts", $"must be a whole number from 0 to {WhatIf.MostGifts}");
        if (!TryNumber(request, "amount", out var amount) || amount is < LeastAmount or > MostAmount)
            return Answers.BadRequest("amount", string.Create(CultureInfo.InvariantCulture, $"must be a number from {LeastAmount} to {MostAmount:0}, in the campaign's currency"));
        if (!TryNumber(request, "days", out var days) || days < 0)
            return Answers.BadRequest("days", "must be a number from 0 on");

        var record = await store.FindRecordAsync(id, cancellation);
        if (record.FoldedThrough is not { } asOf)
            return Answers.NotFound("campaign", "was never seen");
        if (await models.CurrentAsync(cancellation) is not { } model)
            return Answers.Problem(StatusCodes.Status503ServiceUnavailable, "Something is missing at the moment.", "model", "cannot be had; try again later");
        if (FundingCurves.Of(record.State, asOf, model.GoalsOf(id.Platform)) is not { } curve || record.State.StatusAt(asOf) != CampaignStatus.Live)
            return Answers.NotFound("forecast", "exists only for a live campaign with a goal, a launch and an amount");
        if (days > curve.PlannedDays - curve.ElapsedDays)
            return Answers.BadRequest("days", "must not go past the campaign's end");

        var answer = WhatIf.Of(model.Forecast, curve, model.FitOf(id.Platform), gifts, amount, days);
        return Answers.Ok(
            request,
            new WhatIfAnswer(
                id.ToString(),
                asOf,
                gifts,
                amount,
                days,
                Figures.Rounded(answer.Probability),
                answer.FinalRatio is { } ratio ? new RatioAnswer(Figures.Rounded(ratio.P10), Figures.Rounded(ratio.P50), Figures.Rounded(ratio.P90)) : null),
            ApiJson.Default.WhatIfAnswer);
    }

    private static bool TryNumber(HttpRequest request, string name, out double number) =>
        double.TryParse(request.Query[name], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);
}

internal sealed record WhatIfAnswer(string Campaign, DateTimeOffset AsOf, int Gifts, double Amount, double Days, double? Probability, RatioAnswer? FinalRatio);

internal sealed record RatioAnswer(double P10, double P50, double P90);

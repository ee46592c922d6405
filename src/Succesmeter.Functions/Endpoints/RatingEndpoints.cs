using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Succesmeter.Access;
using Succesmeter.Aftercare;
using Succesmeter.Campaigns;
using Succesmeter.Functions.Access;
using Succesmeter.Functions.OpenApi;
using Succesmeter.Histories;
using Succesmeter.Ratings;
using Succesmeter.Snapshots;

namespace Succesmeter.Functions.Endpoints;

/// <summary>Coaches compare finished campaigns two by two, without their money and without any figure of ours.</summary>
public sealed class RatingEndpoints(ICampaignList list, ICampaignStore store, IRatingStore ratings, IPseudonyms pseudonyms, Visitor visitor, TimeProvider time)
{
    /// <summary>Beside the address: addresses are written into logs.</summary>
    public const string RaterHeader = "X-Rater";

    private const int MostCharacters = 64;
    private const string RaterRule = "must name the coach, in 1 to 64 characters, the same every time; only a keyed pseudonym of it is kept";

    private static readonly string[] Fields = [.. ApiJson.Default.RatingRequest.Properties.Select(static field => field.Name)];

    /// <summary>Two finished campaigns for a coach to compare, without their money.</summary>
    [Function("GetNextRating")]
    [Needs(Right.Act, On = "the platform")]
    [Query("platform", "Of both campaigns.", IsRequired = true, Example = "growfunding")]
    [Query(RaterHeader, "Who compares: any name, the same every time. Only a keyed pseudonym of it is kept.", InHeader = true, IsRequired = true, Example = "An")]
    [Gives(200, typeof(NextRatingAnswer))]
    [Refuses(404, "This coach has compared all there is.")]
    public async Task<IResult> NextAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/ratings/next")] HttpRequest request, CancellationToken cancellation)
    {
        if (!PlatformId.TryParse(request.Query["platform"], out var platform))
            return Answers.BadRequest("platform", IdRule.Text);
        if (!await visitor.MayAsync(request, Right.Act, platform, cancellation))
            return Forbidden(request);
        if (RaterOf(platform, request.Headers[RaterHeader]) is not { } rater)
            return Answers.BadRequest(RaterHeader, RaterRule);

        var finished = new List<string>();
        await foreach (var listing in list.ReadAsync(platform, null, cancellation))
            if (Wave.EndOf(listing) is not null)
                finished.Add(listing.Campaign.Name);

        if (NextPair.Of(platform.Value, finished, await ratings.ReadAsync(platform, cancellation), rater) is not { } pair)
            return Answers.NotFound("platform", "has no two finished campaigns that this coach has not compared");

        return Answers.Ok(
            request,
            new NextRatingAnswer(platform.Value, await ShownAsync(platform, pair.Left, cancellation), await ShownAsync(platform, pair.Right, cancellation)),
            ApiJson.Default.NextRatingAnswer);
    }

    /// <summary>Keeps a coach's comparison: which of two projects did more for its neighbourhood.</summary>
    [Function("PostRating")]
    [Needs(Right.Act, On = "the platform")]
    [Takes(typeof(RatingRequest), Example = """{ "platform": "growfunding", "left": "repair-cafe", "right": "buurttuin", "better": "left", "rater": "An" }""")]
    [Gives(200, typeof(KeptRatingAnswer))]
    public async Task<IResult> PostAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/ratings")] HttpRequest request, CancellationToken cancellation)
    {
        var (body, refusal) = await JsonBody.ReadAsync(request, Fields, cancellation);
        if (body is null)
            return refusal!;
        if (!PlatformId.TryParse(body.Text("platform"), out var platform))
            return Answers.BadRequest("platform", IdRule.Text);
        if (!await visitor.MayAsync(request, Right.Act, platform, cancellation))
            return Forbidden(request);
        if (!TryCampaign(platform, body.Text("left"), out var left))
            return Answers.BadRequest("left", IdRule.Text);
        if (!TryCampaign(platform, body.Text("right"), out var right))
            return Answers.BadRequest("right", IdRule.Text);
        if (left == right)
            return Answers.BadRequest("right", "must be another campaign than left");
        if (ParseBetter(body.Text("better")) is not { } better)
            return Answers.BadRequest("better", "must be left, right or equal");
        if (RaterOf(platform, body.Text("rater")) is not { } rater)
            return Answers.BadRequest("rater", RaterRule);

        foreach (var (field, campaign) in new[] { ("left", left), ("right", right) })
            if (await list.FindAsync(campaign, cancellation) is not { } listing || Wave.EndOf(listing) is null)
                return Answers.BadRequest(field, "must be a campaign of the platform that has ended, succeeded or failed");

        await ratings.PutAsync(platform, new Rating(left.Name, right.Name, better, rater, time.GetUtcNow()), cancellation);
        return Answers.Ok(request, new KeptRatingAnswer(platform.Value, left.ToString(), right.ToString(), body.Text("better")!), ApiJson.Default.KeptRatingAnswer);
    }

    private static IResult Forbidden(HttpRequest request) => Answers.Forbidden(request, "must bear a token with the right to act on this platform");

    /// <summary>A name in a space of its own: a coach and a donor of one name have nothing in common.</summary>
    private Pseudonym? RaterOf(PlatformId platform, string? rater) =>
        rater?.Trim() is { Length: > 0 and <= MostCharacters } name ? pseudonyms.Of(platform, $"rater\n{name}") : null;

    /// <summary>With or without its platform before it, as answers write it.</summary>
    private static bool TryCampaign(PlatformId platform, string? text, [NotNullWhen(true)] out CampaignId? campaign) =>
        (CampaignId.TryParse(text, out campaign) || CampaignId.TryParse(platform.Value, text, out campaign)) && campaign.Platform == platform;

    private static Better? ParseBetter(string? text) => text switch
    {
        "left" => Better.Left,
        "right" => Better.Right,
        "equal" => Better.Equal,
        _ => null,
    };

    /// <summary>What the campaign said of itself. Its address is left out: behind it stands the money.</summary>
    private async Task<BlindCampaign> ShownAsync(PlatformId platform, string name, CancellationToken cancellation)
    {
        var id = new CampaignId(platform, name);
        var facts = (await store.FindRecordAsync(id, cancellation)).State.Facts;
        return new BlindCampaign(
            id.ToString(), facts.Title ?? name, facts.Place, facts.Category, facts.Language, facts.DescriptionWords, facts.Rewards, (facts.Horizon - facts.LaunchedAt?.At)?.TotalDays is { } days ? (int)Math.Round(days) : null);
    }
}

/// <param name="Left">The campaign that stood left, with or without its platform.</param>
/// <param name="Right">The other.</param>
/// <param name="Better">Which did more for its neighbourhood.</param>
/// <param name="Rater">The coach: any name, the same every time.</param>
internal sealed record RatingRequest(
    [Required] string Platform, [Required] string Left, [Required] string Right, [Required, AllowedValues("left", "right", "equal")] string Better, [Required] string Rater);

internal sealed record NextRatingAnswer(string Platform, BlindCampaign Left, BlindCampaign Right);

/// <param name="DescriptionWords">Of the description.</param>
/// <param name="Rewards">How many there were to choose from.</param>
/// <param name="PlannedDays">From launch to end.</param>
internal sealed record BlindCampaign(string Campaign, string Title, string? Place, string? Category, string? Language, int? DescriptionWords, int? Rewards, int? PlannedDays);

internal sealed record KeptRatingAnswer(string Platform, string Left, string Right, string Better);

using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Succesmeter.Campaigns;
using Succesmeter.Functions.OpenApi;
using Succesmeter.Networks;

namespace Succesmeter.Functions.Endpoints;

/// <summary>
/// The network of a platform and of one campaign, public like the platform report. What is read here went through the small-number rules when it was written, so
/// that neither an answer nor its ETag, a hash of the answer, can tell more.
/// </summary>
public sealed class NetworkEndpoints(ICampaignList list, ICampaignLists lists, INetworkStore network)
{
    /// <summary>A platform's network of campaigns that share donors, under the small-number rules.</summary>
    [Function("GetPlatformNetwork")]
    [Gives(200, typeof(NetworkAnswer))]
    public async Task<IResult> PlatformAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/platforms/{platform}/network")] HttpRequest request, string platform, CancellationToken cancellation)
    {
        if (!PlatformId.TryParse(platform, out var id))
            return Answers.BadRequest("platform", IdRule.Text);
        if (await network.FindShownAsync(id, cancellation) is { } shown)
            return Answers.Ok(request, NetworkAnswer.Of(id, shown, (await lists.NewestAsync(id, cancellation)).Campaigns), ApiJson.Default.NetworkAnswer);

        // A platform without donors has an empty network, one that nobody heard of has none.
        return (await list.PlatformsAsync(cancellation)).Contains(id)
            ? Answers.Ok(request, NetworkAnswer.Of(id, null, []), ApiJson.Default.NetworkAnswer)
            : Answers.NotFound("platform", "was never seen");
    }

    /// <summary>A campaign's place in its platform's network, under the small-number rules.</summary>
    [Function("GetCampaignNetwork")]
    [Gives(200, typeof(CampaignNetworkAnswer))]
    public async Task<IResult> CampaignAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/campaigns/{platform}/{campaign}/network")] HttpRequest request,
        string platform,
        string campaign,
        CancellationToken cancellation)
    {
        if (!CampaignId.TryParse(platform, campaign, out var id))
            return Answers.BadRequest("campaign", IdRule.Text);
        if (await list.FindAsync(id, cancellation) is null)
            return Answers.NotFound("campaign", "was never seen");

        var shown = await network.FindShownAsync(id.Platform, cancellation);
        return Answers.Ok(request, CampaignNetworkAnswer.Of(id, shown), ApiJson.Default.CampaignNetworkAnswer);
    }
}

using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Succesmeter.Campaigns;
using Succesmeter.Functions.OpenApi;
using Succesmeter.Histories;
using Succesmeter.Intake;

namespace Succesmeter.Functions.Endpoints;

/// <summary>What became of a file.</summary>
public sealed class ReceiptEndpoints(IReceiptStore receipts, ICampaignStore store, ICampaignList list)
{
    /// <summary>Up to so many campaigns are asked one by one; past it their lists are read.</summary>
    private const int MostAsked = 50;

    /// <summary>What became of a file that was pushed.</summary>
    [Function("GetReceipt")]
    [Path("id", Words = "As a push answers it.", Pattern = "^[0-9a-f]{32}$")]
    [Gives(200, typeof(ReceiptAnswer))]
    public async Task<IResult> GetAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/receipts/{id}")] HttpRequest request, string id, CancellationToken cancellation)
    {
        if (id.Length != 32 || !id.All(char.IsAsciiHexDigitLower))
            return Answers.BadRequest("id", "must be 32 hexadecimal digits, as a push answers them");
        if (await receipts.FindAsync(id, cancellation) is not { } receipt)
            return Answers.NotFound("id", "is of no receipt");

        var (scored, awaiting, waiting) = await CountAsync(receipt, cancellation);
        var state = receipt.IsRead ? "read" : receipt.DurableThrough > 0 ? "reading" : "waiting";
        var answer = new ReceiptAnswer(
            receipt.Id, receipt.Source, receipt.ReceivedAt, state, receipt.Accepted, receipt.Rejected, receipt.UnknownFields, receipt.Rejections, receipt.Campaigns, scored, awaiting, waiting);
        return Answers.Ok(request, answer, ApiJson.Default.ReceiptAnswer);
    }

    /// <summary>How many of the file's campaigns are scored as of its newest snapshot of each, await facts, or wait.</summary>
    private async Task<(int? Scored, int? Awaiting, int? Waiting)> CountAsync(Receipt receipt, CancellationToken cancellation)
    {
        if (!receipt.IsRead || receipt.Touched is not { } touched)
            return (null, null, null);

        var (scored, awaiting, waiting) = (0, 0, 0);
        if (touched.Length <= MostAsked)
        {
            foreach (var (campaign, newest) in touched)
                Add(await store.HasParcelAsync(campaign, receipt, cancellation) ? null : await list.FindAsync(campaign, cancellation), newest);
            return (scored, awaiting, waiting);
        }

        foreach (var platform in touched.GroupBy(one => one.Campaign.Platform))
        {
            var listed = new Dictionary<CampaignId, CampaignListing>();
            await foreach (var campaign in list.ReadAsync(platform.Key, after: null, cancellation))
                listed[campaign.Campaign] = campaign;
            foreach (var (campaign, newest) in platform)
                Add(listed.GetValueOrDefault(campaign), newest);
        }

        return (scored, awaiting, waiting);

        void Add(CampaignListing? campaign, DateTimeOffset newest)
        {
            if (campaign is null || campaign.TakenAt < newest)
                waiting++;
            else if (campaign.AwaitsFacts)
                awaiting++;
            else
                scored++;
        }
    }
}

using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Succesmeter.Campaigns;
using Succesmeter.Functions.OpenApi;
using Succesmeter.Reports;

namespace Succesmeter.Functions.Endpoints;

/// <summary>A platform's report, public. It was made by a timer; a request reads it and nothing else.</summary>
public sealed class ReportEndpoints(ICampaignList list, IReportStore reports)
{
    /// <summary>A platform's report, made each night, under the small-number rules.</summary>
    [Function("GetPlatformReport")]
    [Query("format", "How it is written.", OneOf = ["json", "csv"], Example = "json")]
    [Gives(200, typeof(ReportAnswer))]
    [Gives(200, typeof(string), Media = "text/csv")]
    public async Task<IResult> ReportAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/platforms/{platform}/report")] HttpRequest request, string platform, CancellationToken cancellation)
    {
        if (!PlatformId.TryParse(platform, out var id))
            return Answers.BadRequest("platform", IdRule.Text);
        var format = request.Query["format"] is { Count: > 0 } asked ? asked.ToString() : "json";
        if (format is not ("json" or "csv"))
            return Answers.BadRequest("format", "must be json or csv");

        var report = (await reports.FindAsync(id, cancellation))?.Report.Shown;
        if (report is null && !(await list.PlatformsAsync(cancellation)).Contains(id))
            return Answers.NotFound("platform", "was never seen");

        // A platform that is seen before its first night has an empty report.
        report ??= new PlatformReport(id, null, null, []);
        return format == "csv"
            ? Answers.Bytes(request, Encoding.UTF8.GetBytes(ReportCsv.Of(report)), "text/csv; charset=utf-8")
            : Answers.Ok(request, ReportAnswer.Of(report), ApiJson.Default.ReportAnswer);
    }
}

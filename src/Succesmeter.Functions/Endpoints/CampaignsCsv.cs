using System.Globalization;
using System.Text;
using Succesmeter.Reports;

namespace Succesmeter.Functions.Endpoints;

/// <summary>A list of campaigns as CSV (RFC 4180), safe to open in a spreadsheet.</summary>
internal static class CampaignsCsv
{
    private const string Header = "campaign,title,url,state,awaitsFacts,asOf,takenAt,currency,goal,goalUnit,pledged,backers,launchedAt,endsAt,horizon,probability,confidence,status,meter";

    public static string Of(IEnumerable<CampaignAnswer> campaigns)
    {
        var text = new StringBuilder(Header).Append("\r\n");
        foreach (var one in campaigns)
            text.AppendJoin(
                ',',
                ReportCsv.Cell(one.Campaign), ReportCsv.Cell(one.Title), ReportCsv.Cell(one.Url), one.State, one.AwaitsFacts ? "true" : "false", Instant(one.AsOf), Instant(one.TakenAt), ReportCsv.Cell(one.Currency),
                Number(one.Goal), one.GoalUnit, Number(one.Pledged), Number(one.Backers), Instant(one.LaunchedAt), Instant(one.EndsAt), one.Horizon,
                Number(one.Probability), one.Confidence, one.Status, Number(one.Meter))
                .Append("\r\n");
        return text.ToString();
    }

    private static string Instant(DateTimeOffset? at) => at?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "";

    private static string Number(IFormattable? value) => value?.ToString(null, CultureInfo.InvariantCulture) ?? "";
}

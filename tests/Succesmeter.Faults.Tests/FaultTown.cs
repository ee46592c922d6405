using System.Globalization;
using System.Text;
using Succesmeter.Testing;

namespace Succesmeter.Faults.Tests;

/// <summary>
/// Campaigns that are long over, the same every time: seen several times, with gifts of donors whom neighbours share, so that there is something to fold, to score, to tell, to link and to
/// learn from. Every second one stays short of its goal.
/// </summary>
internal static class FaultTown
{
    /// <summary>Neighbours share so many less three.</summary>
    private const int DonorsOfOne = 24;

    private const int Goal = 600;

    public static string Ndjson(string platform, int campaigns, int snapshots) => string.Join('\n', Lines(platform, campaigns, snapshots));

    public static IEnumerable<string> Lines(string platform, int campaigns, int snapshots)
    {
        for (var campaign = 0; campaign < campaigns; campaign++)
            for (var seen = 1; seen <= snapshots; seen++)
                yield return Line(platform, campaign, seen, snapshots);
    }

    private static string Line(string platform, int campaign, int seen, int snapshots)
    {
        const double days = 40;
        var launch = Some.Launch.AddDays(-campaign);
        var takenAt = launch.AddDays(days * seen / snapshots).AddHours(1);
        var donors = (campaign % 2 == 0 ? DonorsOfOne : DonorsOfOne / 2) * seen / snapshots;
        var text = new StringBuilder();
        for (var donor = 0; donor < donors; donor++)
            text.Append(donor == 0 ? "" : ",").Append(
                CultureInfo.InvariantCulture,
                $$"""{"id":"c{{campaign}}-{{donor}}","at":"{{launch.AddDays(days * donor / DonorsOfOne):yyyy-MM-ddTHH:mm:ssZ}}","amount":25,"donor":"d{{(campaign * 3) + donor}}","identity":"account"}""");
        return string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"platform":"{{platform}}","campaign":"c{{campaign:D3}}","takenAt":"{{takenAt:yyyy-MM-ddTHH:mm:ssZ}}","title":"Campagne {{campaign}}","currency":"EUR","goal":{{Goal}},"funding":"all-or-nothing","launchedAt":"{{launch:yyyy-MM-ddTHH:mm:ssZ}}","endsAt":"{{launch.AddDays(days):yyyy-MM-ddTHH:mm:ssZ}}","pledged":{{25 * donors}},"backers":{{donors}},"contributionsAre":"all","contributions":[{{text}}]}""");
    }
}

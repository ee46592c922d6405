using System.Globalization;

namespace Succesmeter.Learning.References;

/// <summary>The data set uk-community-fundraisers: campaigns whose gifts are all listed, with at least one, a goal and a launch day.</summary>
internal static class UkFundraisers
{
    public static IReadOnlyList<PastCampaign> Read(string folder)
    {
        var gifts = new Dictionary<string, List<(DateOnly, long)>>(StringComparer.Ordinal);
        foreach (var row in GzippedRows.Of(Path.Combine(folder, "donations.csv.gz"), "campaign", "date", "amount"))
        {
            if (!gifts.TryGetValue(row[0], out var list))
                gifts.Add(row[0], list = []);
            list.Add((DateOnly.Parse(row[1], CultureInfo.InvariantCulture), (long)Math.Round(100 * decimal.Parse(row[2], CultureInfo.InvariantCulture))));
        }

        // Holders change their goal to what came in; the first reading is nearest to the launch.
        var launchGoals = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var row in GzippedRows.Of(Path.Combine(folder, "snapshots.csv.gz"), "campaign", "goal"))
            if (Number(row[1]) is > 0 and var goal)
                launchGoals.TryAdd(row[0], goal);

        var campaigns = new List<PastCampaign>();
        foreach (var row in GzippedRows.Of(Path.Combine(folder, "campaigns.csv.gz"), "campaign", "created", "last_scrape", "goal", "list_complete"))
            if (row[4] == "1"
                && Day(row[1]) is { } created
                && Day(row[2]) is { } last
                && gifts.TryGetValue(row[0], out var listed)
                && (launchGoals.TryGetValue(row[0], out var first) ? first : Number(row[3])) is > 0 and var goal)
                campaigns.Add(new PastCampaign(row[0], created, last, goal, "GBP", listed));

        return campaigns;
    }

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : null;

    private static DateOnly? Day(string text) => DateOnly.TryParseExact(text, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}

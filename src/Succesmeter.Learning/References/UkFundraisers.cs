using System.Globalization;
using Succesmeter.Learning.Datasets;

namespace Succesmeter.Learning.References;

/// <summary>The data set uk-community-fundraisers: campaigns whose gifts are all listed, with at least one, a goal and a launch day.</summary>
internal static class UkFundraisers
{
    public static IReadOnlyList<PastCampaign> Read(string folder)
    {
        var gifts = new Dictionary<string, List<(DateOnly, long)>>(StringComparer.Ordinal);
        foreach (var row in CsvFile.Read(Path.Combine(folder, "donations.csv.gz"), "campaign", "date", "amount"))
        {
            if (!gifts.TryGetValue(row["campaign"], out var list))
                gifts.Add(row["campaign"], list = []);
            list.Add((DateOnly.Parse(row["date"], CultureInfo.InvariantCulture), (long)Math.Round(100 * decimal.Parse(row["amount"], CultureInfo.InvariantCulture))));
        }

        // Holders change their goal to what came in; the first reading is nearest to the launch.
        var launchGoals = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var row in CsvFile.Read(Path.Combine(folder, "snapshots.csv.gz"), "campaign", "goal"))
            if (row.Number("goal") is > 0 and var goal)
                launchGoals.TryAdd(row["campaign"], goal);

        var campaigns = new List<PastCampaign>();
        foreach (var row in CsvFile.Read(Path.Combine(folder, "campaigns.csv.gz"), "campaign", "created", "last_scrape", "goal", "list_complete"))
            if (row["list_complete"] == "1"
                && row.Day("created") is { } created
                && row.Day("last_scrape") is { } last
                && gifts.TryGetValue(row["campaign"], out var listed)
                && (launchGoals.TryGetValue(row["campaign"], out var first) ? first : row.Number("goal")) is > 0 and var goal)
                campaigns.Add(new PastCampaign(row["campaign"], DateOnly.FromDateTime(created), DateOnly.FromDateTime(last), goal, "GBP", listed));

        return campaigns;
    }
}

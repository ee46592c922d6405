using System.Collections.Immutable;

namespace Succesmeter.Learning.Datasets;

/// <summary>uk-community-fundraisers: keep-it-all, no deadline; the end of day 60 after creation stands in.</summary>
internal static class UkFundraisers
{
    public const string Name = "uk-community-fundraisers";

    /// <summary>The days that an outcome needs: launch day and sixty more.</summary>
    public const int Horizon = 61;

    /// <summary>Those whose whole course to day 60 is known, by creation, with what each cut needs to choose.</summary>
    public static IReadOnlyList<UkFundraiser> Read(string directory)
    {
        var folder = Path.Combine(directory, Name);
        var gifts = CsvFile.Read(Path.Combine(folder, "donations.csv.gz")).ToLookup(static row => row.Whole("campaign"), static row => (Day: row.Day("date"), Amount: row.Number("amount")));
        var goals = CsvFile.Read(Path.Combine(folder, "snapshots.csv.gz")).ToLookup(static row => row.Whole("campaign"), static row => (Seen: row.Day("scraped"), Goal: row.Number("goal")));

        var fundraisers = new List<UkFundraiser>();
        foreach (var row in CsvFile.Read(Path.Combine(folder, "campaigns.csv.gz")))
        {
            var id = row.Whole("campaign");
            if (row["list_complete"] != "1" || row.Day("created") is not { } created || row.Day("last_scrape") is not { } lastSeen
                || row.Day("first_scrape") is not { } firstSeen || lastSeen < created.AddDays(Horizon - 1))
                continue;

            var pledged = new double[Horizon];
            var count = new int[Horizon];
            var all = 0;
            foreach (var (day, amount) in gifts[id])
            {
                if (day is null || !(amount > 0))
                    continue;

                all++;
                // A handful of gifts stand before the creation: the day of creation is the first on which they could be known.
                var at = Math.Max(0, (day.Value - created).Days);
                if (at >= Horizon)
                    continue;

                pledged[at] += amount;
                count[at]++;
            }

            for (var day = 1; day < Horizon; day++)
            {
                pledged[day] += pledged[day - 1];
                count[day] += count[day - 1];
            }

            var seen = goals[id].Where(static x => x.Seen is not null && x.Goal > 0).OrderBy(static x => x.Seen)
                .Select(x => ((double)(x.Seen!.Value - created).Days, x.Goal)).ToImmutableArray();
            var last = row.Number("goal");
            if (seen.IsEmpty && last > 0)
                seen = [(0, last)];
            if (seen.IsEmpty || !(last > 0))
                continue;

            var campaign = new PastCampaign
            {
                Dataset = Name,
                Id = id,
                LaunchedOn = created,
                AllOrNothing = false,
                PlannedDays = Horizon,
                Currency = "GBP",
                Pledged = [.. pledged],
                Gifts = [.. count],
                FinalPledged = pledged[^1],
                FinalBackers = count[^1],
                Goals = seen,
            };
            fundraisers.Add(new UkFundraiser(campaign, row["platform"], last, all, (firstSeen - created).Days));
        }

        return [.. fundraisers.OrderBy(static x => x.Campaign.LaunchedOn).ThenBy(static x => x.Campaign.Id)];
    }
}

/// <param name="Campaign">With the goals as they were seen over time.</param>
/// <param name="Platform">JustGiving or GoFundMe, as the data set names them.</param>
/// <param name="LastGoal">The goal last seen, which the data set's published cut uses.</param>
/// <param name="AllGifts">How many gifts it ever had: known only later.</param>
/// <param name="FirstSeenAfterDays">When it was first looked at.</param>
internal sealed record UkFundraiser(PastCampaign Campaign, string Platform, double LastGoal, int AllGifts, int FirstSeenAfterDays);
